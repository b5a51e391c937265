"""Upper tails of counts whose variance is a multiple of their mean.

(1)  Y ~ NB(mean mu, variance phi mu), phi > 1:  P(Y >= y) = I_{1 - 1/phi}(y, mu / (phi - 1))
(2)  phi -> 1 is Poisson:                        P(Y >= y) = Gamma(y, mu) regularised from below
(3)  mid-p = [P(Y >= y) + P(Y >= y + 1)] / 2, the mean of which under the null is exactly one half

I is the regularised incomplete beta function. P(Y >= 0) = 1.
"""

import numpy as np
from scipy import special

from tocsin.engine.detect.shard import Floats

POISSON = 1.0 + 1e-6
"""Below this variance over mean the negative binomial is not told from Poisson, and (1) loses its digits."""


def at_least(y: Floats, mu: Floats, phi: Floats) -> Floats:
    """P(Y >= y); equations (1) and (2). Shapes broadcast; `y` >= 0, `mu` > 0, `phi` >= 1."""
    over = np.maximum(phi, POISSON)
    positive = np.maximum(y, 1.0)
    wide = special.betainc(positive, mu / (over - 1.0), 1.0 - 1.0 / over)
    narrow = special.gammainc(positive, mu)
    tail: Floats = np.where(y <= 0, 1.0, np.where(phi > POISSON, wide, narrow))
    return tail


def mid_p(y: Floats, mu: Floats, phi: Floats) -> Floats:
    """Equation (3): how surprising a count is, ties counted half."""
    middle: Floats = 0.5 * (at_least(y, mu, phi) + at_least(y + 1.0, mu, phi))
    return middle
