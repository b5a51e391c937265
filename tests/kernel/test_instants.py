from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, after, instant, iso, parse

NOON = Instant(datetime(2026, 6, 16, 4, 0, tzinfo=UTC))
SHENZHEN = ZoneInfo("Asia/Shanghai")


def test_a_time_without_a_zone_is_refused_at_the_door():
    with pytest.raises(Malformed) as refused:
        instant(datetime(2026, 6, 16, 12, 0))
    assert refused.value.code == "instant.naive"


def test_a_time_with_an_offset_is_the_same_moment_in_utc():
    assert parse(" 2026-06-16T12:00+08:00 ") == NOON
    assert parse("2026-06-16T12:00+08:00").tzinfo is UTC


def test_a_zone_is_assumed_only_where_the_text_names_none():
    assert parse("2026-06-16 12:00:00", SHENZHEN) == NOON
    assert parse("2026-06-16T04:00:00Z", SHENZHEN) == NOON
    with pytest.raises(Malformed) as refused:
        parse("2026-06-16 12:00:00")
    assert refused.value.code == "instant.naive"


@pytest.mark.parametrize("text", ["", "noon", "2026-06-31T00:00Z", "2026-06-16T25:00Z"])
def test_what_is_no_time_is_refused_and_named(text):
    with pytest.raises(Malformed) as refused:
        parse(text)
    assert (refused.value.code, refused.value.data) == ("instant.unreadable", {"text": text})


@given(st.datetimes(datetime(1900, 1, 1), timezones=st.timezones()))
def test_the_one_spelling_reads_back_as_the_same_instant(moment):
    assert parse(iso(instant(moment))) == instant(moment)


def test_the_one_spelling_is_utc_with_microseconds():
    assert iso(NOON) == "2026-06-16T04:00:00.000000Z"


def test_after_counts_both_ways():
    assert after(after(NOON, timedelta(hours=2)), timedelta(hours=-2)) == NOON
