"""What a detector says of each series at each tested time."""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.detect.shard import Floats


@dataclass(frozen=True)
class Scores:
    """Arrays of shape (series, tested times), in the order of the shard; NaN where it can't judge.

    `score` grows with the evidence and is comparable within one detector only. `p` is the chance of at
    least this count if nothing was going on, ties counted half (mid-p); NaN throughout where a detector
    has no probability model. `expected` is the count expected, `spread` the variance over the mean.
    """

    score: Floats
    p: Floats
    expected: Floats
    spread: Floats

    @classmethod
    def blank(cls, series: int, times: int) -> "Scores":
        """Nothing judged yet."""
        return cls(*(np.full((series, times), np.nan) for _ in range(4)))

    def put(self, at: int, *, score: Floats, p: Floats, expected: Floats, spread: Floats) -> None:
        """Fills in one tested time."""
        self.score[:, at], self.p[:, at] = score, p
        self.expected[:, at], self.spread[:, at] = expected, spread

    def arrays(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Score, p, expected and spread."""
        return self.score, self.p, self.expected, self.spread
