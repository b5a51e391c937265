"""Looking at an indicator: its steps that are over are counted and judged, each once; where reports come
late, again until they are in."""

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from django.db import transaction

from tocsin.engine.detect.alerts import QUIET
from tocsin.engine.detect.findings import Finding as Found
from tocsin.kernel.actors import Act
from tocsin.kernel.instants import Instant
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack
from tocsin.stages.reduction.indicators.actions.filling import fill, learn
from tocsin.stages.reduction.indicators.counting import DELAYS
from tocsin.stages.reduction.indicators.enums import IndicatorState, Rhythm
from tocsin.stages.reduction.indicators.judging import Judged
from tocsin.stages.reduction.indicators.models import Finding, Indicator
from tocsin.stages.reduction.indicators.queries import judged
from tocsin.stages.reduction.indicators.steps import STEPS, beginning, clock, last_whole, step_at

RECOUNTED = 2
"""Steps before the judged ones that are counted again: signals come late."""


@transaction.atomic
def look(*, act: Act) -> list[Finding]:
    """Looks at each watched indicator of which a step has ended since the last look. Returns new findings."""
    demand(act.by, Power.INDICATOR_WATCH)
    rows = Indicator.objects.select_for_update().filter(state=IndicatorState.WATCHED).order_by("id")
    return [finding for row in rows for finding in _look_at(act, row)]


@dataclass(frozen=True)
class _Look:
    """One look at one indicator: which steps, and how they lie on the clock."""

    act: Act
    row: Indicator
    result: Judged
    newest: date
    """What is found from this step on is news; of the steps before, history."""
    span: timedelta
    zone: tzinfo

    def instant(self, step: date) -> Instant:
        return beginning(step, self.zone)


def _look_at(act: Act, row: Indicator) -> list[Finding]:
    rhythm, zone = Rhythm(row.rhythm), active_pack().zone
    span, until = STEPS[rhythm].span, last_whole(clock(act.at, zone), rhythm)
    done = None if row.judged_until is None else step_at(row.judged_until, rhythm, zone)
    if done is not None and done >= until:
        return []
    since = until if done is None else done + span
    if row.counted:
        again = RECOUNTED + (DELAYS if row.late else 0)
        fill(row, since=since - again * span, until=act.at)
    row.shares = learn(row, until) if row.late else None
    newest = until - len(row.shares or ()) * span
    since = min(since, newest)
    look = _Look(act, row, judged(row, act.at, since), newest, span, zone)
    new = [_kept(look, found) for found in look.result.findings(since - span)]
    row.judged_until = look.instant(until)
    row.save(update_fields=["judged_until", "shares"])
    return [finding for finding in new if finding is not None]


def _kept(look: _Look, found: Found) -> Finding | None:
    """A finding, unless it goes on from one before or was known: then that one is brought up to date."""
    running, day = _running(look, found), look.instant(found.day)
    if running is not None and running.last_day > day:
        return None
    finding = running or Finding(indicator=look.row, series=found.name, day=day, found_at=look.act.at)
    known = running is not None and running.last_day == day
    since = look.instant(found.since)
    finding.last_day, finding.count, finding.since = day, found.count, min(finding.since or since, since)
    finding.expected, finding.low, finding.high = (
        _number(value) for value in (found.expected, found.low, found.high)
    )
    finding.p = None if found.p != found.p else found.p  # NaN alone is not itself
    finding.every = None if finding.p is None else look.result.every(finding.p)
    finding.verdict, finding.reasons = found.verdict.value, [why.value for why in found.reasons]
    finding.save()
    begun, latest = running is None, found.day >= look.newest
    if begun or (latest and not known):
        _tell(look, finding, found.day, begun=begun, latest=latest)
    return finding if begun else None


def _running(look: _Look, found: Found) -> Finding | None:
    """The finding of this series that holds this step or ended shortly before: one event is one finding. What
    was an alarm doesn't go on as a break, unless it is the same step that is seen so now."""
    day = look.instant(found.day)
    rows = Finding.objects.filter(indicator=look.row, series=found.name, day__lte=day)
    last = (
        rows.filter(last_day__gte=look.instant(found.day - QUIET * look.span)).order_by("-last_day").first()
    )
    if last is None or last.verdict == found.verdict.value or last.day == day:
        return last
    return None


def _number(value: float) -> float:
    return 0.0 if value != value else value


def _tell(look: _Look, finding: Finding, day: date, *, begun: bool, latest: bool) -> None:
    row = look.row
    body: dict[str, object] = {"indicator": str(row.id), "finding": str(finding.id), "series": finding.series}
    body |= {"day": day.isoformat(), "count": finding.count, "verdict": finding.verdict}
    append(chain=DESK, kind="indicator.found", act=look.act, body=body | {"begun": begun, "latest": latest})
