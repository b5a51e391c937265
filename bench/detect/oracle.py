"""What nobody can beat by much: detectors that know the mean, the variance and, the second, the outbreak's
law.

    (1)  one week:   tail probability of the count under its true law
    (2)  all weeks:  log sum over starts s and sizes k of
                     P(still on) prod_u f(y_u | mu_u + k sd_s q_{u-s}) / f(y_u | mu_u)

q_j is the design's share of cases in week j of an outbreak. A count with cases in it is a negative binomial
of the right mean and variance (exact for Poisson counts, close to the convolution otherwise).
"""

import numpy as np
from scipy import special, stats

from bench.detect.simulation import CURRENT, Trial
from tocsin.engine.detect.tails import mid_p

WEEKS = 5
SHARES = np.diff(stats.norm.cdf(np.log(np.maximum(np.arange(WEEKS + 1), 1e-12)) / 0.5))


def one_week(trial: Trial, counts: np.ndarray) -> np.ndarray:
    """(1), shape (series, tested weeks)."""
    mu, phi = trial.mu[:, trial.first :], trial.phi[:, None]
    return -np.log(mid_p(counts[:, trial.first :].astype(float), mu, np.broadcast_to(phi, mu.shape)))


def all_weeks(trial: Trial, counts: np.ndarray) -> np.ndarray:
    """(2), shape (series, tested weeks)."""
    begin = trial.first - WEEKS
    y, mu = counts[:, begin:].astype(float), trial.mu[:, begin:]
    phi = np.broadcast_to(trial.phi[:, None], mu.shape)
    total = np.zeros((len(y), y.shape[1] - WEEKS))
    for size in CURRENT:
        total += _of_size(size, y, mu, phi)
    return np.log(total)


def _of_size(size: int, y: np.ndarray, mu: np.ndarray, phi: np.ndarray) -> np.ndarray:
    null, cases = _log(y, mu, phi), size * np.sqrt(phi * mu)
    total = np.zeros((len(y), y.shape[1] - WEEKS))
    for start in range(5, y.shape[1]):
        ratio = np.zeros(len(y))
        for week in range(min(WEEKS, y.shape[1] - start)):
            more, at = cases[:, start] * SHARES[week], start + week
            mean = mu[:, at] + more
            ratio += _log(y[:, at], mean, (phi[:, at] * mu[:, at] + more) / mean) - null[:, at]
            still = 1.0 - np.exp(-cases[:, start] * SHARES[week:].sum()) if week else 1.0
            total[:, at - WEEKS] += still * np.exp(np.minimum(ratio, 600.0))
    return total


def _log(y: np.ndarray, mean: np.ndarray, phi: np.ndarray) -> np.ndarray:
    over = np.maximum(phi - 1.0, 1e-6)
    r = mean / over
    wide = special.gammaln(y + r) - special.gammaln(r) + y * np.log(over / (1 + over)) - r * np.log1p(over)
    return np.where(phi > 1.0005, wide, y * np.log(mean) - mean) - special.gammaln(y + 1)
