"""Filling an indicator from the signals that came in; in the caller's transaction."""

from datetime import date, tzinfo

from django.db.models import QuerySet

from tocsin.kernel.instants import Instant
from tocsin.spine.places.queries import active_pack
from tocsin.stages.reduction.indicators.counting import LEARNT_FROM, counted, shares
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.models import Indicator, Point
from tocsin.stages.reduction.indicators.queries import series_of
from tocsin.stages.reduction.indicators.steps import STEPS, beginning, clock, last_whole
from tocsin.stages.reduction.signals.enums import Action
from tocsin.stages.reduction.signals.models import Signal
from tocsin.stages.reduction.signals.queries import INDICATOR_SOURCE

AT_ONCE = 2000


def fill(row: Indicator, *, since: date | None, until: Instant) -> None:
    """Counts the signals of the steps from `since` on (all there are if None) that came in by `until`. Where
    reports come late, those that came in by the end of the last whole step: what is in of a step and what
    should be in of it are then told at the same moment."""
    rhythm, zone = Rhythm(row.rhythm), active_pack().zone
    signals = _signals(row, _known_at(until, rhythm, zone) if row.late else until)
    if since is not None:
        signals = signals.filter(issued_at__gte=beginning(since, zone))
    rows = signals.values_list("issued_at", "areas").iterator(chunk_size=AT_ONCE)
    said = ((clock(moment, zone), areas) for moment, areas in rows)
    found = counted(said, series_of(row), rhythm)
    points = (
        Point(indicator=row, series=s, day=beginning(step, zone), count=n) for (s, step), n in found.items()
    )
    keep(list(points))


def keep(points: list[Point]) -> None:
    """Writes counts; a later one for the same step takes the place of an earlier."""
    Point.objects.bulk_create(
        points,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["indicator", "series", "day"],
        update_fields=["count", "exposure"],
    )


def learn(row: Indicator, until: date) -> list[float] | None:
    """How much of the last steps is in by the end of `until`, the newest first, by the reports of the past;
    None where they are too few to tell."""
    rhythm, zone = Rhythm(row.rhythm), active_pack().zone
    span = STEPS[rhythm].span
    signals = _signals(row, beginning(until + span, zone))
    signals = signals.filter(issued_at__gte=beginning(until - LEARNT_FROM[rhythm] * span, zone))
    rows = signals.values_list("issued_at", "received_at").iterator(chunk_size=AT_ONCE)
    return shares(((clock(one, zone), clock(other, zone)) for one, other in rows), until, rhythm)


def _known_at(now: Instant, rhythm: Rhythm, zone: tzinfo) -> Instant:
    return beginning(last_whole(clock(now, zone), rhythm) + STEPS[rhythm].span, zone)


def _signals(row: Indicator, until: Instant) -> QuerySet[Signal]:
    signals = Signal.objects.filter(kind__in=row.counted, received_at__lte=until, issued_at__lte=until)
    signals = signals.exclude(source_id=INDICATOR_SOURCE).exclude(action__in=[Action.CANCEL, Action.SILENCE])
    return signals.filter(source_id=row.source) if row.source else signals
