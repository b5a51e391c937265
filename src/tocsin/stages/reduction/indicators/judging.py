"""What the engine says of an indicator's series. Pure: points in, findings out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from tocsin.engine.detect.budget import Budget, least_seen
from tocsin.engine.detect.findings import Finding, Verdict, Watch, watch
from tocsin.engine.detect.nowcast import by_step
from tocsin.engine.detect.series import Point, Reason, Unjudged, gather
from tocsin.engine.detect.shard import Floats, Shard, Step
from tocsin.engine.detect.zones import beside
from tocsin.stages.reduction.indicators.calendar import columns
from tocsin.stages.reduction.indicators.zoning import TOGETHER, Zones, around, told

SHOWN = {Step.HOUR: 7 * 24, Step.DAY: 60, Step.WEEK: 60}
"""Steps of a chart."""
LASTING = 3
LED_IN = 13
"""Steps judged before the first that is asked for, so that evidence has a beginning."""
DAYS_A_WEEK = 7.0
REMARKABLE = (Verdict.ALARM, Verdict.BREAK)


@dataclass(frozen=True)
class Judged:
    """An indicator as it was judged: the watch, who could not be judged, and the steps a week. `zones` are
    the series that are sums of others, `shares` how much of the last steps is in, the newest first."""

    watch: Watch
    left: list[Unjudged]
    weekly: float
    zones: Zones = field(default_factory=dict)
    shares: Sequence[float] = ()

    def findings(self, after: date | None) -> list[Finding]:
        """Alarms and breaks of the steps after one, oldest first; of zones what isn't plain inside them."""
        shard = self.watch.shard
        asked = (at for at in range(self.watch.first, shard.times) if after is None or shard.day(at) > after)
        return [finding for at in asked for finding in told(self._remarkable(at), self.zones)]

    def complete(self) -> Floats:
        """How much of each step of the shard is in."""
        return by_step(self.shares, self.watch.shard.times)

    def every(self, p: float) -> float:
        """In how many weeks chance alone gives such evidence once, over all series."""
        return 1.0 / max(p * self.weekly * max(len(self.watch.shard.names), 1), 1e-9)

    def _remarkable(self, at: int) -> Iterable[Finding]:
        found = (self.watch.finding(row, at) for row in range(len(self.watch.shard.names)))
        return (one for one in found if one.verdict in REMARKABLE)


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


@dataclass(frozen=True)
class Beside:
    """What is looked at beside the series: places by their neighbours, and zones that somebody named."""

    neighbours: Mapping[str, Collection[str]] = field(default_factory=dict)
    zones: Mapping[str, Sequence[str]] = field(default_factory=dict)


def judge(
    series: Mapping[str, Iterable[Point]],
    *,
    step: Step,
    until: date,
    alarms: float,
    since: date | None,
    country: str = "",
    also: Beside = Beside(),
    shares: Sequence[float] = (),
) -> Judged:
    """Judges the steps from `since` (all of a chart if None) to `until`. `alarms` a week; `shares`: how much
    of the last steps is in by the end of `until`, the newest first."""
    single, left = gather(series, step, until)
    zones = _zones(single.names, also)
    shard = beside(single, {name: inner for name, inner in zones.items() if name not in single.names})
    shard = _reported(replace(shard, columns=columns(country, shard)), shares)
    weekly = DAYS_A_WEEK / step.days
    alpha = Budget(alarms / weekly, len(shard.names)).alpha()
    asked = SHOWN[step] if since is None else (until - since) // step.span + LED_IN
    found = watch(shard, max(shard.times - max(asked, 1), 0), alpha, sums=frozenset(zones))
    return Judged(found, left + _too_young(found), weekly, zones, tuple(shares))


def _zones(names: Sequence[str], also: Beside) -> dict[str, list[str]]:
    """Zones of the series that can be judged: the named ones, neighbours, and all of them together."""
    own = [name for name in names if name != TOGETHER]
    named = {zone: [name for name in inner if name in own] for zone, inner in also.zones.items()}
    zones = {zone: inner for zone, inner in named.items() if inner and zone not in names}
    zones |= around(own, also.neighbours)
    return zones | ({TOGETHER: own} if len(names) > 1 else {})


def _reported(shard: Shard, shares: Sequence[float]) -> Shard:
    """The last steps stand in proportion to what of them is in."""
    if not shares:
        return shard
    exposure = np.ones(shard.counts.shape) if shard.exposure is None else shard.exposure
    return replace(shard, exposure=exposure * by_step(shares, shard.times))


def _too_young(found: Watch) -> list[Unjudged]:
    """Series with counts enough to be looked at and too few for a forecast."""
    names = zip(found.shard.names, found.scores.p, strict=True)
    return [Unjudged(name, Reason.SHORT) for name, p in names if not np.isfinite(p[-1:]).any()]
