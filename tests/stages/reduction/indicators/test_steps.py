"""Steps lie on the clock of the place, also where it jumps."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.steps import (
    STEPS,
    beginning,
    clock,
    in_words,
    last_whole,
    skipped,
    step_at,
    step_of,
)

WEDNESDAY = date(2026, 6, 17)
HOME, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def test_weeks_begin_on_monday_and_the_last_whole_step_is_over():
    assert step_of(WEDNESDAY, Rhythm.WEEK) == date(2026, 6, 15)
    assert step_of(WEDNESDAY, Rhythm.DAY) == WEDNESDAY
    assert step_of(datetime(2026, 6, 17, 13, 59, 59), Rhythm.DAY) == WEDNESDAY
    assert step_of(datetime(2026, 6, 17, 13, 59, 59), Rhythm.HOUR) == datetime(2026, 6, 17, 13)
    assert step_of(WEDNESDAY, Rhythm.HOUR) == datetime(2026, 6, 17)
    assert last_whole(WEDNESDAY, Rhythm.DAY) == date(2026, 6, 16)
    assert last_whole(WEDNESDAY, Rhythm.WEEK) == date(2026, 6, 8)
    assert last_whole(datetime(2026, 6, 17, 0, 30), Rhythm.HOUR) == datetime(2026, 6, 16, 23)


@pytest.mark.parametrize("rhythm", list(Rhythm))
@given(moment=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)))
def test_what_is_stored_comes_back(rhythm, moment):
    for zone in (HOME, UTC):
        step = step_of(moment, rhythm)
        assert step_at(beginning(step, zone), rhythm, zone) == step
        assert STEPS[rhythm].begins(step)
        assert step <= step_of(moment, rhythm)


def test_the_hour_that_comes_twice_is_one_step():
    two = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    assert {step_at(moment, Rhythm.HOUR, BERLIN) for moment in two} == {datetime(2026, 10, 25, 2)}
    assert beginning(datetime(2026, 10, 25, 2), BERLIN) == datetime(2026, 10, 25, 0, tzinfo=UTC)


def test_the_hour_that_the_clock_skips_is_known():
    begin, until = datetime(2026, 1, 1), datetime(2026, 12, 31, 23)
    assert list(skipped(begin, until, BERLIN)) == [datetime(2026, 3, 29, 2)]
    assert list(skipped(begin, datetime(2026, 3, 29, 1), BERLIN)) == []
    assert list(skipped(datetime(2026, 3, 29, 3), until, BERLIN)) == []
    assert list(skipped(begin, until, HOME)) == []


def test_a_day_without_a_midnight_is_still_that_day():
    cairo = ZoneInfo("Africa/Cairo")
    day = date(2024, 4, 26)
    assert step_at(beginning(day, cairo), Rhythm.DAY, cairo) == day
    assert clock(beginning(day, cairo), cairo) == datetime(2024, 4, 26, 1)


def test_people_read_a_date_or_an_hour():
    assert in_words(WEDNESDAY) == "2026-06-17"
    assert in_words(datetime(2026, 6, 17, 14)) == "2026-06-17 14:00"
    assert in_words(datetime(2026, 6, 17, 14) + timedelta(hours=10)) == "2026-06-18 00:00"
