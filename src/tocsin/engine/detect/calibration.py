"""What a score of `sequential` means: the chance of at least as much when nothing is going on.

The distribution of the score under the null depends on the mean and on the variance of the count (rare
counts come in few values, so their scores do too) and has no closed form. `calibration_table` holds its
upper quantiles on a grid of both, from a simulation of the chain in which the mean and the variance are
known no better than six years of weeks tell them. `bench/detect/calibrate.py` makes the table anew, seeded;
it must be made anew whenever the chain or the courses change. Between the points of the grid and between
quantiles it is interpolated: linearly in the logarithms of mean and spread, and log p linearly in the
score. Beyond the last quantile log p goes on with the score, with slope -1: odds of that size are
themselves the chance of error.
"""

import numpy as np

from tocsin.engine.detect.calibration_table import LOG_MEANS, LOG_SPREADS, QUANTILES, TAILS
from tocsin.engine.detect.shard import Counts, Floats

_LOG_TAILS = np.log(np.array(TAILS))
_QUANTILES = np.array(QUANTILES)


def p_value(score: Floats, mean: Floats, spread: Floats) -> Floats:
    """P(score or more | nothing is going on), shape (series,); NaN where the score is."""
    judged = ~np.isnan(score)
    quantiles = _at(np.where(judged, mean, 1.0), np.where(judged, spread, 1.0))
    p: Floats = np.exp(_log_tail(np.where(judged, score, 0.0), quantiles))
    return np.where(judged, p, np.nan)


def _at(mean: Floats, spread: Floats) -> Floats:
    """The quantiles at these means and spreads: shape (series, tails)."""
    row, down = _place(np.log(mean), np.array(LOG_MEANS))
    column, across = _place(np.log(np.maximum(spread, 1.0)), np.array(LOG_SPREADS))
    upper = _between(_QUANTILES[row, column], _QUANTILES[row, column + 1], across)
    lower = _between(_QUANTILES[row + 1, column], _QUANTILES[row + 1, column + 1], across)
    return _between(upper, lower, down)


def _place(value: Floats, grid: Floats) -> tuple[Counts, Floats]:
    """The grid's point below, and how far on to the next (0 … 1); values outside are taken to its edge."""
    inside = np.clip(value, grid[0], grid[-1])
    below = np.clip(np.searchsorted(grid, inside, side="right") - 1, 0, len(grid) - 2).astype(np.int64)
    return below, (inside - grid[below]) / (grid[below + 1] - grid[below])


def _between(one: Floats, other: Floats, share: Floats) -> Floats:
    mixed: Floats = one + share[:, None] * (other - one)
    return mixed


def _log_tail(score: Floats, quantiles: Floats) -> Floats:
    """log p; quantiles grow along their second axis as the tails fall."""
    last = quantiles.shape[1] - 1
    above = np.sum(score[:, None] >= quantiles, axis=1) - 1
    at = np.clip(above, 0, last - 1)
    rows = np.arange(len(score))
    low, high = quantiles[rows, at], quantiles[rows, at + 1]
    share = np.clip((score - low) / np.maximum(high - low, 1e-9), 0.0, 1.0)
    within = _LOG_TAILS[at] + share * (_LOG_TAILS[at + 1] - _LOG_TAILS[at])
    beyond = _LOG_TAILS[last] - (score - quantiles[:, last])
    tail: Floats = np.where(above < 0, 0.0, np.where(above >= last, beyond, within))
    return tail
