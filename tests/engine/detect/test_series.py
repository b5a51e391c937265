"""What makes a series impossible to judge is said for it alone; the others go on."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine.detect.series import LARGEST, Point, Reason, Unjudged, gather
from tocsin.engine.detect.shard import Step

LAST = date(2026, 6, 15)


def weekly(*counts, last=LAST, step=7):
    begin = last - timedelta(step * (len(counts) - 1))
    return [Point(begin + timedelta(step * at), count) for at, count in enumerate(counts)]


GOOD = weekly(*range(10))


def moved(at, **change):
    points = list(GOOD)
    points[at] = Point(**({"day": points[at].day, "count": points[at].count} | change))
    return points


@pytest.mark.parametrize(
    ("points", "reason", "day"),
    [
        ([], Reason.EMPTY, None),
        (weekly(1, 2, 3, 4, 5, 6), Reason.SHORT, None),
        (moved(3, count=-1), Reason.NEGATIVE, GOOD[3].day),
        (moved(3, count=2.5), Reason.NOT_WHOLE, GOOD[3].day),
        (moved(3, count=LARGEST), Reason.TOO_LARGE, GOOD[3].day),
        (moved(3, count=float("inf")), Reason.TOO_LARGE, GOOD[3].day),
        (moved(3, count=float("nan")), Reason.MISSING, GOOD[3].day),
        (moved(3, count=None), Reason.MISSING, GOOD[3].day),
        ([*GOOD, GOOD[4]], Reason.TWICE, GOOD[4].day),
        ([*GOOD, Point(GOOD[4].day + timedelta(2), 1)], Reason.OFF_STEP, GOOD[4].day + timedelta(2)),
        ([*GOOD[:4], *GOOD[5:]], Reason.MISSING, GOOD[4].day),
        (moved(9, day=LAST - timedelta(1)), Reason.OFF_STEP, LAST - timedelta(1)),
        (moved(0, day=GOOD[0].day - timedelta(3)), Reason.OFF_STEP, GOOD[0].day + timedelta(4)),
        (GOOD[:8], Reason.MISSING, GOOD[8].day),
        ([*GOOD, Point(LAST + timedelta(7), 1)], Reason.FUTURE, LAST + timedelta(7)),
        (weekly(*[0] * 10), Reason.ALL_ZERO, None),
        (weekly(*range(10), last=LAST - timedelta(1)), Reason.OFF_STEP, LAST - timedelta(1)),
    ],
)
def test_each_fault_has_its_reason_and_stops_nobody_else(points, reason, day):
    shard, left = gather({"good": GOOD, "bad": points, "fair": GOOD}, Step.WEEK, LAST)
    assert left == [Unjudged("bad", reason, day)]
    assert shard.names == ("good", "fair")


def test_the_young_are_unknown_before_they_begin():
    young = weekly(*[7] * 8)
    shard, left = gather({"old": GOOD, "young": young}, Step.WEEK, LAST + timedelta(6))
    assert left == []
    assert shard.counts.tolist() == [list(range(10)), [0, 0, *[7] * 8]]
    assert shard.known().sum(axis=1).tolist() == [10, 8]
    assert (shard.times, shard.last, shard.begins.tolist()) == (10, LAST, [0, 2])


def test_nobody_is_an_empty_shard():
    shard, left = gather({}, Step.DAY, LAST)
    assert (shard.names, shard.counts.shape, shard.last, left) == ((), (0, 0), LAST, [])


@given(st.lists(st.integers(0, LARGEST - 1), min_size=8, max_size=30).filter(any), st.randoms())
def test_whole_counts_in_any_order_come_through_as_they_are(counts, chance):
    points = weekly(*counts, step=1)
    chance.shuffle(points)
    shard, left = gather({"one": points}, Step.DAY, LAST)
    assert (shard.counts[0].tolist(), left) == (counts, [])


@given(st.lists(st.builds(Point, st.dates(), st.none() | st.floats()), max_size=20))
def test_nothing_that_comes_in_stops_the_others(points):
    shard, left = gather({"any": points, "good": GOOD}, Step.WEEK, LAST)
    assert "good" in shard.names
    assert len(shard.names) + len(left) == 2
    assert np.all(shard.counts >= 0)
