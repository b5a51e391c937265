"""Defining an indicator, putting counts from elsewhere into it, and its life."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from math import inf

from django.db import transaction

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Illegal, Malformed
from tocsin.kernel.instants import Instant
from tocsin.packs.rows import Text
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.reduction.indicators.actions.filling import fill, keep
from tocsin.stages.reduction.indicators.enums import INDICATOR_LIFE, IndicatorState, Rhythm
from tocsin.stages.reduction.indicators.models import Indicator, Point
from tocsin.stages.reduction.indicators.steps import (
    LOOKED_BACK,
    STEPS,
    beginning,
    clock,
    in_words,
    step_at,
    step_of,
)

Given = tuple[str, date, int] | tuple[str, date, int, float | None]
MOST = 10_000.0
LARGEST = 10**9
YEARS = range(1900, 2200)


@transaction.atomic
def define(
    *,
    act: Act,
    name: Text,
    kind: str,
    counted: Sequence[str],
    rhythm: Rhythm,
    alarms: float,
    area: str = "",
    each: bool = False,
    source: str = "",
    late: bool = False,
    neighbours: bool = False,
) -> Indicator:
    """Defines an indicator and fills it from what has come in so far; the last month, of hours the last week,
    is judged at its first look. Raises `Malformed` for a kind or a place that this desk does not know, for a
    budget out of bounds, and where nobody could know how late reports come or which districts to join."""
    demand(act.by, Power.INDICATOR_DEFINE)
    _check(name, [kind, *counted], area, alarms)
    _check_also(counted, late=late, each=each, neighbours=neighbours)
    row = Indicator.objects.create(
        name=dict(name),
        kind=kind,
        counted=list(counted),
        area=area,
        each=each,
        source=source,
        rhythm=rhythm.value,
        alarms=alarms,
        late=late,
        neighbours=neighbours,
        defined_at=act.at,
        judged_until=_looked_back(act, rhythm),
    )
    fill(row, since=None, until=act.at)
    append(chain=DESK, kind="indicator.defined", act=act, body=_body(row))
    return row


@transaction.atomic
def count_in(*, act: Act, indicator: Indicator, counts: Iterable[Given]) -> int:
    """Puts counts from elsewhere in (series, day or hour of the local clock, count, exposure if there is
    one); a later one for the same step takes the place of an earlier. Raises `Illegal` for an indicator that
    counts signals itself, `Malformed` for what is no count and where only some have an exposure."""
    demand(act.by, Power.INDICATOR_DEFINE)
    row = Indicator.objects.select_for_update().get(id=indicator.id)
    if row.counted:
        raise Illegal(
            "indicator.counts",
            "This indicator counts signals by itself.",
            cure="Define one without kinds of signals for counts from elsewhere.",
        )
    zone = active_pack().zone
    made = [_point(row, zone, *count) for count in counts]
    points = list({(point.series, point.day): point for point in made}.values())
    keep(points)
    _check_exposures(row, zone)
    _judge_again(row, min((point.day for point in points), default=None), act)
    append(
        chain=DESK,
        kind="indicator.counted",
        act=act,
        body={"indicator": str(row.id), "points": len(points), "series": len({p.series for p in points})},
    )
    return len(points)


@transaction.atomic
def move(*, act: Act, indicator: Indicator, move: str) -> Indicator:
    """Pauses, resumes or retires it."""
    demand(act.by, Power.INDICATOR_DEFINE)
    row = Indicator.objects.select_for_update().get(id=indicator.id)
    row.state = INDICATOR_LIFE.after(IndicatorState(row.state), move).value
    row.save(update_fields=["state"])
    append(
        chain=DESK,
        kind="indicator.moved",
        act=act,
        body={"indicator": str(row.id), "move": move, "state": row.state},
    )
    return row


def _looked_back(act: Act, rhythm: Rhythm) -> Instant:
    zone = active_pack().zone
    return beginning(step_of(clock(act.at, zone) - LOOKED_BACK[rhythm], rhythm), zone)


def _judge_again(row: Indicator, first: datetime | None, act: Act) -> None:
    """The steps that got counts are judged anew at the next look, as far back as when it was new."""
    if first is None or row.judged_until is None:
        return
    rhythm, zone = Rhythm(row.rhythm), active_pack().zone
    before = beginning(step_at(first, rhythm, zone) - STEPS[rhythm].span, zone)
    row.judged_until = min(row.judged_until, max(before, _looked_back(act, rhythm)))
    row.save(update_fields=["judged_until"])


def _point(
    row: Indicator, zone: tzinfo, series: str, day: date, count: int, exposure: float | None = None
) -> Point:
    where, rhythm = f"{series} {day}: {count}", Rhythm(row.rhythm)
    if not 0 <= count < LARGEST:
        _refuse("count", "“{value}” is no count.", where)
    if day.year not in YEARS or (rhythm is Rhythm.HOUR and not isinstance(day, datetime)):
        _refuse("day", "“{value}” names no step that this indicator counts.", where)
    if exposure is not None and not 0.0 < exposure < inf:
        _refuse("exposure", "“{value}” has no exposure above zero.", f"{where} / {exposure}")
    step = beginning(step_of(day, rhythm), zone)
    return Point(indicator=row, series=series[:120], day=step, count=count, exposure=exposure)


def _check_exposures(row: Indicator, zone: tzinfo) -> None:
    """All counts of an indicator have an exposure, or none has."""
    points = Point.objects.filter(indicator=row)
    bare = points.filter(exposure=None).order_by("series", "day").first()
    if bare is not None and points.exclude(exposure=None).exists():
        step = in_words(step_at(bare.day, Rhythm(row.rhythm), zone))
        _refuse(
            "exposure", "“{value}” has no exposure, where others have one.", f"{bare.series} {step}".strip()
        )


def _check(name: Text, kinds: Sequence[str], area: str, alarms: float) -> None:
    unknown = [kind for kind in kinds if kind not in active_pack().kinds]
    if not any(name.values()):
        _refuse("name", "An indicator needs a name.", "")
    if unknown:
        _refuse("kind", "There is no kind of event “{value}”.", unknown[0])
    if area and area not in gazetteer():
        _refuse("area", "There is no place “{value}”.", area)
    if not 0.0 < alarms <= MOST:
        _refuse("alarms", "A budget of “{value}” false alarms a week can't be kept.", str(alarms))


def _check_also(counted: Sequence[str], *, late: bool, each: bool, neighbours: bool) -> None:
    if late and not counted:
        _refuse("late", "Only where signals are counted is it known how late they came.", "")
    if neighbours and counted and not each:
        _refuse("neighbours", "Districts are looked at together only where each is a series of its own.", "")


def _refuse(where: str, text: str, value: str) -> None:
    raise Malformed(
        f"indicator.{where}", text, cure="Choose from what the page offers.", where=where, value=value
    )


def _body(row: Indicator) -> dict[str, object]:
    said = {
        "indicator": str(row.id),
        "name": row.name,
        "kind": row.kind,
        "counted": row.counted,
        "area": row.area,
        "each": row.each,
        "late": row.late,
        "neighbours": row.neighbours,
    }
    return said | {"source": row.source, "rhythm": row.rhythm, "alarms": row.alarms}
