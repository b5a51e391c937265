"""How many will it have been? Counts of the last steps, of which some reports are still on their way.

    (1)  c_d = sum over steps old enough of reports within d steps / sum of reports within D steps
    (2)  final count of a step seen d steps later:  seen / c_d
    (3)  given seen = y:  unseen ~ NB(y + 1/2 failures, success c_d), mean (y + 1/2)(1 - c_d)/c_d

c_d is the completeness after d steps; (3) is the posterior of what is unseen under Jeffreys' prior for the
mean, reports being thinned by c_d. A step's completeness is also its exposure: a detector that is given c_d
as exposure compares what is seen with what should be seen by now, and needn't wait.

The triangle and (1) are the chain ladder; Lawless, Adjustments for reporting delays and the prediction of
occurred but not reported events, Canadian Journal of Statistics 22 (1994) 15-31.

Valid for: delays that stay as they were. Not valid for: a backlog that a holiday or a flood has just made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from tocsin.engine.detect.shard import Counts, Floats

LEAST = 20
"""Reports that (1) must rest on."""
WHOLE = 0.98
"""A step of which so much is in is whole."""
SEEN = 1e-3
"""The least completeness: of a step of which nothing is ever in by now, nothing can be said."""


class TooFew(ValueError):
    """The past holds too few reports to tell how long they take."""

    def __init__(self, reports: int) -> None:
        super().__init__(f"{reports} reports are too few to learn the delay from: {LEAST} are needed")


@dataclass(frozen=True)
class Nowcast:
    """What steps will have been: mean, and the bounds of that; in the shape of the counts seen."""

    mean: Floats
    low: Floats
    high: Floats


def triangle(reports: Iterable[tuple[int, int]], steps: int, delays: int) -> Counts:
    """Reports (step, steps that they took) as counts of shape (steps, delays). One that took longer than the
    triangle is wide, or belongs to none of its steps, teaches nothing; one dated ahead took no time."""
    counted: Counts = np.zeros((steps, delays), dtype=np.int64)
    for step, took in reports:
        if 0 <= step < steps and took < delays:
            counted[step, max(took, 0)] += 1
    return counted


def completeness(triangle: Counts) -> Floats:
    """Equation (1). `triangle` of shape (steps, delays): reports of a step that came d steps later. The last
    steps are not whole yet: of the newest only delay 0 can be known, and so on. Raises `TooFew`."""
    steps, delays = triangle.shape
    whole = triangle[: max(steps - delays + 1, 0)]
    total = int(whole.sum())
    if total < LEAST:
        raise TooFew(total)
    share: Floats = np.cumsum(whole.sum(0)) / total
    return share


def unfinished(shares: Sequence[float]) -> list[float]:
    """The completeness of the steps that are not whole yet, the newest first."""
    return [max(share, SEEN) for share in shares if share < WHOLE]


def by_step(shares: Sequence[float], steps: int) -> Floats:
    """The completeness of each of so many steps, the newest last; whole before those of which shares (the
    newest first) are given."""
    complete = np.ones(steps)
    known = min(len(shares), steps)
    complete[steps - known :] = np.asarray(shares[:known])[::-1]
    return complete


def filled_up(seen: Counts, complete: Floats, coverage: float = 0.9) -> Nowcast:
    """Equations (2) and (3) for counts seen and the completeness of their steps; shapes broadcast. Bounds
    hold `coverage` of the chance."""
    tail = (1.0 - coverage) / 2.0
    low, high = (stats.nbinom.ppf(q, seen + 0.5, complete) for q in (tail, 1.0 - tail))
    mean = seen + (seen + 0.5) * (1.0 - complete) / complete
    return Nowcast(mean, seen + low, seen + high)
