"""How much each agreement between two reports says for or against "one event".

Fellegi and Sunter, A Theory for Record Linkage, JASA 64 (1969) 1183-1210. Two reports are compared in four
fields, each with a few levels of agreement:

    (1)  w_f(l) = ln( m_f(l) / u_f(l) )    m: share of level l in field f among pairs that are one event
                                           u: the same among pairs that are not
    (2)  w      = ln( r / (1 - r) ) + sum over f of w_f(l_f)        r: share of such pairs before looking
    (3)  confidence = 1 / (1 + exp(-w)),  the posterior probability that both are one event

(2) takes the fields as independent within either class. Where they plainly are not, they are one field:
distance and names are both "place", for a geocoder's default point gives equal coordinates to streets that
lie apart, and a long street has one name in two places.

Two positions lie apart by what is certain: their distance less both inaccuracies. If nothing is left and
the inaccuracies are large, the positions can't tell the two apart and say as much as none.

A field that can't be compared (level 0) has weight 0: absence says nothing.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.engine.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

METRES = np.array([75.0, 300.0, 800.0, 1500.0])
"""Upper ends of the bands of distance, 1, 2, …; the last is open. Band 0: the positions can't tell."""
COARSE = 300.0
"""Metres of inaccuracy from which on equal positions say nothing."""
SECONDS = np.array([1.0, 61.0, 181.0, 361.0, 661.0, 1261.0, 1861.0, 2761.0])
"""Upper ends of the bands of time; the last is open. Feeds count in whole minutes, hence a second more."""
BANDS = len(METRES) + 2
NAMES = 5
"""Names of the place: 0 unknown, 1 none shared, 2 some shared, 3 all of one in the other, 4 the same."""
KINDS = 8
"""0 unknown, 1 strange, 2 kin in one channel, 3 kin across channels, 4 same in one channel, 5 same across
channels, 6 two persons with different complaints, 7 two persons with the same."""
WORDS = 4
"""0 unknown, 1 none shared, 2 one shared, 3 two or more."""
PLACE, TIME, KIND, WORD = range(4)
SIZES = (NAMES * BANDS, len(SECONDS) + 1, KINDS, WORDS)
STARTS = tuple(sum(SIZES[:at]) for at in range(len(SIZES)))


@dataclass(frozen=True)
class Weights:
    """Logarithmic weights of the levels, fields one after the other (length sum(SIZES)), and of the prior."""

    prior: float
    table: Floats

    def of(self, field: int) -> Floats:
        """The weights of one field."""
        return self.table[STARTS[field] : STARTS[field] + SIZES[field]]


@compiled
def place_level(apart: float, shared: int, ours: int, theirs: int) -> int:
    """Band of distance (`apart` in metres; negative: the positions can't tell) and agreement of names, as
    names * BANDS + band."""
    band = 0
    if apart >= 0.0:
        band = 1
        while band <= len(METRES) and apart > METRES[band - 1]:
            band += 1
    if ours == 0 or theirs == 0:
        return band
    if shared == 0:
        return BANDS + band
    if shared == ours and shared == theirs:
        return 4 * BANDS + band
    return (3 if shared == min(ours, theirs) else 2) * BANDS + band


@compiled
def time_level(seconds: float) -> int:
    """The band of a difference in time (not negative)."""
    band = 0
    while band < len(SECONDS) and seconds > SECONDS[band]:
        band += 1
    return band


@compiled
def kind_level(same_kind: bool, same_channel: bool, ours: int, theirs: int, persons: int) -> int:
    """How two kinds go together; `ours` and `theirs` are bits of families, `persons` that of persons."""
    if ours & theirs & persons != 0 and same_channel:
        return 7 if same_kind else 6
    if same_kind:
        return 4 if same_channel else 5
    if ours == 0 or theirs == 0:
        return 0
    if ours & theirs == 0:
        return 1
    return 2 if same_channel else 3


@compiled
def word_level(shared: int, ours: int, theirs: int) -> int:
    """How many telling words two texts share."""
    return 0 if ours == 0 or theirs == 0 else 1 + min(shared, 2)
