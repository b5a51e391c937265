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

from dataclasses import dataclass

import numpy as np
from scipy import stats

from tocsin.engine.detect.shard import Counts, Floats

LEAST = 20
"""Reports that (1) must rest on."""


class TooFew(ValueError):
    """The past holds too few reports to tell how long they take."""

    def __init__(self, reports: int) -> None:
        super().__init__(f"{reports} reports are too few to learn the delay from: {LEAST} are needed")


@dataclass(frozen=True)
class Nowcast:
    """Of each step: what is seen, what it will have been (mean), and the bounds of that."""

    seen: Counts
    mean: Floats
    low: Floats
    high: Floats
    complete: Floats


def completeness(triangle: Counts) -> Floats:
    """Equation (1). `triangle` of shape (steps, delays): reports of a step that came d steps later. The last
    steps are not whole yet: of the newest only delay 0 can be known, and so on."""
    steps, delays = triangle.shape
    whole = triangle[: max(steps - delays + 1, 0)]
    total = int(whole.sum())
    if total < LEAST:
        raise TooFew(total)
    share: Floats = np.cumsum(whole.sum(0)) / total
    return share


def nowcast(triangle: Counts, coverage: float = 0.9) -> Nowcast:
    """Equations (2) and (3) for every step of the triangle; bounds hold `coverage` of the chance."""
    share = completeness(triangle)
    steps, delays = triangle.shape
    waited = np.minimum(steps - 1 - np.arange(steps), delays - 1)
    known = np.arange(delays)[None, :] <= waited[:, None]
    seen: Counts = np.where(known, triangle, 0).sum(1)
    complete = np.maximum(share[waited], 1e-3)
    tail = (1.0 - coverage) / 2.0
    low, high = (stats.nbinom.ppf(q, seen + 0.5, complete) for q in (tail, 1.0 - tail))
    mean = seen + (seen + 0.5) * (1.0 - complete) / complete
    return Nowcast(seen, mean, seen + low, seen + high, complete)
