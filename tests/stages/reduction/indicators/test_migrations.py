"""Days of before become the midnights at which they began."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from stages.reduction.indicators.counts import midnight_of
from tocsin.kernel.ids import uuid7
from tocsin.spine.places.actions import settle

OLD, NEW = ("indicators", "0001_initial"), ("indicators", "0003_beginnings")
DAY, LAST = date(2026, 6, 14), date(2026, 6, 15)


def migrated(*to):
    executor = MigrationExecutor(connection)
    executor.migrate([to])
    return MigrationExecutor(connection).loader.project_state([to]).apps


@pytest.fixture
def old(raced_desk):
    """A desk whose indicators are those of the first version."""
    settle(act=raced_desk.act("administrator"), pack="cn/shenzhen")
    yield migrated(*OLD)
    migrated(*NEW)


def filled(apps, number=3):
    """An indicator with some points and a finding, in days."""
    row = apps.get_model("indicators", "Indicator").objects.create(
        id=uuid7(),
        name={"en": "x"},
        kind="rainstorm",
        rhythm="day",
        alarms=1.0,
        state="watched",
        defined_at=datetime(2026, 6, 1, tzinfo=UTC),
        judged_until=LAST,
    )
    point, finding = (apps.get_model("indicators", name) for name in ("Point", "Finding"))
    point.objects.bulk_create(
        point(indicator=row, series=str(at), day=day, count=at) for at in range(number) for day in (DAY, LAST)
    )
    figures = dict.fromkeys(("expected", "low", "high"), 1.0)
    finding.objects.create(
        id=uuid7(),
        indicator=row,
        day=DAY,
        last_day=LAST,
        since=DAY,
        count=9,
        verdict="alarm",
        state="open",
        found_at=datetime(2026, 6, 15, tzinfo=UTC),
        **figures,
    )


def test_there_and_back(old):
    filled(old, number=600)
    apps = migrated(*NEW)
    point, finding, row = (
        apps.get_model("indicators", name).objects for name in ("Point", "Finding", "Indicator")
    )
    assert point.filter(day=midnight_of(DAY)).count() == point.filter(day=midnight_of(LAST)).count() == 600
    one = finding.get()
    assert (one.day, one.last_day, one.since) == (midnight_of(DAY), midnight_of(LAST), midnight_of(DAY))
    assert row.get().judged_until == midnight_of(LAST)
    assert (row.get().late, row.get().shares, point.first().exposure) == (False, None, None)
    before = migrated(*OLD)
    days = before.get_model("indicators", "Point").objects.values_list("day", flat=True)
    assert set(days) == {DAY, LAST}


def test_nothing_is_nothing(old):
    assert migrated(*NEW).get_model("indicators", "Point").objects.count() == 0
