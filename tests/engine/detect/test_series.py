"""What makes a series impossible to judge is said for it alone; the others go on."""

from datetime import UTC, date, datetime, timedelta

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


NOON = datetime(2026, 6, 15, 12)


def hours(*counts, last=NOON):
    return [Point(last - timedelta(hours=len(counts) - 1 - at), count) for at, count in enumerate(counts)]


def test_hours_stand_side_by_side_as_days_do():
    young = hours(*[7] * 8)
    shard, left = gather({"old": hours(*range(30)), "young": young}, Step.HOUR, NOON)
    assert (left, shard.last, shard.begins.tolist()) == ([], NOON, [0, 22])
    assert shard.day(0) == NOON - timedelta(hours=29)


@pytest.mark.parametrize(
    ("points", "reason", "day"),
    [
        ([*hours(*range(9)), Point(NOON + timedelta(hours=1), 2)], Reason.FUTURE, NOON + timedelta(hours=1)),
        (hours(*range(9), last=NOON - timedelta(minutes=30)), Reason.OFF_STEP, NOON - timedelta(minutes=30)),
        ([*hours(*range(9))[:4], *hours(*range(9))[5:]], Reason.MISSING, NOON - timedelta(hours=4)),
        ([*hours(*range(9)), Point(LAST, 2)], Reason.OFF_STEP, LAST),
        ([*hours(*range(9)), Point(NOON.replace(tzinfo=UTC), 2)], Reason.OFF_STEP, NOON.replace(tzinfo=UTC)),
    ],
)
def test_faults_of_hours_are_those_of_days(points, reason, day):
    good = hours(*range(10))
    shard, left = gather({"good": good, "bad": points, "fair": good}, Step.HOUR, NOON)
    assert left == [Unjudged("bad", reason, day)]
    assert shard.names == ("good", "fair")


def test_an_hour_among_days_is_off_their_step():
    _, left = gather({"bad": [*GOOD, Point(NOON, 1)], "good": GOOD}, Step.WEEK, LAST)
    assert left == [Unjudged("bad", Reason.OFF_STEP, NOON)]


def exposed(*exposures):
    return [Point(point.day, point.count, e) for point, e in zip(GOOD, exposures, strict=True)]


def test_exposures_come_through_as_they_are():
    young = [Point(point.day, 3, 50.0) for point in GOOD[2:]]
    shard, left = gather({"old": exposed(*range(1, 11)), "young": young}, Step.WEEK, LAST)
    assert left == []
    assert shard.exposure.tolist() == [list(range(1, 11)), [1, 1, *[50] * 8]]
    assert gather({"good": GOOD}, Step.WEEK, LAST)[0].exposure is None


@pytest.mark.parametrize("bad", [0.0, -3.0, float("nan"), float("inf"), None])
def test_what_has_no_exposure_above_zero_is_left_out(bad):
    whole = exposed(*range(1, 11))
    points = exposed(*range(1, 6), bad, *range(7, 11))
    shard, left = gather({"good": whole, "bad": points, "fair": whole}, Step.WEEK, LAST)
    assert left == [Unjudged("bad", Reason.EXPOSURE, GOOD[5].day)]
    assert shard.names == ("good", "fair")


def test_who_alone_has_an_exposure_or_none_is_left_out():
    _, left = gather({"a": GOOD, "b": GOOD, "c": exposed(*range(1, 11))}, Step.WEEK, LAST)
    assert left == [Unjudged("c", Reason.EXPOSURE, GOOD[0].day)]
    whole = exposed(*range(1, 11))
    _, left = gather({"a": whole, "b": whole, "c": GOOD}, Step.WEEK, LAST)
    assert left == [Unjudged("c", Reason.EXPOSURE, GOOD[0].day)]
