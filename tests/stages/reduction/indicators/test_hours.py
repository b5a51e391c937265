"""Counts by the hour, from definition to finding."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.utils.timezone import make_aware

from stages.reduction.indicators.counts import counts_elsewhere
from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant
from tocsin.spine.journal.models import Entry
from tocsin.stages.reduction.indicators import actions, queries
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.models import Finding, Point
from tocsin.stages.reduction.signals import actions as signals
from tocsin.stages.reduction.signals.enums import Action

HERE = Path(__file__).parent
NOON = datetime(2026, 6, 15, 12)


def at(hour: datetime, minutes=5) -> Instant:
    return Instant(make_aware(hour + timedelta(minutes=minutes)))


def hours(number=24 * 21, until=NOON, mean=6.0, seed=4, series=""):
    """Calm hours, the last of which is the one before `until`."""
    begin = until - timedelta(hours=number)
    counts = np.random.default_rng(seed).poisson(mean, number)
    return [(series, begin + timedelta(hours=place), int(count)) for place, count in enumerate(counts)]


def looked(desk, hour, minutes=5):
    return actions.look(act=desk.act("machine", at=at(hour, minutes)))


@pytest.fixture
def filled(shenzhen):
    row = counts_elsewhere(shenzhen, day=NOON.date(), alarms=0.01, rhythm=Rhythm.HOUR)
    actions.count_in(act=shenzhen.act("duty_officer", at=at(NOON)), indicator=row, counts=hours())
    return row


def test_an_hour_is_judged_when_it_is_over_and_once(shenzhen, filled):
    assert looked(shenzhen, NOON) == []
    last = NOON - timedelta(hours=1)
    row = queries.indicator(filled.id)
    assert row.judged_until == make_aware(last)
    act = shenzhen.act("duty_officer", at=at(NOON))
    actions.count_in(act=act, indicator=filled, counts=[("", NOON, 40)])
    assert looked(shenzhen, NOON, 59) == []
    (finding,) = looked(shenzhen, NOON, 60)
    assert (finding.day, finding.count, finding.verdict) == (make_aware(NOON), 40, "alarm")
    entry = Entry.objects.get(kind="indicator.found")
    assert (entry.facts["day"], entry.facts["latest"]) == ("2026-06-15T12:00:00", True)
    assert looked(shenzhen, NOON, 60) == []
    actions.count_in(act=act, indicator=filled, counts=[("", NOON + timedelta(hours=1), 44)])
    assert looked(shenzhen, NOON, 125) == []
    assert Finding.objects.get().last_day == make_aware(NOON + timedelta(hours=1))


def test_a_chart_shows_a_week_of_hours(shenzhen, filled):
    watch = queries.judged(filled, at(NOON)).watch
    assert watch.shard.times - watch.first == 7 * 24
    assert watch.shard.last == NOON - timedelta(hours=1)


def test_old_hours_are_left_alone_and_the_quiet_ones_are_zeros(shenzhen):
    for days in (200, 30, 1):
        signals.record(
            act=shenzhen.act("duty_officer", at=at(NOON - timedelta(days=days))),
            kind="rainstorm",
            action=Action.ISSUE,
            areas=["440307"],
            title=f"{days}",
        )
    row = actions.define(
        act=shenzhen.act("duty_officer", at=at(NOON)),
        name={"en": "Rain"},
        kind="rainstorm",
        counted=["rainstorm"],
        rhythm=Rhythm.HOUR,
        alarms=1.0,
    )
    assert Point.objects.filter(indicator=row).count() == 3
    points = queries.points_of(row, NOON - timedelta(hours=1))[""]
    assert len(points) == 13 * 7 * 24 + 1
    assert sum(point.count for point in points) == 2
    assert next(point.day for point in points if point.count) == NOON - timedelta(days=30)


def test_a_date_is_no_hour(shenzhen):
    row = counts_elsewhere(shenzhen, day=NOON.date(), rhythm=Rhythm.HOUR)
    for day in (NOON.date(), datetime(1, 1, 1, 5)):
        with pytest.raises(Malformed) as refusal:
            actions.count_in(act=shenzhen.act("duty_officer"), indicator=row, counts=[("", day, 1)])
        assert refusal.value.code == "indicator.day"


def test_emergency_calls_are_judged_by_the_hour_and_the_new_year_is_found(shenzhen):
    """576 hours of calls; SOURCE.txt says whose. In the first night of the year ambulances were called three
    times as often as at that hour; nothing else is told within a budget of half an alarm a week."""
    with (HERE / "calls_911_hours.csv").open(encoding="utf-8") as file:
        rows = [
            (r["series"], datetime.fromisoformat(r["hour"]), int(r["count"])) for r in csv.DictReader(file)
        ]
    end = datetime(2016, 1, 4)
    row = counts_elsewhere(shenzhen, day=end.date(), alarms=0.5, rhythm=Rhythm.HOUR)
    actions.count_in(act=shenzhen.act("duty_officer", at=at(end)), indicator=row, counts=rows)
    result = queries.judged(row, at(end), datetime(2015, 12, 26))
    assert result.left == []
    assert result.watch.shard.times - result.watch.first > 9 * 24
    found = result.findings(datetime(2015, 12, 26))
    assert 1 <= len(found) <= 4
    assert ("EMS", datetime(2016, 1, 1, 2)) in [(one.name, one.day) for one in found]
    assert {one.day.date().isoformat() for one in found} == {"2016-01-01"}
