"""The columns with which a baseline explains a series: level, trend, season, week and calendar."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from tocsin.engine.detect.shard import Floats, Shard, Step

HARMONICS = 2
WEEKDAYS = 7


@dataclass(frozen=True)
class Design:
    """`x` of shape (times, p), `pairs` the products of its columns (times, p p), `offset` the logarithm of
    the exposure (series, times). `groups` are the columns that stand or fall together."""

    x: Floats
    pairs: Floats
    offset: Floats
    groups: tuple[list[int], ...]

    @classmethod
    def of(cls, shard: Shard, year: float) -> "Design":
        """That of a shard; the trend runs from -1 to 0 at its end, a year has `year` days."""
        time = np.arange(shard.times) - (shard.times - 1.0)
        angle = 2.0 * np.pi * time * int(shard.step) / year
        blocks = [(time / max(shard.times, 1))[:, None]]
        blocks += [np.stack([np.sin(k * angle), np.cos(k * angle)], axis=1) for k in range(1, HARMONICS + 1)]
        if shard.step is Step.DAY:
            blocks.append(_weekdays(shard))
        blocks += [column[:, None] for column in shard.calendar.T]
        x = np.concatenate([np.ones((shard.times, 1)), *blocks], axis=1)
        return cls(x, _pairs(x), shard.offset(), _groups(blocks))

    def part(self, steps: slice) -> "Design":
        """The same for some of the times."""
        return Design(self.x[steps], self.pairs[steps], self.offset[:, steps], self.groups)


def _weekdays(shard: Shard) -> Floats:
    """Six columns: which day of the week it is, against the mean of all seven."""
    begin = shard.last - timedelta(days=shard.times - 1)
    day = (begin.weekday() + np.arange(shard.times)) % WEEKDAYS
    return np.eye(WEEKDAYS)[day][:, 1:] - np.eye(WEEKDAYS)[day][:, :1]


def _pairs(x: Floats) -> Floats:
    products: Floats = (x[:, :, None] * x[:, None, :]).reshape(len(x), -1)
    return products


def _groups(blocks: list[Floats]) -> tuple[list[int], ...]:
    groups, column = [], 1
    for block in blocks:
        groups.append(list(range(column, column + block.shape[1])))
        column += block.shape[1]
    return tuple(groups)
