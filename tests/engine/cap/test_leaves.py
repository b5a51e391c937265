"""Single values: taken from text, spelled as text."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tocsin.engine.cap.leaves import HEIGHT, SIZE, TIME, Unfit, stamp


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 6, 16, 4, 50, tzinfo=UTC), "2026-06-16T04:50:00-00:00"),
        (datetime(2026, 6, 16, 4, 50, 7, 999, tzinfo=UTC), "2026-06-16T04:50:07-00:00"),
        (datetime(2026, 6, 16, 4, 50, tzinfo=timezone(timedelta(hours=8))), "2026-06-16T04:50:00+08:00"),
        (
            datetime(2026, 6, 16, 4, 50, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
            "2026-06-16T04:50:00-03:30",
        ),
    ],
)
def test_a_time_is_spelled_with_its_offset_and_utc_as_minus_nothing(moment, text):
    assert (stamp(moment), TIME.take(text)) == (text, moment.replace(microsecond=0))


@pytest.mark.parametrize(
    "text", ["2026-W25-2", "20260616T045000+0800", "2026-06-16", "now", "2026-06-16 04:50:00+08:00"]
)
def test_other_spellings_of_time_are_none(text):
    with pytest.raises(Unfit) as caught:
        TIME.take(text)
    assert caught.value.code == "cap.time"


@pytest.mark.parametrize("text", ["NaN", "1e5", "1,5", "", ".", "0x1", "٣"])
def test_other_spellings_of_numbers_are_none(text):
    for leaf, code in ((HEIGHT, "cap.decimal"), (SIZE, "cap.integer")):
        with pytest.raises(Unfit) as caught:
            leaf.take(text)
        assert caught.value.code == code


def test_a_size_below_nothing_is_none():
    assert (SIZE.take("+7"), SIZE.take("-0")) == (7, 0)
    with pytest.raises(Unfit) as caught:
        SIZE.take("-1")
    assert caught.value.code == "cap.integer"


def test_a_size_that_could_not_be_read_again_is_not_written():
    SIZE.weigh(10**18 - 1)
    with pytest.raises(Unfit):
        SIZE.weigh(10**18)


def test_a_height_is_spelled_without_exponent():
    assert HEIGHT.spell(HEIGHT.take("-0.0000001")) == "-0.0000001"
