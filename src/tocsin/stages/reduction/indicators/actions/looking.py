"""Looking at an indicator: its steps that are over are counted and judged, each once."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localtime

from tocsin.engine.detect.findings import Finding as Found
from tocsin.kernel.actors import Act
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.reduction.indicators.actions.filling import fill
from tocsin.stages.reduction.indicators.counting import STEPS, last_whole
from tocsin.stages.reduction.indicators.enums import IndicatorState, Rhythm
from tocsin.stages.reduction.indicators.judging import Judged
from tocsin.stages.reduction.indicators.models import Finding, Indicator
from tocsin.stages.reduction.indicators.queries import judged

RECOUNTED = 2
"""Steps before the judged ones that are counted again: signals come late."""


@transaction.atomic
def look(*, act: Act) -> list[Finding]:
    """Looks at each watched indicator of which a step has ended since the last look. Returns new findings."""
    demand(act.by, Power.INDICATOR_WATCH)
    rows = Indicator.objects.select_for_update().filter(state=IndicatorState.WATCHED).order_by("id")
    return [finding for row in rows for finding in _look_at(act, row)]


def _look_at(act: Act, row: Indicator) -> list[Finding]:
    rhythm = Rhythm(row.rhythm)
    until, done = last_whole(localtime(act.at).date(), rhythm), row.judged_until
    if done is not None and done >= until:
        return []
    step = timedelta(days=int(STEPS[rhythm]))
    since = until if done is None else done + step
    if row.counted:
        fill(row, since=since - RECOUNTED * step, until=act.at)
    result = judged(row, act.at, since)
    new = [_kept(act, row, found, result, step) for found in result.findings(since - step)]
    row.judged_until = until
    row.save(update_fields=["judged_until"])
    return [finding for finding in new if finding is not None]


def _kept(act: Act, row: Indicator, found: Found, result: Judged, step: timedelta) -> Finding | None:
    """A finding, unless it goes on from the step before or was known: then that one is brought up to date."""
    running = _running(row, found, step)
    if running is not None and running.last_day > found.day:
        return None
    finding = running or Finding(indicator=row, series=found.name, day=found.day, found_at=act.at)
    known = running is not None and running.last_day == found.day
    finding.last_day, finding.count = found.day, found.count
    finding.since = min(finding.since or found.since, found.since)
    finding.expected, finding.low, finding.high = (
        _number(value) for value in (found.expected, found.low, found.high)
    )
    finding.p = None if found.p != found.p else found.p  # NaN alone is not itself
    finding.every = None if finding.p is None else result.every(finding.p)
    finding.verdict, finding.reasons = found.verdict.value, [why.value for why in found.reasons]
    finding.save()
    begun, latest = running is None, found.day == result.watch.shard.last
    if begun or (latest and not known):
        _tell(act, row, finding, begun=begun, latest=latest)
    return finding if begun else None


def _running(row: Indicator, found: Found, step: timedelta) -> Finding | None:
    """The finding of this series that holds this step or ended with the one before. What was an alarm doesn't
    go on as a break, unless it is the same step that is seen so now."""
    rows = Finding.objects.filter(indicator=row, series=found.name, day__lte=found.day)
    last = rows.filter(last_day__gte=found.day - step).order_by("-last_day").first()
    if last is None or last.verdict == found.verdict.value or last.day == found.day:
        return last
    return None


def _number(value: float) -> float:
    return 0.0 if value != value else value


def _tell(act: Act, row: Indicator, finding: Finding, *, begun: bool, latest: bool) -> None:
    body: dict[str, object] = {"indicator": str(row.id), "finding": str(finding.id), "series": finding.series}
    body |= {"day": finding.last_day.isoformat(), "count": finding.count, "verdict": finding.verdict}
    append(chain=DESK, kind="indicator.found", act=act, body=body | {"begun": begun, "latest": latest})
