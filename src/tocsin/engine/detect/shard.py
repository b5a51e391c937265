"""Many count series side by side, as the detectors take them."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Step(IntEnum):
    """The length of a step of time, in days."""

    DAY = 1
    WEEK = 7


@dataclass(frozen=True)
class Shard:
    """Counts of shape (series, times), all ending at `last` (the first day of the last step). Before
    `begins[s]` nothing is known of series s; from there on every step is known."""

    names: tuple[str, ...]
    counts: Counts
    begins: Counts
    step: Step
    last: date

    @property
    def times(self) -> int:
        """How many steps the longest series has."""
        return int(self.counts.shape[1])

    def known(self) -> npt.NDArray[np.bool_]:
        """Which cells are known, in the shape of the counts."""
        known: npt.NDArray[np.bool_] = np.arange(self.times)[None, :] >= self.begins[:, None]
        return known
