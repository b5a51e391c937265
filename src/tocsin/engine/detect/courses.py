"""How an outbreak may run, when nobody knows: a chain over its size, from start to end.

Its size in a step is what it adds to the mean, in standard deviations of the count. It starts at any size
over half a deviation, small ones more often; from one step to the next it may fade to any lower size or
grow within bounds, and it may end, a small one sooner than a large one. None of this is taken from a
benchmark: a spike, a slow rise, a plateau and a long tail all have their path through the chain.
"""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.detect.shard import Floats

SIZES = np.array([0.02, 0.1, 0.3, 0.6, 1.0, 1.5, 2.2, 3.3, 5.0, 7.5, 11.0])
"""Standard deviations. The lowest are outbreaks that go on almost unseen."""


@dataclass(frozen=True)
class Courses:
    """`rate` of starts a step; `usual` size at the start; `fade` and `grow`: by which factor (in logarithm) a
    size commonly changes; `end_small`, `end_large`: the chance to end in a step."""

    rate: float = 0.03
    smallest: float = 0.5
    usual: float = 1.5
    fade: float = 8.0
    grow: float = 0.3
    end_small: float = 0.5
    end_large: float = 0.15

    def starts(self) -> Floats:
        """The chance that one starts at each size."""
        weight = np.where(self.smallest <= SIZES, np.exp(-SIZES / self.usual), 0.0)
        chances: Floats = self.rate * weight / weight.sum()
        return chances

    def ends(self) -> Floats:
        """The chance that one ends, at each size."""
        log = np.log(SIZES)
        height = (log - log[0]) / (log[-1] - log[0])
        chances: Floats = self.end_small + (self.end_large - self.end_small) * height
        return chances

    def moves(self) -> Floats:
        """The chance to go from one size (row) to another (column) and not to end."""
        change = np.log(SIZES)[None, :] - np.log(SIZES)[:, None]
        weight = np.exp(np.where(change <= 0, change / self.fade, -change / self.grow))
        chances: Floats = weight / weight.sum(1, keepdims=True) * (1.0 - self.ends())[:, None]
        return chances
