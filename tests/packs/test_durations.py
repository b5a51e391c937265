from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, parse
from tocsin.packs.durations import Duration

SHENZHEN, LISBON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Lisbon")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PT2H", Duration(0, 0, timedelta(hours=2))),
        ("PT30M", Duration(0, 0, timedelta(minutes=30))),
        ("PT45S", Duration(0, 0, timedelta(seconds=45))),
        ("P20D", Duration(0, 20, timedelta())),
        ("P2W", Duration(0, 14, timedelta())),
        ("P3Y6M", Duration(42, 0, timedelta())),
        ("P1Y2M3W4DT5H6M7S", Duration(14, 25, timedelta(hours=5, minutes=6, seconds=7))),
    ],
)
def test_an_iso_8601_duration_is_read(text, expected):
    assert Duration.parse(text) == expected


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "2H", "PT2", "P-1D", "pt2h", "PT2H ", "P1H", "PT１H", "P1.5D"]
)
def test_what_is_no_duration_is_refused_and_named(text):
    with pytest.raises(Malformed) as refused:
        Duration.parse(text)
    assert (refused.value.code, refused.value.data) == ("duration.unreadable", {"text": text})


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text):
    try:
        Duration.parse(text)
    except Malformed as refused:
        assert refused.code == "duration.unreadable"


def after(start, span, zone=SHENZHEN, **options):
    return Duration.parse(span).after(parse(start, zone), zone, **options)


def test_hours_are_exact_even_over_a_change_of_the_clocks():
    assert after("2026-03-28T23:00", "PT4H", LISBON) == parse("2026-03-29T03:00Z")


def test_a_day_is_a_day_of_the_calendar_even_over_a_change_of_the_clocks():
    assert after("2026-03-28T12:00", "P1D", LISBON) == parse("2026-03-29T12:00", LISBON)


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        ("2026-01-31T09:00", "P1M", "2026-02-28T09:00"),
        ("2024-02-29T09:00", "P3Y", "2027-02-28T09:00"),
        ("2026-11-15T09:00", "P2M", "2027-01-15T09:00"),
    ],
)
def test_a_month_ends_where_the_later_month_ends(start, span, due):
    assert after(start, span) == parse(due, SHENZHEN)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-06-18T10:00", "P1D", "2026-06-19T10:00"),
        ("2026-06-19T10:00", "P1D", "2026-06-22T10:00"),
        ("2026-06-20T10:00", "P1D", "2026-06-22T10:00"),
        ("2026-06-16T10:00", "P20D", "2026-07-14T10:00"),
        ("2026-06-20T10:00", "P0D", "2026-06-20T10:00"),
    ],
)
def test_working_days_leave_out_saturday_and_sunday(start, days, due):
    assert after(start, days, working=True) == parse(due, SHENZHEN)


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(Instant),
    st.integers(0, 60),
    st.sampled_from([SHENZHEN, LISBON]),
)
def test_working_days_are_never_shorter_than_days(start, days, zone):
    span = Duration(0, days, timedelta())
    assert start <= span.after(start, zone) <= span.after(start, zone, working=True)
