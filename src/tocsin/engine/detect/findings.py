"""What is to be said of each series at each step, for people: the count, what was expected, and why it
matters.

A finding is an alarm if the calibrated chance of its score is at most alpha (`budget`), a break if the busy
series of its shard jumped together (`breaks`), else calm. A break outranks an alarm: it is said aloud, as a
question about the counting. Zones (`zones`) are judged beside the series that they are made of.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import numpy as np
from scipy import stats

from tocsin.engine.detect.breaks import Jump, Jumps, jumps
from tocsin.engine.detect.ratios import NEAR_POISSON
from tocsin.engine.detect.scores import Scores
from tocsin.engine.detect.sequential import Sequential
from tocsin.engine.detect.shard import Floats, Shard
from tocsin.engine.detect.sharding import Detector, in_parts

COVERAGE = 0.95
"""Of the band."""
UNREMARKABLE = 0.2
"""A step with more than this chance is no part of the evidence."""


class Verdict(StrEnum):
    """What a series shows in a step."""

    CALM = "calm"
    ALARM = "alarm"
    BREAK = "break"
    UNJUDGED = "unjudged"
    """Its history is too short to say."""


class Why(StrEnum):
    """A reason of a verdict."""

    ABOVE = "above"
    """The count of this step alone lies above the band."""
    SUSTAINED = "sustained"
    """Several steps together say it; evidence began before this step."""
    COMMON_JUMP = "common_jump"
    """Many busy series rose beyond any growth in the same step: the counting has probably changed."""
    COMMON_FALL = "common_fall"
    """Many busy series fell away in the same step: a report has probably not come."""
    LONE_JUMP = "lone_jump"
    """It alone rose beyond any growth: an event from a single source, or a change in its counting."""


@dataclass(frozen=True)
class Finding:
    """One series in one step. `low` … `high` hold 95 % of the counts when nothing is going on; `since` is the
    first day of the evidence; `p` the chance of such a score when nothing is going on."""

    name: str
    day: date
    count: int
    expected: float
    low: float
    high: float
    score: float
    p: float
    since: date
    verdict: Verdict
    reasons: tuple[Why, ...]


@dataclass(frozen=True)
class Watch:
    """A shard judged from index `first` on: what is needed for findings and for their charts."""

    shard: Shard
    first: int
    alpha: float
    scores: Scores
    low: Floats
    high: Floats
    sums: frozenset[str] = frozenset()
    """Series that are sums of others."""
    _jumped: dict[int, Jumps] = field(default_factory=dict)

    def finding(self, row: int, at: int) -> Finding:
        """Of a series (index) and a step (index in the shard, from `first` on)."""
        place = (row, at - self.first)
        count = int(self.shard.counts[row, at])
        since = self._since(row, at)
        verdict, reasons = self._verdict(row, at, since)
        expected, low, high = (float(a[place]) for a in (self.scores.expected, self.low, self.high))
        score, p = float(self.scores.score[place]), float(self.scores.p[place])
        day, begun = self.shard.day(at), self.shard.day(since)
        return Finding(
            self.shard.names[row], day, count, expected, low, high, score, p, begun, verdict, reasons
        )

    def latest(self) -> list[Finding]:
        """Of every series, the last step."""
        return [self.finding(row, self.shard.times - 1) for row in range(len(self.shard.names))]

    def _verdict(self, row: int, at: int, since: int) -> tuple[Verdict, tuple[Why, ...]]:
        jumped = self._jumps(at)
        leapt = jumped.each[row] == jumped.common or self.shard.names[row] in self.sums
        if jumped.common is not Jump.NONE and leapt:
            up = jumped.common is Jump.UP
            return Verdict.BREAK, (Why.COMMON_JUMP if up else Why.COMMON_FALL,)
        p = self.scores.p[row, at - self.first]
        if np.isnan(p):
            return Verdict.UNJUDGED, ()
        if p > self.alpha:
            return Verdict.CALM, ()
        return Verdict.ALARM, self._reasons(row, at, since, lone=jumped.each[row] == Jump.UP)

    def _jumps(self, at: int) -> Jumps:
        if at not in self._jumped:
            self._jumped[at] = jumps(self.shard, at, self.sums)
        return self._jumped[at]

    def _reasons(self, row: int, at: int, since: int, *, lone: bool) -> tuple[Why, ...]:
        above = self.shard.counts[row, at] > self.high[row, at - self.first]
        said = ((Why.ABOVE, above), (Why.SUSTAINED, since < at), (Why.LONE_JUMP, lone))
        return tuple(why for why, holds in said if holds) or (Why.SUSTAINED,)

    def _since(self, row: int, at: int) -> int:
        """Evidence began after the last step that was unremarkable."""
        p = self.scores.p[row, : at - self.first]
        quiet = np.flatnonzero(np.isnan(p) | (p > UNREMARKABLE))
        return self.first + (int(quiet[-1]) + 1 if len(quiet) else 0)


def watch(
    shard: Shard,
    first: int,
    alpha: float,
    detector: Detector | None = None,
    sums: frozenset[str] = frozenset(),
) -> Watch:
    """Judges every series of a shard in every step from index `first` on; `alpha` from a `budget`, `sums` are
    names of series that are sums of others (`zones`)."""
    scores = in_parts(detector or Sequential(), shard, first)
    low, high = band(scores.expected, scores.spread)
    return Watch(shard, first, alpha, scores, low, high, sums)


def band(expected: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """Counts that hold 95 % of the chance when nothing is going on; NaN where nothing was expected."""
    over = np.maximum(spread, NEAR_POISSON)
    tail = (1.0 - COVERAGE) / 2.0
    low, high = (stats.nbinom.ppf(q, expected / (over - 1.0), 1.0 / over) for q in (tail, 1.0 - tail))
    return low, high
