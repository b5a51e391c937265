"""Two reports as rows of numbers, and their levels of agreement.

A row has numbers (instant; position on the earth's sphere in metres; inaccuracy) and marks (hashes of kind
and channel, bits of families, hashed names and words). Hashes have 64 bits: that two of a million words
share one has a chance of 3e-8.
"""

from functools import lru_cache
from hashlib import blake2b
from math import cos, radians, sin

import numpy as np

from tocsin.engine.compiled import compiled
from tocsin.engine.gather.evidence import (
    COARSE,
    KIND,
    PLACE,
    TIME,
    WORD,
    Floats,
    Ints,
    kind_level,
    place_level,
    time_level,
    word_level,
)
from tocsin.engine.gather.kinds import Kinds
from tocsin.engine.gather.reports import Report

AT, X, Y, Z, WITHIN = range(5)
"""Columns of the numbers. WITHIN is negative for a report without position."""
SAME_KIND, CHANNEL, FAMILIES, CODE = range(4)
"""Columns of the marks; the codes follow from CODE on, names first. A code of 0 is an empty slot."""
NAMES, CODES = 4, 12
NUMBERS, MARKS = 5, CODE + CODES
NOTHING = (0,) * CODES
RADIUS = 6_371_008.8
"""Mean radius of the earth, metres (IUGG)."""


@lru_cache(maxsize=65_536)
def code(word: str) -> int:
    """A word as a number that is the same everywhere; 0 for the empty word alone."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big", signed=True) if word else 0


@lru_cache(maxsize=4_096)
def _families(kind: str, kinds: Kinds) -> int:
    return kinds.of(kind)


def numbers(report: Report) -> tuple[float, float, float, float, float]:
    """Instant, position in space and inaccuracy of a report."""
    position = report.position
    if position is None:
        return report.seconds, 0.0, 0.0, 0.0, -1.0
    lon, lat = radians(position.lon), radians(position.lat)
    flat = RADIUS * cos(lat)
    return report.seconds, flat * cos(lon), flat * sin(lon), RADIUS * sin(lat), position.within


def marks(report: Report, kinds: Kinds) -> list[int]:
    """Hashes and bits of a report."""
    names = [code(name) for name in dict.fromkeys(report.names)][:NAMES]
    words = [code(f"\n{word}") for word in dict.fromkeys(report.words)][: CODES - NAMES]
    return [
        code(report.kind),
        code(report.channel),
        _families(report.kind, kinds),
        *names,
        *NOTHING[len(names) : NAMES],
        *words,
        *NOTHING[len(words) : CODES - NAMES],
    ]


@compiled
def apart(ours: Floats, theirs: Floats) -> float:
    """Metres between two rows that are certain; -1 if their positions can't tell."""
    if ours[WITHIN] < 0.0 or theirs[WITHIN] < 0.0:
        return -1.0
    slack = ours[WITHIN] + theirs[WITHIN]
    sure = (
        np.sqrt((ours[X] - theirs[X]) ** 2 + (ours[Y] - theirs[Y]) ** 2 + (ours[Z] - theirs[Z]) ** 2) - slack
    )
    if sure > 0.0:
        return float(sure)
    return -1.0 if slack > COARSE else 0.0


@compiled
def shared(ours: Ints, theirs: Ints, begin: int, end: int) -> tuple[int, int, int]:
    """How many codes two rows share in the slots from `begin` to `end`, and how many either has."""
    both, mine, others = 0, 0, 0
    for slot in range(begin, end):
        others += theirs[slot] != 0
        if ours[slot] != 0:
            mine += 1
            for other in range(begin, end):
                both += ours[slot] == theirs[other]
    return both, mine, others


@compiled
def compare(
    our_numbers: Floats, our_marks: Ints, their_numbers: Floats, their_marks: Ints, persons: int, levels: Ints
) -> None:
    """Writes the level of each field into `levels`."""
    both, mine, others = shared(our_marks, their_marks, CODE, CODE + NAMES)
    levels[PLACE] = place_level(apart(our_numbers, their_numbers), both, mine, others)
    levels[TIME] = time_level(abs(our_numbers[AT] - their_numbers[AT]))
    levels[KIND] = kind_level(
        our_marks[SAME_KIND] == their_marks[SAME_KIND] and our_marks[SAME_KIND] != 0,
        our_marks[CHANNEL] == their_marks[CHANNEL],
        our_marks[FAMILIES],
        their_marks[FAMILIES],
        persons,
    )
    both, mine, others = shared(our_marks, their_marks, CODE + NAMES, CODE + CODES)
    levels[WORD] = word_level(both, mine, others)
