"""Short random samples of sets, such that like sets have like samples.

    (1)  h_k(x) = a_k x + b_k mod 2^32, of stirred shingles x; m_k(A) = min h_k over A.
         Two sets have the same m_k with probability J (Broder 1997).
    (2)  r of them are a band; P(two sets agree in at least one of b bands) = 1 - (1 - J^r)^b
    (3)  b is the least number for which (2) at J = asked is at least 1 - MISSED; r the most for which that
         needs no more than `ROWS` samples. More rows a band: fewer strangers to compare.
    (4)  two bits of each m_k are a sketch: those of two sets differ in 3 (1 - J) / 4 of the samples on
         average. Two sets that differ in more than J = asked does with probability UNSEEN are not compared.

(2): Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, chapter 3. (4): Li and Koenig, b-Bit minwise
hashing, WWW 2010, 671-680. a_k and b_k are fixed, so the same texts give the same samples everywhere.
"""

from dataclasses import dataclass
from functools import cache
from math import ceil, log
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from tocsin.engine.compiled import compiled
from tocsin.engine.gather.texts.folding import Codes
from tocsin.engine.gather.texts.shingles import STEP, Numbers, runs, shingle, stirred
from tocsin.kernel.errors import Malformed

MISSED = 5e-4
"""How likely a pair just at the asked share is to be overlooked by the bands."""
UNSEEN = 1e-4
"""How likely it is to be overlooked because of its sketches."""
ROWS = 128
MOST_ROWS = 8
LEAST, MOST = 0.5, 1.0
"""Between which shares one may ask."""
SKETCH = 128
"""Samples at most that a sketch has bits of."""


@dataclass(frozen=True)
class Layout:
    """`bands` of `rows` samples each for pairs at `share` or above; in at most `differing` samples may
    two sketches differ."""

    share: float
    bands: int
    rows: int
    differing: int

    def found(self, share: float) -> float:
        """Equation (2)."""
        return float(1 - (1 - share**self.rows) ** self.bands)


class Samplers(NamedTuple):
    """a_k and b_k of (1), shape (2, samples), and how many bands they make."""

    by: Codes
    bands: int


class Samples(NamedTuple):
    """What is known of texts without reading them again.

    keys    shape (texts, 1 + bands): 32 bits of a number of all of the text, then a key for each band
    sketch  shape (texts, 5): that number, then the sketch
    """

    keys: Codes
    sketch: Numbers


def unsampled(texts: int, by: Layout) -> Samples:
    """Room for so many."""
    return Samples(np.zeros((texts, 1 + by.bands), np.uint32), np.zeros((texts, 5), np.uint64))


def layout(share: float) -> Layout:
    """Bands and rows by (3). Raises `Malformed` for a share that can't be asked for."""
    if not LEAST <= share <= MOST:
        raise Malformed(
            "gather.share",
            "a share of {found} can't be asked for",
            cure="Name a share of common runs between {least} (loosely alike) and 1 (the same).",
            where="at_least",
            found=share,
            least=LEAST,
        )
    rows = next(rows for rows in range(MOST_ROWS, 0, -1) if rows * _bands(share, rows) <= ROWS or rows == 3)
    bands = _bands(share, rows)
    differing = binom.isf(UNSEEN, min(bands * rows, SKETCH), (1 - share) * 3 / 4)
    return Layout(share, bands, rows, int(differing))


def _bands(share: float, rows: int) -> int:
    return ceil(log(MISSED) / log(1 - min(share, 0.999) ** rows))


@cache
def samplers(by: Layout) -> Samplers:
    """The functions of (1)."""
    count = np.arange(1, 2 * by.bands * by.rows + 1, dtype=np.uint64)
    drawn = (stirred(count * STEP) >> np.uint64(32)).astype(np.uint32).reshape(2, -1)
    drawn[0] |= np.uint32(1)
    return Samplers(drawn, by.bands)


def samples(codes: Codes, starts: NDArray[np.int64], by: Layout) -> Samples:
    """Of each text."""
    made = unsampled(len(starts) - 1, by)
    with np.errstate(over="ignore"):
        sample_all(codes, starts, samplers(by), made)
    return made


@compiled
def sample_all(codes: Any, starts: Any, by: Any, to: Any) -> None:
    """Fills `to`, text by text."""
    least = np.empty(by.by.shape[1], np.uint32)
    for text in range(len(starts) - 1):
        sample(codes[starts[text] : starts[text + 1]], by, least, to, text)


@compiled
def sample(codes: Any, by: Any, least: Any, to: Any, text: Any) -> None:
    """The samples of one text, into row `text`."""
    least[:] = np.uint32(0xFFFFFFFF)
    a, b, last = by.by[0], by.by[1], runs(len(codes)) - 1
    for at in range(0, last + 1, 4):
        lessen(
            least,
            a,
            b,
            drawn(codes, at),
            drawn(codes, min(at + 1, last)),
            drawn(codes, min(at + 2, last)),
            drawn(codes, min(at + 3, last)),
        )
    keys, sketch, rows = to.keys, to.sketch, len(least) // by.bands
    sketch[text, 0] = whole(codes)
    keys[text, 0] = np.uint32(sketch[text, 0] & np.uint64(0xFFFFFFFF))
    for band in range(by.bands):
        keys[text, 1 + band] = key(least, band * rows, rows)
    for word in range(4):
        sketch[text, 1 + word] = bits(least, 64 * (word // 2), np.uint64(32 + word % 2))


@compiled
def drawn(codes: Any, at: Any) -> Any:
    """x of (1)."""
    return np.uint32(stirred(shingle(codes, at)) >> np.uint64(32))


@compiled
def lessen(least: Any, by: Any, plus: Any, one: Any, two: Any, three: Any, four: Any) -> None:
    """(1) for four shingles at a time, so that the processor takes eight samples in a step and seldom waits
    for its memory."""
    for row in range(len(least)):
        a, b = by[row], plus[row]
        first = min(np.uint32(a * one + b), np.uint32(a * two + b))
        second = min(np.uint32(a * three + b), np.uint32(a * four + b))
        least[row] = min(least[row], min(first, second))


@compiled
def whole(codes: Any) -> Any:
    """A number of all of a text, in order."""
    number = np.uint64(len(codes))
    for code in codes:
        number = (number ^ np.uint64(code)) * STEP
        number ^= number >> np.uint64(29)
    return stirred(number)


@compiled
def key(least: Any, begin: Any, rows: Any) -> Any:
    """One number of the samples of a band."""
    number = np.uint64(0)
    for row in range(begin, begin + rows):
        number = number * STEP + np.uint64(least[row])
    return np.uint32(stirred(number * STEP) >> np.uint64(32))


@compiled
def bits(least: Any, begin: Any, which: Any) -> Any:
    """A bit of each of up to 64 samples: (4)."""
    found = np.uint64(0)
    for row in range(begin, min(begin + 64, len(least))):
        bit = ((np.uint64(least[row]) * STEP) >> which) & np.uint64(1)
        found |= bit << np.uint64(row - begin)
    return found


@compiled
def ones(number: Any) -> Any:
    """How many bits of a number are set."""
    number = number - ((number >> np.uint64(1)) & np.uint64(0x5555555555555555))
    pairs = np.uint64(0x3333333333333333)
    number = (number & pairs) + ((number >> np.uint64(2)) & pairs)
    number = (number + (number >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((number * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def apart(sketch: Any, one: Any, other: Any) -> Any:
    """In how many samples the sketches of two texts differ."""
    first = (sketch[one, 1] ^ sketch[other, 1]) | (sketch[one, 2] ^ sketch[other, 2])
    second = (sketch[one, 3] ^ sketch[other, 3]) | (sketch[one, 4] ^ sketch[other, 4])
    return ones(first) + ones(second)
