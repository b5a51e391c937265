"""Defining an indicator, putting counts from elsewhere into it, and its life."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Illegal, Malformed
from tocsin.packs.rows import Text
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.reduction.indicators.actions.filling import fill
from tocsin.stages.reduction.indicators.counting import step_of
from tocsin.stages.reduction.indicators.enums import INDICATOR_LIFE, IndicatorState, Rhythm
from tocsin.stages.reduction.indicators.models import Indicator, Point
from tocsin.stages.reduction.indicators.queries import MONTH

MOST = 10_000.0
LARGEST = 10**9


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
) -> Indicator:
    """Defines an indicator and fills it from what has come in so far; the last month is judged at its first
    look. Raises `Malformed` for a kind or a place that this desk does not know, or a budget out of bounds."""
    demand(act.by, Power.INDICATOR_DEFINE)
    _check(name, [kind, *counted], area, alarms)
    row = Indicator.objects.create(
        name=dict(name),
        kind=kind,
        counted=list(counted),
        area=area,
        each=each,
        source=source,
        rhythm=rhythm.value,
        alarms=alarms,
        defined_at=act.at,
        judged_until=step_of(localtime(act.at).date() - MONTH, rhythm),
    )
    fill(row, since=None, until=act.at)
    append(chain=DESK, kind="indicator.defined", act=act, body=_body(row))
    return row


@transaction.atomic
def count_in(*, act: Act, indicator: Indicator, counts: Iterable[tuple[str, date, int]]) -> int:
    """Puts counts from elsewhere in (series, day, count); a later one for the same step takes the place of an
    earlier. Raises `Illegal` for an indicator that counts signals itself."""
    demand(act.by, Power.INDICATOR_DEFINE)
    row = Indicator.objects.select_for_update().get(id=indicator.id)
    if row.counted:
        raise Illegal(
            "indicator.counts",
            "This indicator counts signals by itself.",
            cure="Define one without kinds of signals for counts from elsewhere.",
        )
    points = [_point(row, *count) for count in counts]
    Point.objects.bulk_create(
        points,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["indicator", "series", "day"],
        update_fields=["count"],
    )
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


def _judge_again(row: Indicator, first: date | None, act: Act) -> None:
    """The steps that got counts are judged anew at the next look, as far back as a month."""
    if first is None or row.judged_until is None:
        return
    before = step_of(first - timedelta(days=1), Rhythm(row.rhythm))
    month = step_of(localtime(act.at).date() - MONTH, Rhythm(row.rhythm))
    row.judged_until = min(row.judged_until, max(before, month))
    row.save(update_fields=["judged_until"])


def _point(row: Indicator, series: str, day: date, count: int) -> Point:
    if not 0 <= count < LARGEST:
        _refuse("count", "“{value}” is no count.", f"{series} {day}: {count}")
    return Point(indicator=row, series=series[:120], day=step_of(day, Rhythm(row.rhythm)), count=count)


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
    }
    return said | {"source": row.source, "rhythm": row.rhythm, "alarms": row.alarms}
