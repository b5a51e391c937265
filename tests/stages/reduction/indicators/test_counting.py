"""How signals fall into steps, and how late they come."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tocsin.engine.detect.series import Point
from tocsin.engine.detect.shard import Step
from tocsin.stages.reduction.indicators.counting import LEARNT_FROM, counted, filled_up, shares, with_skipped
from tocsin.stages.reduction.indicators.enums import Rhythm

WEDNESDAY = date(2026, 6, 17)


def test_a_signal_counts_once_in_each_series_that_it_speaks_of():
    signals = [(WEDNESDAY, ["a1", "a2"]), (WEDNESDAY, ["b"]), (date(2026, 6, 18), ["a1"])]
    inside = {"a": frozenset({"a", "a1", "a2"}), "b": frozenset({"b"}), "": frozenset()}
    assert counted(signals, inside, Rhythm.DAY) == {
        ("a", WEDNESDAY): 1,
        ("b", WEDNESDAY): 1,
        ("", WEDNESDAY): 2,
        ("a", date(2026, 6, 18)): 1,
        ("", date(2026, 6, 18)): 1,
    }
    assert counted(signals, inside, Rhythm.WEEK)["", date(2026, 6, 15)] == 3


def test_where_nothing_was_counted_nothing_came():
    days = [date(2026, 6, day) for day in (15, 16, 17)]
    assert filled_up({"a": {days[1]: 4}}, days[0], days[2], Step.DAY) == {
        "a": [Point(days[0], 0), Point(days[1], 4), Point(days[2], 0)]
    }


def test_hours_are_counted_by_the_hour():
    noon = datetime(2026, 6, 17, 12)
    signals = [(noon + timedelta(minutes=at), []) for at in (0, 59, 60)]
    found = counted(signals, {"": frozenset()}, Rhythm.HOUR)
    assert found == {("", noon): 2, ("", noon + timedelta(hours=1)): 1}


def late(*delays, steps=40):
    """Reports of each of so many days before Wednesday, that took these days."""
    days = [WEDNESDAY - timedelta(at) for at in range(steps)]
    return [(day, day + timedelta(took)) for day in days for took in delays]


def test_what_is_in_of_the_last_steps_is_learnt_from_whole_ones():
    assert shares(late(0, 0, 1, 3), WEDNESDAY, Rhythm.DAY) == [0.5, 0.75, 0.75]


def test_who_reports_at_once_leaves_nothing_open():
    assert shares(late(0), WEDNESDAY, Rhythm.DAY) == []


def test_a_history_that_came_in_at_once_teaches_no_delay():
    assert shares(late(400), WEDNESDAY, Rhythm.DAY) is None
    assert shares([], WEDNESDAY, Rhythm.HOUR) is None
    old = [(WEDNESDAY - timedelta(LEARNT_FROM[Rhythm.DAY] + 5), WEDNESDAY)] * 50
    assert shares(old, WEDNESDAY, Rhythm.DAY) is None


def test_an_hour_that_the_clock_skipped_is_a_zero_and_no_gap():
    hours = [Point(datetime(2026, 3, 29, hour), 5, 10.0 + hour) for hour in (0, 1, 3, 4)]
    whole = with_skipped(hours, ZoneInfo("Europe/Berlin"))
    assert whole == [*hours, Point(datetime(2026, 3, 29, 2), 0, 11.0)]
    assert with_skipped(whole, ZoneInfo("Europe/Berlin")) == whole
    assert with_skipped(hours, ZoneInfo("Asia/Shanghai")) == hours
    assert with_skipped([hours[0], hours[-1]], ZoneInfo("Europe/Berlin"))[2].exposure is None
