"""A report says what is known and tells what is not; it is never refused for a gap."""

import pytest

from tocsin.kernel.errors import Malformed
from tocsin.stages.response.reports.body import Body, Casualties, read


def test_an_empty_report_knows_nothing_and_says_so():
    assert read({}).unknown() == [
        "unit",
        "time",
        "place",
        "source",
        "nature",
        "extent",
        "course",
        "loss",
        "measures",
        "trend",
        "casualties.deaths",
        "casualties.missing",
        "casualties.injured",
    ]


def test_none_counted_is_not_unknown():
    body = read({"place": "x", "casualties": {"deaths": 0}})
    assert [name for name in body.unknown() if name in {"place", "casualties.deaths"}] == []


def test_there_and_back():
    body = Body(place="Luohu", casualties=Casualties(missing=2))
    assert read(body.plain()) == body
    assert read(body) is body


@pytest.mark.parametrize(
    "wrong",
    [
        {"colour": "red"},
        {"place": 7},
        {"casualties": {"deaths": "three"}},
        {"casualties": {"deaths": -1}},
        {"casualties": {"ghosts": 1}},
        {"casualties": None},
    ],
)
def test_what_can_not_be_read_is_refused_with_the_reason(wrong):
    with pytest.raises(Malformed) as refusal:
        read(wrong)
    assert refusal.value.data["where"] == "body"
