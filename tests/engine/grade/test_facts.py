from decimal import Decimal

import pytest

from tocsin.engine.grade.facts import Bound, Interval, intervals, total
from tocsin.kernel.errors import Malformed


def test_a_number_is_known_exactly_and_a_bound_from_one_end():
    assert intervals({"deaths": 3, "loss": Decimal("1.5"), "missing": Bound(2), "ill": Bound(1, 4)}) == {
        "deaths": Interval(Decimal(3), Decimal(3)),
        "loss": Interval(Decimal("1.5"), Decimal("1.5")),
        "missing": Interval(Decimal(2), None),
        "ill": Interval(Decimal(1), Decimal(4)),
    }


def test_a_truth_is_one_and_a_falsehood_none():
    assert intervals({"cut": True, "crossed": False}) == {
        "cut": Interval(Decimal(1), Decimal(1)),
        "crossed": Interval(Decimal(0), Decimal(0)),
    }


@pytest.mark.parametrize(
    "value",
    [
        -1,
        Decimal("-0.01"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        3.0,
        float("nan"),
        "3",
        None,
        Bound(-1),
        Bound(0, Decimal("NaN")),
    ],
)
def test_what_can_not_be_a_harm_is_refused_by_name(value):
    with pytest.raises(Malformed) as refused:
        intervals({"deaths": value})
    assert refused.value.code == "facts.not-a-count"
    assert refused.value.data["fact"] == "deaths"


def test_bounds_that_cross_are_refused():
    with pytest.raises(Malformed) as refused:
        intervals({"deaths": Bound(5, 4)})
    assert str(refused.value) == "“deaths” can't be at least 5 and at most 4. Mend one of the two numbers."


def test_a_sum_is_open_above_while_one_of_its_facts_is():
    known = intervals({"deaths": 3, "missing": Bound(1, 10)})
    assert total(known, ("deaths", "missing")) == Interval(Decimal(4), Decimal(13))
    assert total(known, ("deaths", "injured")) == Interval(Decimal(3), None)


def test_only_an_interval_with_room_is_open():
    assert [Interval(Decimal(3), high).open for high in (None, Decimal(4), Decimal(3))] == [
        True,
        True,
        False,
    ]
    assert [Interval(Decimal(3), Decimal(4)).admits(Decimal(n)) for n in (4, 5)] == [True, False]
