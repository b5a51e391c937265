"""Indicators, their counts as they are judged, and what was found in them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.timezone import get_current_timezone
from ninja import Schema
from pydantic import BeforeValidator, Field, StringConstraints

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Page, Texts, Word, page
from tocsin.engine.detect.findings import Verdict
from tocsin.kernel.actors import Act, machine
from tocsin.spine.clocks.queries import timepiece
from tocsin.spine.people.enums import Power
from tocsin.stages.reduction.indicators import actions, queries
from tocsin.stages.reduction.indicators.drawing import Spot, spots
from tocsin.stages.reduction.indicators.enums import (
    FINDING_LIFE,
    INDICATOR_LIFE,
    FindingState,
    IndicatorState,
    Rhythm,
)
from tocsin.stages.reduction.indicators.judging import sights
from tocsin.stages.reduction.indicators.models import Finding, Indicator
from tocsin.stages.reduction.indicators.steps import beginning, clock, step_at

room = Room("indicators")
SeriesName = Annotated[str, StringConstraints(max_length=120)]
When = date | datetime
"""A step by its beginning: a date, of an hour its instant."""


def _hour(said: Any) -> Any:
    """A text that names a time is one, also at midnight; the rest is left to the type."""
    try:
        return datetime.fromisoformat(said) if isinstance(said, str) and len(said) > 10 else said
    except ValueError:
        return said


def _given(day: date) -> date:
    """As the clock of the jurisdiction shows it."""
    if isinstance(day, datetime) and day.tzinfo is not None:
        return clock(day, get_current_timezone())
    return day


def _shown(step: date) -> date:
    return beginning(step, get_current_timezone()) if isinstance(step, datetime) else step


def _step(row: Indicator, moment: datetime) -> date:
    return _shown(step_at(moment, Rhythm(row.rhythm), get_current_timezone()))


class IndicatorOut(Schema):
    """An indicator. `counted` are kinds of signals, none where the counts come from elsewhere; `alarms`:
    how many false alarms a week are borne; `late`: reports come late, and the last steps are judged by what
    should be in of them (`shares`, the newest step first; null while too few have come in to tell)."""

    id: UUID
    name: dict[str, str]
    kind: str
    counted: list[str]
    area: str
    each: bool
    source: str
    rhythm: Rhythm
    alarms: float
    state: IndicatorState
    defined_at: datetime
    judged_until: When | None
    late: bool
    shares: list[float] | None
    neighbours: bool
    moves: list[str]

    @staticmethod
    def resolve_judged_until(row: Indicator) -> date | None:
        return None if row.judged_until is None else _step(row, row.judged_until)

    @staticmethod
    def resolve_moves(row: Indicator) -> list[str]:
        return list(INDICATOR_LIFE.open_to(IndicatorState(row.state)))


class IndicatorIn(Word):
    """What is to be watched."""

    name: Texts
    kind: Code
    counted: Annotated[list[Code], Field(max_length=200)] = []
    area: Code | None = None
    each: bool = False
    source: Code | None = None
    rhythm: Rhythm
    alarms: Annotated[float, Field(gt=0, le=10_000)]
    late: bool = False
    neighbours: bool = False


class CountIn(Schema):
    """A count of one series in the step that holds `day`: a date, or the hour as a time, in the zone of the
    jurisdiction where it names none. `exposure` is what the count is in proportion to; all counts of an
    indicator have one or none has."""

    series: SeriesName = ""
    day: Annotated[When, BeforeValidator(_hour)]
    count: Annotated[int, Field(ge=0, lt=10**9)]
    exposure: Annotated[float, Field(gt=0, le=10**12)] | None = None


class CountsIn(Word):
    """Counts from elsewhere; a later one for the same step takes the place of an earlier."""

    counts: Annotated[list[CountIn], Field(min_length=1, max_length=20_000)]


class CountsOut(Schema):
    """How many were kept."""

    kept: int


class IndicatorFindingOut(Schema):
    """What was found. `low` … `high` hold 19 of 20 counts when nothing is going on; chance alone gives such
    evidence once in `every` weeks over all series of the indicator. The series of several districts together
    is their codes, joined by “+”."""

    id: UUID
    indicator_id: UUID
    series: str
    day: When
    last_day: When
    since: When
    count: int
    expected: float
    low: float
    high: float
    p: float | None
    every: float | None
    verdict: Verdict
    reasons: list[str]
    found_at: datetime
    state: FindingState
    settled_at: datetime | None
    settled_by: str
    word: str
    moves: list[str]

    @staticmethod
    def resolve_day(row: Finding) -> date:
        return _step(row.indicator, row.day)

    @staticmethod
    def resolve_last_day(row: Finding) -> date:
        return _step(row.indicator, row.last_day)

    @staticmethod
    def resolve_since(row: Finding) -> date:
        return _step(row.indicator, row.since)

    @staticmethod
    def resolve_moves(row: Finding) -> list[str]:
        return list(FINDING_LIFE.open_to(FindingState(row.state)))


class SpotOut(Schema):
    """One step of a series as it is judged now. Where only a part (`complete`) of its reports is in, it will
    have come to `filled`, nine times in ten between `filled_low` and `filled_high`."""

    day: When
    count: int
    expected: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    exposure: float | None
    complete: float
    filled: float | None
    filled_low: float | None
    filled_high: float | None

    @staticmethod
    def resolve_day(row: Spot) -> date:
        return _shown(row.day)


class SeriesOut(Schema):
    """A series and its judged steps, the oldest first."""

    series: str
    steps: list[SpotOut]
    least_once: float | None
    """The least excess over the expected count that is seen in one step within the budget."""
    least_lasting: float | None
    """The same for each of three steps."""


class LeftOut(Schema):
    """A series that can't be judged, and why."""

    series: str
    reason: str
    day: When | None


class JudgedOut(Schema):
    """An indicator as it is judged now: what its chart shows."""

    series: list[SeriesOut]
    left: list[LeftOut]


@room.look("/indicators", Page[IndicatorOut])
def list_indicators(
    request: Asked, state: IndicatorState | None = None, before: UUID | None = None, limit: Limit = 50
) -> Any:
    """Indicators, the last defined first; those that are not retired, unless a state is named."""
    return page(queries.indicators(before=before, limit=limit, state=state), limit, "id")


@room.look("/indicators/{indicator}", IndicatorOut)
def get(request: Asked, indicator: UUID) -> Any:
    """One indicator."""
    return queries.indicator(indicator)


@room.look("/indicators/{indicator}/series", JudgedOut)
def judged(request: Asked, indicator: UUID) -> Any:
    """Its series as they are judged now: counted, expected, band, verdict."""
    found = queries.judged(queries.indicator(indicator), timepiece().now())
    names = found.watch.shard.names
    sight = sights(found, range(len(names)))
    return {
        "series": [
            {
                "series": name,
                "steps": spots(found, row),
                "least_once": sight[row].once if row in sight else None,
                "least_lasting": sight[row].lasting if row in sight else None,
            }
            for row, name in enumerate(names)
        ],
        "left": [
            {"series": one.name, "reason": one.reason.value, "day": one.day and _shown(one.day)}
            for one in found.left
        ],
    }


@room.look("/indicators/{indicator}/findings", Page[IndicatorFindingOut])
def list_findings(
    request: Asked,
    indicator: UUID,
    state: FindingState | None = None,
    before: UUID | None = None,
    limit: Limit = 50,
) -> Any:
    """What was found in it, the last first."""
    queries.indicator(indicator)
    rows = queries.findings(indicator=indicator, before=before, limit=limit, state=state)
    return page(rows, limit, "id")


@room.look("/findings/{finding}", IndicatorFindingOut)
def get_finding(request: Asked, finding: UUID) -> Any:
    """One finding."""
    return queries.finding(finding)


@room.change("/indicators", IndicatorOut, Power.INDICATOR_DEFINE)
def define(request: Asked, body: IndicatorIn) -> Any:
    """Defines an indicator, fills it from what has come in and looks at it at once."""
    made = actions.define(
        act=act_of(request, body.word),
        name=body.name,
        kind=body.kind,
        counted=body.counted,
        rhythm=body.rhythm,
        alarms=body.alarms,
        area=body.area or "",
        each=body.each,
        source=body.source or "",
        late=body.late,
        neighbours=body.neighbours,
    )
    _look_at_once()
    return queries.indicator(made.id)


@room.change("/indicators/{indicator}/counts", CountsOut, Power.INDICATOR_DEFINE)
def count_in(request: Asked, indicator: UUID, body: CountsIn) -> Any:
    """Puts counts from elsewhere in and looks at them at once."""
    row = queries.indicator(indicator)
    counts = [(one.series, _given(one.day), one.count, one.exposure) for one in body.counts]
    kept = actions.count_in(act=act_of(request, body.word), indicator=row, counts=counts)
    _look_at_once()
    return {"kept": kept}


@room.change("/indicators/{indicator}/pause", IndicatorOut, Power.INDICATOR_DEFINE)
def pause(request: Asked, indicator: UUID, body: Word) -> Any:
    """Looks no more for a while."""
    return actions.move(act=act_of(request, body.word), indicator=queries.indicator(indicator), move="pause")


@room.change("/indicators/{indicator}/resume", IndicatorOut, Power.INDICATOR_DEFINE)
def resume(request: Asked, indicator: UUID, body: Word) -> Any:
    """Looks again."""
    return actions.move(act=act_of(request, body.word), indicator=queries.indicator(indicator), move="resume")


@room.change("/indicators/{indicator}/retire", IndicatorOut, Power.INDICATOR_DEFINE)
def retire(request: Asked, indicator: UUID, body: Word) -> Any:
    """Looks no more; its findings stay."""
    return actions.move(act=act_of(request, body.word), indicator=queries.indicator(indicator), move="retire")


@room.change("/findings/{finding}/confirm", IndicatorFindingOut, Power.INDICATOR_SETTLE)
def confirm(request: Asked, finding: UUID, body: Word) -> Any:
    """Something was going on."""
    return actions.confirm(act=act_of(request, body.word), finding=queries.finding(finding))


@room.change("/findings/{finding}/dismiss", IndicatorFindingOut, Power.INDICATOR_SETTLE)
def dismiss(request: Asked, finding: UUID, body: Word) -> Any:
    """Nothing was going on; with a word of why."""
    return actions.dismiss(act=act_of(request, body.word), finding=queries.finding(finding))


def _look_at_once() -> None:
    """Whoever puts counts in need not wait for the next round."""
    actions.look(act=Act(machine("indicators"), timepiece().now()))
