"""Weights to begin with: those of emergency calls.

Learned by `estimation.learned` from the 9,227 calls to 911 of Montgomery County, Pennsylvania, of 10 December
2015 to 4 January 2016 (source: tests/engine/gather/truth/SOURCE.txt), without labels; the bench learns them
again. Texts were not among them: the weights of words are assumed, not measured. Another place has other
streets and other habits: give `learned` some weeks of its own reports.
"""

import numpy as np

from tocsin.engine.gather.evidence import Weights

PLACE = (
    # can't tell, to 75 m, to 300, to 800, to 1,500, beyond
    (0.00, 0.00, 0.00, 0.00, 0.00, 0.00),  # names unknown
    (-1.43, 0.59, -0.53, -2.20, -2.80, -4.52),  # none shared
    (0.50, 1.18, 1.05, 0.49, -1.29, -0.94),  # some shared
    (2.75, 2.04, 1.58, 1.96, 0.87, 0.28),  # all of one in the other
    (3.75, 2.81, -0.09, -0.04, 0.34, 0.33),  # the same
)
TIME = (4.11, 2.96, 1.63, 0.71, 0.17, -0.59, -1.71, -2.22, -3.01)
"""To 1 s, 1 min, 3, 6, 11, 21, 31, 46, beyond."""
KIND = (0.00, -5.14, -3.13, -0.68, 1.16, 2.49, -3.87, 0.69)
"""Unknown, strange, kin in one channel, kin across, same in one, same across, two persons, two alike."""
WORDS = (0.00, -0.50, 1.50, 3.00)
"""Unknown, none shared, one, more."""
PRIOR = -0.88
"""29 % of the pairs that a window of 2.5 km and an hour holds are one event."""

CALLS = Weights(PRIOR, np.array([*np.ravel(PLACE), *TIME, *KIND, *WORDS]))
