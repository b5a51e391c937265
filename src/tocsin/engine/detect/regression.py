"""Is this week's count more than trend and season explain? A log-linear model of each series' own past.

    (1)  E Y_t = mu_t = exp(x_t' b),   x_t = (1, t, sin and cos of the year and of the half-year)
    (2)  Var Y_t = phi mu_t,           phi = max(1, sum_i w_i (y_i - mu_i)^2 / mu_i / (n - p))
    (3)  r_i = 3/2 (y_i^(2/3) mu_i^(-1/6) - mu_i^(1/2)) / (phi (1 - h_i))^(1/2)          (Anscombe)
    (4)  w_i ~ (r_i / 2.58)^-2 where r_i > 2.58, else 1; scaled so that their mean is 1
    (5)  predictive:  Var Y_t = phi mu_t (1 + mu_t x_t' A^-1 x_t),   A = sum_i w_i mu_i x_i x_i'

Past outbreaks would make the baseline too high and wide: (3) finds them and (4) takes their weight. The last
half-year before the tested week is left out, so that an outbreak which has begun does not explain itself.
(5) adds what is not known about b to the noise. All series of a shard are fitted at once; each tested week
begins from the coefficients of the week before.

After Noufaily, Enki, Farrington, Garthwaite, Andrews, Charlett: An improved algorithm for outbreak detection
in multiple surveillance systems, Statistics in Medicine 32 (2013) 1206-1222; with two harmonics for the
season where they have a factor of ten levels, and with (3) and (4) repeated: one large outbreak hides behind
the width that it itself gives to (2), and shows when that has shrunk.

Valid for: weekly counts with at least two years of history, any mean above about 0.05 a week. Not valid for:
series whose level has just shifted (a new laboratory, a new definition), which it calls outbreaks.
"""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.detect.scores import Scores
from tocsin.engine.detect.shard import Floats, Shard
from tocsin.engine.detect.tails import mid_p

YEAR = 365.25
ROUNDS = 2
"""Newton steps a fit: from the coefficients of the week before, more leave nothing to gain."""
AGAIN = 1
"""The same after new weights."""
FIRST_ROUNDS = 25
RIDGE = 1e-6
STEEPEST = 12.0
"""Bound of |x'b|: a baseline of zeros has no finite coefficient."""


@dataclass(frozen=True)
class Regression:
    """The detector and its choices. `left_out` and `shortest` in steps, `outlying` in standard deviations."""

    left_out: int = 26
    shortest: int = 104
    outlying: float = 2.58
    passes: int = 3
    harmonics: int = 2

    def scores(self, shard: Shard, first: int) -> Scores:
        """Scores of the steps from index `first` on. `score` is -log10 p."""
        scores = Scores.blank(len(shard.names), shard.times - first)
        design = self._design(shard)
        counts, known = shard.counts.astype(float), shard.known().astype(float)
        b = np.zeros((len(counts), design.shape[1]))
        b[:, 0] = np.log(np.maximum((counts * known).sum(1) / np.maximum(known.sum(1), 1), 0.05))
        rounds = FIRST_ROUNDS
        for at in range(first, shard.times):
            end = at - self.left_out
            if end < self.shortest:
                continue
            fit = self._fitted(counts[:, :end], design[:end], known[:, :end], b, rounds)
            b, rounds = fit.b, ROUNDS
            _judge(scores, at - first, counts[:, at], design[at], fit, self.shortest)
        return scores

    def _design(self, shard: Shard) -> Floats:
        """x_t of (1): shape (times, 2 + 2 harmonics). The trend runs from -1 to 0 at the end."""
        time = np.arange(shard.times) - (shard.times - 1.0)
        angle = 2.0 * np.pi * time * int(shard.step) / YEAR
        waves = [wave(k * angle) for k in range(1, self.harmonics + 1) for wave in (np.sin, np.cos)]
        return np.stack([np.ones_like(time), time / shard.times, *waves], axis=1)

    def _fitted(self, y: Floats, x: Floats, known: Floats, b: Floats, rounds: int) -> "_Fit":
        fit = _newton(y, x, known, b, rounds)
        for _ in range(self.passes):
            weights = _down_weighted(fit, y, known, self.outlying)
            fit = _newton(y, x, weights, fit.b, AGAIN)
        return fit


@dataclass(frozen=True)
class _Fit:
    """b (series, p), the inverse of A (series, p, p), mu and leverages (series, n), phi and n (series)."""

    b: Floats
    inverse: Floats
    mu: Floats
    leverage: Floats
    phi: Floats
    steps: Floats


def _newton(y: Floats, x: Floats, weights: Floats, b: Floats, rounds: int) -> _Fit:
    """Iterated weighted least squares for (1), all series at once."""
    p = x.shape[1]
    pairs = (x[:, :, None] * x[:, None, :]).reshape(len(x), p * p)
    for _ in range(rounds):
        mu, information = _information(x, pairs, weights, b)
        score = ((weights * (y - mu)) @ x)[:, :, None]
        b = b + np.asarray(np.linalg.solve(information, score), dtype=np.float64)[:, :, 0]
    mu, information = _information(x, pairs, weights, b)
    inverse = np.asarray(np.linalg.inv(information), dtype=np.float64)
    leverage: Floats = weights * mu * (inverse.reshape(-1, p * p) @ pairs.T)
    steps = (weights > 0).sum(1).astype(float)
    phi = (weights * (y - mu) ** 2 / mu).sum(1) / np.maximum(steps - p, 1.0)
    return _Fit(b, inverse, mu, leverage, np.maximum(phi, 1.0), steps)


def _information(x: Floats, pairs: Floats, weights: Floats, b: Floats) -> tuple[Floats, Floats]:
    p = x.shape[1]
    mu: Floats = np.exp(np.clip(b @ x.T, -STEEPEST, 2 * STEEPEST))
    return mu, ((weights * mu) @ pairs).reshape(-1, p, p) + RIDGE * np.eye(p)


def _down_weighted(fit: _Fit, y: Floats, known: Floats, outlying: float) -> Floats:
    """Equations (3) and (4)."""
    free = np.sqrt(fit.phi[:, None] * np.maximum(1.0 - fit.leverage, 0.05))
    residual = 1.5 * (y ** (2 / 3) * fit.mu ** (-1 / 6) - np.sqrt(fit.mu)) / free
    weights = known * np.where(residual > outlying, (outlying / np.maximum(residual, outlying)) ** 2, 1.0)
    scaled: Floats = weights * (known.sum(1) / np.maximum(weights.sum(1), 1e-9))[:, None]
    return scaled


def _judge(scores: Scores, at: int, y: Floats, x: Floats, fit: _Fit, shortest: int) -> None:
    mu = np.exp(np.clip(fit.b @ x, -STEEPEST, 2 * STEEPEST))
    unsure = np.einsum("i,sij,j->s", x, fit.inverse, x)
    spread = fit.phi * (1.0 + mu * unsure)
    p = mid_p(y, mu, spread)
    known = np.where(fit.steps >= shortest, 1.0, np.nan)
    scores.put(at, score=-np.log10(p) * known, p=p * known, expected=mu * known, spread=spread * known)
