"""Filling an indicator from the signals that came in; in the caller's transaction."""

from datetime import date, datetime, time

from django.db.models import QuerySet
from django.utils.timezone import localtime, make_aware

from tocsin.kernel.instants import Instant
from tocsin.stages.reduction.indicators.counting import counted
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.models import Indicator, Point
from tocsin.stages.reduction.indicators.queries import series_of
from tocsin.stages.reduction.signals.enums import Action
from tocsin.stages.reduction.signals.models import Signal
from tocsin.stages.reduction.signals.queries import INDICATOR_SOURCE

AT_ONCE = 2000


def fill(row: Indicator, *, since: date | None, until: Instant) -> None:
    """Counts the signals of the steps from `since` on (all there are if None) that came in by `until`."""
    signals = _signals(row, until)
    if since is not None:
        signals = signals.filter(issued_at__gte=_begin(since))
    rows = signals.values_list("issued_at", "areas").iterator(chunk_size=AT_ONCE)
    said = ((localtime(moment).date(), areas) for moment, areas in rows)
    found = counted(said, series_of(row), Rhythm(row.rhythm))
    points = [
        Point(indicator=row, series=series, day=day, count=count) for (series, day), count in found.items()
    ]
    Point.objects.bulk_create(
        points,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["indicator", "series", "day"],
        update_fields=["count"],
    )


def _signals(row: Indicator, until: Instant) -> QuerySet[Signal]:
    signals = Signal.objects.filter(kind__in=row.counted, received_at__lte=until, issued_at__lte=until)
    signals = signals.exclude(source_id=INDICATOR_SOURCE).exclude(action__in=[Action.CANCEL, Action.SILENCE])
    return signals.filter(source_id=row.source) if row.source else signals


def _begin(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
