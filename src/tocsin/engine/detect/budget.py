"""A false-alarm budget: how many alerts a step one is ready to look at in calm times, and what can then be
seen.

    (1)  alpha: alerts have a rate of  alerts allowed a step / series judged                       (`alerts`)
    (2)  a sudden excess is seen if a calm series with one such count reaches alpha; the least such count
    (3)  a lasting one likewise, with the same excess in each of `steps` steps

p is calibrated for each series, so the expected number of false alerts is their rate times the number of
series, whatever they are. (2) and (3) are solved by bisection on the chain of `sequential` after calm steps;
the score grows with the count.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tocsin.engine.detect.alerts import alpha_for
from tocsin.engine.detect.baseline import Forecast
from tocsin.engine.detect.calibration import p_value
from tocsin.engine.detect.courses import Courses
from tocsin.engine.detect.sequential import WARM, Chain
from tocsin.engine.detect.shard import Flags, Floats


@dataclass(frozen=True)
class Budget:
    """`alarms`: false alerts a step that are borne, over `series` judged ones."""

    alarms: float
    series: int

    def alpha(self) -> float:
        """Equation (1): an alarm is a chance of at most this; at most one half."""
        return alpha_for(self.alarms / max(self.series, 1))


def least_seen(mean: Floats, spread: Floats, alpha: float, steps: int = 1) -> Floats:
    """The least excess a step, in counts above the mean, that is an alarm after `steps` steps of it: (2),
    (3). Shape of `mean`."""
    low, high = np.zeros_like(mean), np.full_like(mean, 1.0)
    seen = _seeing(mean, spread, alpha, steps)
    while not seen(high).all():
        high = np.where(seen(high), high, 2.0 * high + 1.0)
    for _ in range(30):
        middle = 0.5 * (low + high)
        caught = seen(middle)
        low, high = np.where(caught, low, middle), np.where(caught, middle, high)
    return high


def _seeing(mean: Floats, spread: Floats, alpha: float, steps: int) -> Callable[[Floats], Flags]:
    forecast = Forecast(0, mean, spread, np.zeros_like(mean))

    def seen(excess: Floats) -> Flags:
        chain, p = Chain(len(mean), Courses()), np.ones_like(mean)
        for step in range(WARM + steps):
            m, width = chain.expected(forecast)
            y = mean + excess * float(step >= WARM)
            p = p_value(chain.see(y, m, width, forecast), m, width)
        caught: Flags = p <= alpha
        return caught

    return seen
