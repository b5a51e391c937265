"""Did something happen, or did the counting change? A jump that many places make in the same step.

    (1)  up:    P(Y_t >= y) < rare if the mean is growth x the largest of the last `recent` counts
    (2)  down:  P(Y_t <= y) < rare if the mean is the least of them / growth
    (3)  common: in one step at least two, and at least `share` of the busy series, jump the same way

What passes from person to person, or grows with the water, grows by a factor a step that nature bounds: 1.5
a day is above every known contagion. A single source can lift one place further at once, from little. That
many places which already count much leap on the same day is the work of a new definition, of a new
laboratory or of a backlog; that they all fall to nothing, of a report that did not come. Only busy series
are asked, so that a batch of bad food that makes cases in many quiet places at once stays what it is.

A lone jump is said, but stays an alarm: from one series alone a counting change and a disaster look the
same. Variance over mean is taken from successive differences of the last steps, within bounds.

Own construction. The growth bound: a reproduction number of 3 within five days is 1.25 a day.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from tocsin.engine.detect.shard import Counts, Floats, Shard, Step
from tocsin.engine.detect.tails import at_least

RARE = 1e-3
BUSY = 10.0
"""A series is busy if the mean of its last steps is at least this."""
SHARE = 0.25
RECENT = 3
WINDOW = 7
GROWTH = {Step.DAY: 1.5, Step.WEEK: 4.0}
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


def jumps(shard: Shard, at: int) -> Jumps:
    """The jumps of the step at index `at`; none where there are too few steps before it."""
    if at < WINDOW:
        return Jumps(np.zeros(len(shard.names), dtype=np.int64), Jump.NONE)
    past = shard.counts[:, at - WINDOW : at].astype(float)
    busy = (past.mean(1) >= BUSY) & (shard.begins <= at - WINDOW)
    each = np.where(busy, _leaps(past, shard.counts[:, at].astype(float), GROWTH[shard.step]), 0)
    return Jumps(each, _common(each, int(busy.sum())))


def _leaps(past: Floats, y: Floats, growth: float) -> Counts:
    difference = np.diff(past, axis=1)
    spread = np.clip((difference**2).mean(1) / 2.0 / np.maximum(past.mean(1), 1.0), 1.0, WIDEST)
    recent = past[:, -RECENT:]
    highest = np.maximum(recent.max(1), 1.0) * growth
    lowest = np.maximum(recent.min(1), 1.0) / growth
    up = at_least(y, highest, spread) < RARE
    down = 1.0 - at_least(y + 1.0, lowest, spread) < RARE
    leaps: Counts = up.astype(np.int64) - down.astype(np.int64)
    return leaps


def _common(each: Counts, busy: int) -> Jump:
    for way in (Jump.UP, Jump.DOWN):
        if int((each == way).sum()) >= max(2.0, SHARE * busy):
            return way
    return Jump.NONE
