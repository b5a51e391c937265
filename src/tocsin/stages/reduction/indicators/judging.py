"""What the engine says of an indicator's series. Pure: points in, findings out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from tocsin.engine.detect.budget import Budget, least_seen
from tocsin.engine.detect.findings import Finding, Verdict, Watch, watch
from tocsin.engine.detect.series import Point, Reason, Unjudged, gather
from tocsin.engine.detect.shard import Shard, Step
from tocsin.engine.detect.zones import beside
from tocsin.stages.reduction.indicators.calendar import columns

SHOWN = 60
"""Steps of a chart."""
TOGETHER = ""
"""The series of all others together, if there are any: noise in each may be plain in the sum."""
LASTING = 3
LED_IN = 13
"""Steps judged before the first that is asked for, so that evidence has a beginning."""


@dataclass(frozen=True)
class Judged:
    """An indicator as it was judged: the watch, who could not be judged, and the steps a week."""

    watch: Watch
    left: list[Unjudged]
    weekly: float

    def findings(self, after: date | None) -> list[Finding]:
        """Alarms and breaks of the steps after a day, the oldest first. What is plain in one series isn't
        said again of all together."""
        shard = self.watch.shard
        found = [
            self.watch.finding(row, at)
            for at in range(self.watch.first, shard.times)
            if after is None or shard.day(at) > after
            for row in range(len(shard.names))
        ]
        said = [one for one in found if one.verdict in (Verdict.ALARM, Verdict.BREAK)]
        plain = {one.day for one in said if one.name not in self.watch.sums}
        return [one for one in said if one.name not in self.watch.sums or one.day not in plain]

    def every(self, p: float) -> float:
        """In how many weeks chance alone gives such evidence once, over all series."""
        return 1.0 / max(p * self.weekly * max(len(self.watch.shard.names), 1), 1e-9)


@dataclass(frozen=True)
class Sight:
    """What a series lets one see within the budget: the least excess in one step, or each of `LASTING`."""

    once: float
    lasting: float


def sights(judged: Judged, rows: Sequence[int]) -> dict[int, Sight]:
    """For series (places in the shard) that have a forecast of the last step."""
    scores = judged.watch.scores
    if not judged.watch.shard.times:
        return {}
    known = [row for row in rows if np.isfinite(scores.expected[row, -1])]
    mean, spread = scores.expected[known, -1], scores.spread[known, -1]
    once, lasting = (least_seen(mean, spread, judged.watch.alpha, steps) for steps in (1, LASTING))
    return {row: Sight(float(once[at]), float(lasting[at])) for at, row in enumerate(known)}


def judge(
    series: Mapping[str, Iterable[Point]],
    *,
    step: Step,
    until: date,
    alarms: float,
    since: date | None,
    country: str = "",
) -> Judged:
    """Judges the steps from `since` (all of a chart if None) to `until`. `alarms` a week."""
    shard, left = gather(series, step, until)
    shard = _with_all_together(replace(shard, columns=columns(country, shard)))
    weekly = 7.0 / int(step)
    alpha = Budget(alarms / weekly, len(shard.names)).alpha()
    asked = SHOWN if since is None else (until - since) // timedelta(days=int(step)) + LED_IN
    first = max(shard.times - max(asked, 1), 0)
    sums = frozenset({TOGETHER}) if len(shard.names) > 1 else frozenset[str]()
    found = watch(shard, first, alpha, sums=sums)
    return Judged(found, left + _too_young(found), weekly)


def _with_all_together(shard: Shard) -> Shard:
    """What is noise in each may be plain in the sum of those that can be judged."""
    if len(shard.names) < 2 or TOGETHER in shard.names:
        return shard
    return beside(shard, {TOGETHER: shard.names})


def _too_young(found: Watch) -> list[Unjudged]:
    """Series with counts enough to be looked at and too few for a forecast."""
    names = zip(found.shard.names, found.scores.p, strict=True)
    return [Unjudged(name, Reason.SHORT) for name, p in names if not np.isfinite(p[-1:]).any()]
