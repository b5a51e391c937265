"""Many series in little memory: a detector over parts of a shard, one after the other.

A detector's work arrays are a small multiple of what it is given, so a part of a few hundred series stays
in the processor's cache, and a million series need no more memory than their counts and their scores. No
series knows of another: the parts change nothing.
"""

from typing import Protocol

import numpy as np

from tocsin.engine.detect.scores import Scores
from tocsin.engine.detect.shard import Shard

PART = 128
"""Series a part."""


class Detector(Protocol):
    """What judges a shard."""

    def scores(self, shard: Shard, first: int) -> Scores:
        """Scores of the steps from index `first` on."""


def in_parts(detector: Detector, shard: Shard, first: int, size: int = PART) -> Scores:
    """The same scores as of the whole."""
    total = Scores.blank(len(shard.names), shard.times - first)
    for begin in range(0, len(shard.names), size):
        rows = slice(begin, begin + size)
        part = detector.scores(shard.rows(rows), first)
        for whole, found in zip(total.arrays(), part.arrays(), strict=True):
            np.copyto(whole[rows], found)
    return total
