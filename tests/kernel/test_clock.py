from datetime import UTC, datetime

from tocsin.kernel.clock import StoppedClock, SystemClock
from tocsin.kernel.instants import Instant

NOON = Instant(datetime(2026, 6, 16, 4, 0, tzinfo=UTC))


def test_a_stopped_clock_stands_still():
    clock = StoppedClock(NOON)
    assert (clock.now(), clock.now()) == (NOON, NOON)


def test_the_systems_clock_tells_utc_and_goes_on():
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second
