"""Steps of time, and how signals fall into them."""

from datetime import date

from tocsin.engine.detect.series import Point
from tocsin.stages.reduction.indicators.counting import counted, filled_up, last_whole, step_of
from tocsin.stages.reduction.indicators.enums import Rhythm

WEDNESDAY = date(2026, 6, 17)


def test_weeks_begin_on_monday_and_the_last_whole_step_is_over():
    assert step_of(WEDNESDAY, Rhythm.WEEK) == date(2026, 6, 15)
    assert step_of(WEDNESDAY, Rhythm.DAY) == WEDNESDAY
    assert last_whole(WEDNESDAY, Rhythm.DAY) == date(2026, 6, 16)
    assert last_whole(WEDNESDAY, Rhythm.WEEK) == date(2026, 6, 8)


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
    assert filled_up({"a": {days[1]: 4}}, days[0], days[2], Rhythm.DAY) == {
        "a": [Point(days[0], 0), Point(days[1], 4), Point(days[2], 0)]
    }
