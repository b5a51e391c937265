"""Did something happen, or did the counting change? A jump that many places make in the same step.

    (1)  up:    p = P(Y_t >= y) if the mean is growth x the largest of the last `recent` counts
    (2)  down:  p = P(Y_t <= y) if the mean is the least of them / fall
    (3)  common: at least two busy series have p < rare, and all of them together
                 -2 sum ln max(p, least) exceeds a quantile of chi-squared, two degrees a series (Fisher)

What passes from person to person, or grows with the water, grows by a factor a step that nature bounds: 1.5
a day is above every known contagion. A single source can lift one place further at once, from little. That
many places which already count much leap on the same day is the work of a new definition, of a new
laboratory or of a backlog; that they all fall to nothing, of a report that did not come. Only busy series
are asked, so that a batch of bad food that makes cases in many quiet places at once stays what it is.

Hours are compared with the same hour of the last seven days, since from night to morning everything grows;
and their bound is wide, because a storm or a blackout does lift the calls of all districts within the hour,
and must stay an alarm. What is left above it is a day's backlog put into one hour.

Counts before are taken in proportion to their exposure: what is half in by now has not fallen.

A lone jump is said, but stays an alarm: from one series alone a counting change and a disaster look the
same. Variance over mean is taken from successive differences of the last steps, within bounds.

Own construction. The growth bound: a reproduction number of 3 within five days is 1.25 a day.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from scipy import stats

from tocsin.engine.detect.shard import Counts, Floats, Shard, Step
from tocsin.engine.detect.tails import at_least

RARE = 0.05
LEAST = 1e-4
"""One series alone counts for no more than this, however far it leapt."""
TOGETHER = 0.01
BUSY = 10.0
"""A series is busy if the mean of its last steps is at least this."""
WINDOW = 7
"""Steps of the same kind that are looked back at."""
APART = {Step.WEEK: 1, Step.DAY: 1, Step.HOUR: 24}
"""How many steps apart they lie."""
RECENT = {Step.WEEK: 3, Step.DAY: 3, Step.HOUR: WINDOW}
GROWTH = {Step.WEEK: 4.0, Step.DAY: 1.5, Step.HOUR: 8.0}
FALL = {Step.WEEK: 4.0, Step.DAY: 1.5, Step.HOUR: 2.0}
"""An hour of a great holiday may be half as busy as the quietest of the week before."""
WIDEST = 10.0


class Jump(IntEnum):
    """Which way a series leapt."""

    DOWN = -1
    NONE = 0
    UP = 1


@dataclass(frozen=True)
class Jumps:
    """Of one step: for each series a `Jump`, and whether the busy ones made it together."""

    each: Counts
    common: Jump


def jumps(shard: Shard, at: int, sums: Collection[str] = ()) -> Jumps:
    """The jumps of the step at index `at`; none where there are too few steps before it. Series that are
    `sums` of others are left out: they leap whenever one of theirs does."""
    none = np.zeros(len(shard.names), dtype=np.int64)
    begin = at - WINDOW * APART[shard.step]
    if begin < 0:
        return Jumps(none, Jump.NONE)
    past = _past(shard, begin, at)
    single = np.array([name not in sums for name in shard.names], dtype=np.bool_)
    busy = single & (past.mean(1) >= BUSY) & (shard.begins <= begin)
    up, down = _tails(past, shard.counts[:, at].astype(float), shard.step)
    rose, fell = busy & (up < RARE), busy & (down < RARE)
    each: Counts = none + rose - fell
    if _common(up[busy], int(rose.sum())):
        return Jumps(each, Jump.UP)
    return Jumps(each, Jump.DOWN if _common(down[busy], int(fell.sum())) else Jump.NONE)


def _past(shard: Shard, begin: int, at: int) -> Floats:
    """The counts that the one at `at` is compared with, under its exposure: (series, window)."""
    before = slice(begin, at, APART[shard.step])
    past: Floats = shard.counts[:, before].astype(float)
    return past if shard.exposure is None else past * shard.exposure[:, [at]] / shard.exposure[:, before]


def _tails(past: Floats, y: Floats, step: Step) -> tuple[Floats, Floats]:
    """Equations (1) and (2)."""
    difference = np.diff(past, axis=1)
    spread = np.clip((difference**2).mean(1) / 2.0 / np.maximum(past.mean(1), 1.0), 1.0, WIDEST)
    recent = past[:, -RECENT[step] :]
    highest = np.maximum(recent.max(1), 1.0) * GROWTH[step]
    lowest = np.maximum(recent.min(1), 1.0) / FALL[step]
    return at_least(y, highest, spread), 1.0 - at_least(y + 1.0, lowest, spread)


def _common(p: Floats, jumped: int) -> bool:
    """Equation (3)."""
    evidence = -2.0 * np.log(np.maximum(p, LEAST)).sum()
    return jumped >= 2 and bool(stats.chi2.sf(evidence, 2 * len(p)) < TOGETHER)
