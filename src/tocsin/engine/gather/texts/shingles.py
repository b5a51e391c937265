"""A text as the set of its runs of three characters, and the share that two such sets have in common.

    (1)  shingle k = c_k 2^42 + c_(k+1) 2^21 + c_(k+2): a code point has 21 bits, so no two runs share a
         number
    (2)  a text of one or two characters is one shingle, the rest of it zero: it is compared whole
    (3)  J(A, B) = |A and B| / |A or B|, the Jaccard share; an empty text shares nothing, with none

Runs of characters need no dictionary and no cutting into words, which Chinese does not write.
Broder, On the resemblance and containment of documents, SEQUENCES 1997, 21-29.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.engine.compiled import compiled

Numbers = NDArray[np.uint64]

RUN = 3
STEP = np.uint64(0x9E3779B97F4A7C15)
STIR = np.uint64(0xBF58476D1CE4E5B9)


class Desk(NamedTuple):
    """Two hash tables for sets of shingles, with room for twice the most of a text. Table h holds
    `key[h, p]` at place p if `turn[h, p]` is the number of the set; `turn[2, p]`: the set that met it last.
    `state`: how many sets there have been, and the mask of the one that lies in table 0."""

    key: Numbers
    turn: NDArray[np.int64]
    state: NDArray[np.int64]


def desk(longest: int) -> Desk:
    """Room for texts of up to so many characters."""
    size = 1 << max(2 * longest, 16).bit_length()
    return Desk(np.zeros((2, size), np.uint64), np.zeros((3, size), np.int64), np.zeros(2, np.int64))


@compiled
def runs(length: Any) -> Any:
    """How many shingles, repeated ones counted, a text of this length has: (2)."""
    return max(length - RUN + 1, min(length, 1))


@compiled
def shingle(codes: Any, at: Any) -> Any:
    """The run that begins at a place of a text: (1), (2)."""
    second = codes[at + 1] if at + 1 < len(codes) else np.uint32(0)
    third = codes[at + 2] if at + 2 < len(codes) else np.uint32(0)
    return (np.uint64(codes[at]) << np.uint64(42)) | (np.uint64(second) << np.uint64(21)) | np.uint64(third)


@compiled
def stirred(number: Any) -> Any:
    """A number of 64 bits whose every bit depends on every bit of the given one."""
    once = (number ^ (number >> np.uint64(30))) * STIR
    twice = (once ^ (once >> np.uint64(27))) * STEP
    return twice ^ (twice >> np.uint64(31))


@compiled
def mask_for(length: Any) -> Any:
    """So much of a table is used for a text of this length that it is at most half full, and near at hand."""
    size = 16
    while size < 2 * length:
        size *= 2
    return size - 1


@compiled
def place(key: Any, turn: Any, number: Any, now: Any, mask: Any) -> Any:
    """Where a shingle stands in the set `now`, or where it would stand."""
    at = np.int64((number * STEP) >> np.uint64(40)) & mask
    while turn[at] == now and key[at] != number:
        at = (at + 1) & mask
    return at


@compiled
def laid_out(codes: Any, key: Any, turn: Any, now: Any, mask: Any) -> Any:
    """Puts the set of a text into a table; tells its size."""
    size = 0
    for at in range(runs(len(codes))):
        number = shingle(codes, at)
        to = place(key, turn, number, now, mask)
        if turn[to] != now:
            key[to], turn[to] = number, now
            size += 1
    return size


@compiled
def size_of(codes: Any, on: Any) -> Any:
    """How many different shingles a text has; what lies on the desk stays."""
    on.state[0] += 1
    return laid_out(codes, on.key[1], on.turn[1], on.state[0], mask_for(len(codes)))


@compiled
def laid(codes: Any, on: Any) -> Any:
    """Lays a text on the desk, to be compared with others by `shared`; tells the number of its set and its
    size."""
    on.state[0] += 1
    on.state[1] = mask_for(len(codes))
    return on.state[0], laid_out(codes, on.key[0], on.turn[0], on.state[0], on.state[1])


@compiled
def shared(codes: Any, on: Any, now: Any) -> Any:
    """How many different shingles a text has in common with the one that lies there as `now`."""
    on.state[0] += 1
    me, mask, found = on.state[0], on.state[1], 0
    key, turn, met = on.key[0], on.turn[0], on.turn[2]
    for at in range(runs(len(codes))):
        to = place(key, turn, shingle(codes, at), now, mask)
        if turn[to] == now and met[to] != me:
            met[to] = me
            found += 1
    return found


@compiled
def share(common: Any, one: Any, other: Any) -> Any:
    """Equation (3), of two sizes and what they have in common."""
    return common / (one + other - common)
