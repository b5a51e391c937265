"""Reading indicators, their counts and what was found in them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, Q

from tocsin.engine.detect.series import Point as Given
from tocsin.kernel.errors import NotFound
from tocsin.kernel.instants import Instant
from tocsin.spine.places.queries import active_pack, gazetteer, neighbours
from tocsin.stages.reduction.indicators.counting import filled_up, with_skipped
from tocsin.stages.reduction.indicators.enums import FindingState, IndicatorState, Rhythm
from tocsin.stages.reduction.indicators.judging import Beside, Judged, judge
from tocsin.stages.reduction.indicators.models import Finding, Indicator, Point
from tocsin.stages.reduction.indicators.steps import (
    MONTH,
    STEPS,
    beginning,
    clock,
    last_whole,
    step_at,
)
from tocsin.stages.reduction.indicators.zoning import TOGETHER

HOURS_KEPT = timedelta(weeks=13)
"""Hours are judged by the last eight weeks before those that are asked for; older ones are left alone."""


@dataclass(frozen=True)
class Standing:
    """An indicator in the list: its last step, its findings of the last month and what became of them."""

    indicator: Indicator
    day: datetime | None
    count: int
    open: int
    confirmed: int
    dismissed: int

    @property
    def precision(self) -> float | None:
        """The share of judged findings that people confirmed; None while none was judged."""
        judged = self.confirmed + self.dismissed
        return self.confirmed / judged if judged else None


def indicators(
    *, before: UUID | None = None, limit: int = 50, state: IndicatorState | None = None
) -> list[Indicator]:
    """A page of indicators, the last defined first; those that are not retired, unless a state is named."""
    rows = Indicator.objects.exclude(state=IndicatorState.RETIRED)
    if state is not None:
        rows = Indicator.objects.filter(state=state)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


def indicator(id: UUID) -> Indicator:  # noqa: A002 (the word of the model)
    """One indicator. Raises `NotFound`."""
    found = Indicator.objects.filter(id=id).first()
    if found is None:
        raise NotFound("indicator.unknown", "There is no such indicator.", cure="See the list of indicators.")
    return found


def finding(id: UUID) -> Finding:  # noqa: A002 (the word of the model)
    """One finding. Raises `NotFound`."""
    found = Finding.objects.select_related("indicator").filter(id=id).first()
    if found is None:
        raise NotFound("finding.unknown", "There is no such finding.", cure="See the indicator's page.")
    return found


def findings(
    *, indicator: UUID, before: UUID | None = None, limit: int = 50, state: FindingState | None = None
) -> list[Finding]:
    """A page of an indicator's findings, the last found first."""
    rows = Finding.objects.select_related("indicator").filter(indicator_id=indicator)
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


def live_beside(found: Finding) -> bool:
    """Whether another finding on the same hazard still stands, of the month before."""
    others = Finding.objects.filter(
        indicator__kind=found.indicator.kind, last_day__gte=found.last_day - MONTH
    )
    return others.exclude(id=found.id).exclude(state=FindingState.DISMISSED).filter(verdict="alarm").exists()


def standings(rows: list[Indicator], now: Instant) -> list[Standing]:
    """What the list shows of each; two questions to the database, however many there are."""
    month = now - MONTH
    counts = {
        found["indicator_id"]: (found["open"], found["confirmed"], found["dismissed"])
        for found in Finding.objects.filter(indicator__in=rows)
        .values("indicator_id")
        .annotate(
            open=Count("id", filter=Q(state=FindingState.OPEN, last_day__gte=month)),
            confirmed=Count("id", filter=Q(state=FindingState.CONFIRMED)),
            dismissed=Count("id", filter=Q(state=FindingState.DISMISSED)),
        )
    }
    last: dict[UUID, int] = defaultdict(int)
    wanted = Q(pk__in=[])
    for row in rows:
        wanted |= Q(indicator=row, day=row.judged_until)
    for key, count in Point.objects.filter(wanted).values_list("indicator_id", "count"):
        last[key] += count
    return [Standing(row, row.judged_until, last[row.id], *counts.get(row.id, (0, 0, 0))) for row in rows]


def judged(row: Indicator, now: Instant, since: date | None = None) -> Judged:
    """An indicator judged by what is counted, in the steps since one or in all that a chart shows."""
    rhythm, pack = Rhythm(row.rhythm), active_pack()
    until = last_whole(clock(now, pack.zone), rhythm)
    return judge(
        points_of(row, until),
        step=STEPS[rhythm],
        until=until,
        alarms=row.alarms,
        since=since,
        country=pack.country,
        also=Beside(neighbours() if row.neighbours else {}),
        shares=(row.shares or ()) if row.late else (),
    )


def points_of(row: Indicator, until: date) -> dict[str, list[Given]]:
    """The series of an indicator. Where signals are counted every step has a count; in counts from elsewhere
    a step that is missing stays missing, but for an hour that the clock skipped."""
    rhythm, zone = Rhythm(row.rhythm), active_pack().zone
    points = Point.objects.filter(indicator=row, day__lte=beginning(until, zone))
    begin = points.aggregate(first=Min("day"))["first"]
    if begin is None:
        return {name: [] for name in series_of(row)} if row.counted else {}
    if rhythm is Rhythm.HOUR:
        begin = max(begin, beginning(until, zone) - HOURS_KEPT)
    found: dict[str, list[Given]] = {}
    rows = points.filter(day__gte=begin).order_by("series", "day")
    for series, day, count, exposure in rows.values_list("series", "day", "count", "exposure"):
        found.setdefault(series, []).append(Given(step_at(day, rhythm, zone), count, exposure))
    if row.counted:
        return _counted(row, found, step_at(begin, rhythm, zone), until)
    return (
        {name: with_skipped(given, zone) for name, given in found.items()} if rhythm is Rhythm.HOUR else found
    )


def _counted(
    row: Indicator, found: Mapping[str, list[Given]], begin: date, until: date
) -> dict[str, list[Given]]:
    """Every series that the indicator counts, with its zeros."""
    counts = {name: {one.day: int(one.count or 0) for one in found.get(name, ())} for name in series_of(row)}
    return filled_up(counts, begin, until, STEPS[Rhythm(row.rhythm)])


def series_of(row: Indicator) -> dict[str, frozenset[str]]:
    """The series of an indicator that counts signals, and the codes that belong to each."""
    places = gazetteer()
    if row.each:
        inner = places.within(row.area) if row.area else frozenset(places.leaves)
        districts = [code for code in places.districts if places.within(code) & inner]
        return {
            TOGETHER: _around(row.area) if row.area else frozenset(),
            **{c: _around(c) for c in districts},
        }
    return {row.area: _around(row.area) if row.area else frozenset()}


def _around(code: str) -> frozenset[str]:
    """The codes by which a signal may speak of a place: its own, those within it, those it lies in."""
    places = gazetteer()
    return frozenset({code, *places.within(code), *places.parents(code)})
