"""Many count series side by side, as the detectors take them."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Step(IntEnum):
    """The length of a step of time, in days."""

    DAY = 1
    WEEK = 7


@dataclass(frozen=True)
class Shard:
    """Counts of shape (series, times), all ending at `last` (the first day of the last step). Before
    `begins[s]` nothing is known of series s; from there on every step is known.

    `exposure` (same shape, > 0) is what a count is in proportion to: people, calls, open clinics. `columns`
    (times, k) is what the calendar does to every series: holidays, working weekends.
    """

    names: tuple[str, ...]
    counts: Counts
    begins: Counts
    step: Step
    last: date
    exposure: Floats | None = None
    columns: Floats | None = None

    @property
    def times(self) -> int:
        """How many steps the longest series has."""
        return int(self.counts.shape[1])

    def known(self) -> Flags:
        """Which cells are known, in the shape of the counts."""
        known: Flags = np.arange(self.times)[None, :] >= self.begins[:, None]
        return known

    @property
    def calendar(self) -> Floats:
        """The columns of the calendar, none if none were given."""
        return np.zeros((self.times, 0)) if self.columns is None else self.columns

    def offset(self) -> Floats:
        """The logarithm of the exposure, in the shape of the counts."""
        return np.zeros(self.counts.shape) if self.exposure is None else np.log(self.exposure)

    def day(self, at: int) -> date:
        """The first day of the step at an index."""
        return self.last - timedelta(days=int(self.step) * (self.times - 1 - at))

    def rows(self, rows: slice) -> "Shard":
        """Some of the series."""
        exposure = None if self.exposure is None else self.exposure[rows]
        return replace(
            self,
            names=self.names[rows],
            counts=self.counts[rows],
            begins=self.begins[rows],
            exposure=exposure,
        )
