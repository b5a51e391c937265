"""The columns with which a baseline explains a series: level, trend, season, week, time of day and calendar.

Weeks and days have a season of the year; days and hours a day of the week; hours a time of day, as harmonics
of it, and another one at weekends. Hours have no season: the two months that they are judged by
(`baseline.LONGEST`) do not tell one from a trend.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from tocsin.engine.detect.shard import Counts, Floats, Shard, Step

HARMONICS = 2
"""Of the year."""
OF_THE_DAY = 4
"""Harmonics of the time of day: the shortest wave has six hours, a morning's rush."""
AT_WEEKENDS = 2
"""Those in which weekends differ."""
WEEKDAYS = 7
SATURDAY = 5
HOURS = 24


@dataclass(frozen=True)
class Design:
    """`x` of shape (times, p); `pairs` the products of two of its columns, each once, of shape (times,
    p (p + 1) / 2), and `square` which of them stands at each place of a matrix (p, p); `offset` the logarithm
    of the exposure (series, times). `groups` are the columns that stand or fall together."""

    x: Floats
    pairs: Floats
    square: Counts
    offset: Floats
    groups: tuple[list[int], ...]

    @classmethod
    def of(cls, shard: Shard, year: float) -> "Design":
        """That of a shard; the trend runs from -1 to 0 at its end, a year has `year` days."""
        time = np.arange(shard.times) - (shard.times - 1.0)
        blocks = [(time / max(shard.times, 1))[:, None]]
        if shard.step is not Step.HOUR:
            blocks += _waves(2.0 * np.pi * time * shard.step.days / year, HARMONICS)
        if shard.step is not Step.WEEK:
            blocks.append(_weekdays(shard))
        if shard.step is Step.HOUR:
            blocks += _times_of_day(shard)
        blocks += [column[:, None] for column in shard.calendar.T]
        x = np.concatenate([np.ones((shard.times, 1)), *blocks], axis=1)
        return cls(x, _pairs(x), _square(x.shape[1]), shard.offset(), _groups(blocks))

    def part(self, steps: slice) -> "Design":
        """The same for some of the times."""
        return Design(self.x[steps], self.pairs[steps], self.square, self.offset[:, steps], self.groups)


def _waves(angle: npt.NDArray[np.floating], harmonics: int) -> list[Floats]:
    return [np.stack([np.sin(k * angle), np.cos(k * angle)], axis=1) for k in range(1, harmonics + 1)]


def _weekdays(shard: Shard) -> Floats:
    """Six columns: which day of the week it is, against the mean of all seven."""
    day = _day_of_week(shard)
    return np.eye(WEEKDAYS)[day][:, 1:] - np.eye(WEEKDAYS)[day][:, :1]


def _times_of_day(shard: Shard) -> list[Floats]:
    """The harmonics of the time of day, and for weekends some of them once more."""
    angle = 2.0 * np.pi * _since_midnight(shard) / HOURS
    weekend = (_day_of_week(shard) >= SATURDAY).astype(float)
    apart = np.concatenate(_waves(angle, AT_WEEKENDS), axis=1) * weekend[:, None]
    return [*_waves(angle, OF_THE_DAY), apart]


def _day_of_week(shard: Shard) -> Counts:
    """0 (Monday) … 6 at each step."""
    since = _since_midnight(shard)
    days = since // HOURS if shard.step is Step.HOUR else since
    day: Counts = (shard.last.weekday() + days) % WEEKDAYS
    return day


def _since_midnight(shard: Shard) -> Counts:
    """Steps since the midnight before the last step; below zero on the days before."""
    last = shard.last.hour if isinstance(shard.last, datetime) else 0
    return last - np.arange(shard.times)[::-1]


def _pairs(x: Floats) -> Floats:
    one, other = np.triu_indices(x.shape[1])
    products: Floats = x[:, one] * x[:, other]
    return products


def _square(columns: int) -> Counts:
    """Where each product of two columns stands among those of `_pairs`: shape (columns, columns)."""
    one, other = np.triu_indices(columns)
    square: Counts = np.zeros((columns, columns), dtype=np.int64)
    square[one, other] = square[other, one] = np.arange(len(one))
    return square


def _groups(blocks: list[Floats]) -> tuple[list[int], ...]:
    groups, column = [], 1
    for block in blocks:
        groups.append(list(range(column, column + block.shape[1])))
        column += block.shape[1]
    return tuple(groups)
