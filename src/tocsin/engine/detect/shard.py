"""Many count series side by side, as the detectors take them."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Step(Enum):
    """The length of a step of time.

    A step is named by its beginning on the clock of the place: a `date` for days and weeks, a naive local
    `datetime` (which is a date) for hours. The hour that a clock repeats is one step, that which it skips a
    step in which nothing can happen.
    """

    HOUR = timedelta(hours=1)
    DAY = timedelta(days=1)
    WEEK = timedelta(weeks=1)

    @property
    def span(self) -> timedelta:
        """How long it is."""
        return self.value

    @property
    def days(self) -> float:
        """The same in days."""
        return self.value / timedelta(days=1)

    def begins(self, at: date) -> bool:
        """Whether this can be the beginning of such a step: of hours a naive datetime, else a bare date."""
        if not isinstance(at, datetime):
            return self is not Step.HOUR
        return self is Step.HOUR and at.tzinfo is None


@dataclass(frozen=True)
class Shard:
    """Counts of shape (series, times), all ending at `last` (the beginning of the last step, see `Step`).
    Before `begins[s]` nothing is known of series s; from there on every step is known.

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
        """The logarithm of the exposure over that of the series' first known step, in the shape of the
        counts: only its changes matter, and a population of millions would leave no room for a rate."""
        if self.exposure is None or not self.times:
            return np.zeros(self.counts.shape)
        first = self.exposure[np.arange(len(self.names)), np.minimum(self.begins, self.times - 1)]
        relative: Floats = np.log(self.exposure / first[:, None])
        return relative

    def day(self, at: int) -> date:
        """The beginning of the step at an index: a datetime where steps are hours."""
        return self.last - self.step.span * (self.times - 1 - at)

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
