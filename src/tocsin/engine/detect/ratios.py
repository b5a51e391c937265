"""How much better an outbreak of a given size explains a count than nothing does.

    (1)  nothing:        Y ~ NB(mean m, variance phi m)
    (2)  outbreak:       Y ~ NB(mean m + k (phi m)^1/2, the same variance over mean)
    (3)  log (2)/(1) = lnG(y + r + q) - lnG(y + r) - lnG(r + q) + lnG(r) - q ln phi,
                       r = m / (phi - 1),  q = k (phi m)^1/2 / (phi - 1)
    (4)  phi -> 1:       y ln(1 + q' / m) - q',  q' = k m^1/2

(3) grows with y for every k > 0: the two are a family with monotone likelihood ratio.
"""

import numpy as np
from scipy import special

from tocsin.engine.detect.shard import Floats
from tocsin.engine.detect.tails import POISSON

NEAR_POISSON = POISSON + 1e-4
"""Below this (3) loses its digits to cancellation."""


def log_ratios(y: Floats, mean: Floats, spread: Floats, sizes: Floats) -> Floats:
    """(3) or (4) for each of `sizes` (K,), in standard deviations; shape of the counts with K added."""
    count, m, phi = y[..., None], mean[..., None], spread[..., None]
    over = np.maximum(phi, NEAR_POISSON) - 1.0
    extra = sizes * np.sqrt(phi * m)
    r, q = m / over, extra / over
    wide = _rising(r + q, count) - _rising(r, count) - q * np.log(over + 1.0)
    narrow = count * np.log1p(extra / m) - extra
    ratios: Floats = np.where(phi > NEAR_POISSON, wide, narrow)
    return ratios


def _rising(r: Floats, y: Floats) -> Floats:
    """ln G(y + r) / G(r)."""
    rising: Floats = special.gammaln(y + r) - special.gammaln(r)
    return rising
