"""The memory of a stream: what was said lately, in arrays of a size that never grows.

    (1)  texts are numbered as they come; number n lies at place n mod `held`. The oldest is forgotten first.
    (2)  their characters lie in one ring of `characters`, each text in one piece
    (3)  of copies only the newest is shown; when a copy comes, it takes the place of the one shown so far
    (4)  for each band, those shown whose keys fall into one bucket are a doubly linked list, newest first;
         column 0 is such a band too, its key being a number of the whole text: there copies are found

Forgetting takes a text out of every list, so nothing of it is left.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.engine.compiled import compiled
from tocsin.engine.gather.texts.folding import Codes, Places
from tocsin.engine.gather.texts.signatures import Layout, Samples, unsampled

Small = NDArray[np.int32]
NOBODY = np.int32(-1)
OLDEST, NEXT, FREE = 0, 1, 2
"""Of `state`."""
BEGIN, END, SIZE, MET, SHOWN, CUT = range(6)
"""Of `marks`."""


class Ring(NamedTuple):
    """Arrays by place, few, since each call hands all of them over.

    codes      the ring of characters
    marks      where in it a text begins and ends; how many different runs it has; the last text that met it;
               whether it is shown; whether it was cut
    came       when it came
    samples    its keys and its sketch
    head       (column, bucket): the first of each list
    following  (place, column), and
    previous   the next and the one before in it
    state      the oldest number held, the number of the next to come, where in `codes` that will begin
    """

    codes: Codes
    marks: Places
    came: NDArray[np.float64]
    samples: Samples
    head: Small
    following: Small
    previous: Small
    state: Places


def ring(held: int, characters: int, by: Layout) -> Ring:
    """An empty one."""
    buckets, columns = 1 << max(held, 8).bit_length(), 1 + by.bands
    return Ring(
        codes=np.zeros(characters, np.uint32),
        marks=np.zeros((held, 6), np.int64),
        came=np.zeros(held),
        samples=unsampled(held, by),
        head=np.full((columns, buckets), NOBODY),
        following=np.full((held, columns), NOBODY),
        previous=np.full((held, columns), NOBODY),
        state=np.zeros(3, np.int64),
    )


@compiled
def bucket(keys: Any, at: Any, column: Any, head: Any) -> Any:
    """The bucket of the text at a place: (4)."""
    return np.int64(keys[at, column]) & (head.shape[1] - 1)


@compiled
def show(on: Any, at: Any) -> None:
    """Puts the text at a place in front of all its lists."""
    keys, head, following, previous = on.samples.keys, on.head, on.following, on.previous
    for column in range(following.shape[1]):
        to = bucket(keys, at, column, head)
        after = head[column, to]
        following[at, column], previous[at, column] = after, NOBODY
        if after != NOBODY:
            previous[after, column] = at
        head[column, to] = at
    on.marks[at, SHOWN] = 1


@compiled
def hide(on: Any, at: Any) -> None:
    """Takes it out of them."""
    keys, head, following, previous = on.samples.keys, on.head, on.following, on.previous
    for column in range(following.shape[1]):
        after, before = following[at, column], previous[at, column]
        if after != NOBODY:
            previous[after, column] = before
        if before != NOBODY:
            following[before, column] = after
        else:
            head[column, bucket(keys, at, column, head)] = after
    on.marks[at, SHOWN] = 0


@compiled
def forget_oldest(on: Any) -> None:
    """Lets go of the oldest text."""
    at = on.state[OLDEST] % len(on.came)
    if on.marks[at, SHOWN]:
        hide(on, at)
    on.state[OLDEST] += 1


@compiled
def forget(on: Any, until: Any) -> None:
    """Lets go of all that came at `until` or before."""
    while on.state[OLDEST] < on.state[NEXT] and on.came[on.state[OLDEST] % len(on.came)] <= until:
        forget_oldest(on)


@compiled
def room(on: Any, length: Any) -> Any:
    """Where in `codes` so many characters can be written, in one piece; -1 if nowhere."""
    oldest, size, free = on.state[OLDEST], len(on.codes), on.state[FREE]
    if oldest == on.state[NEXT]:
        return 0
    tail = on.marks[oldest % len(on.came), BEGIN]
    if free < tail:
        return free if tail - free > length else -1
    if size - free >= length:
        return free
    return 0 if tail > length else -1


@compiled
def take_in(on: Any, codes: Any, came: Any) -> Any:
    """Writes a text down, in place of the oldest if there is no room; tells its place."""
    if on.state[NEXT] - on.state[OLDEST] == len(on.came):
        forget_oldest(on)
    begin = room(on, len(codes))
    while begin < 0:
        forget_oldest(on)
        begin = room(on, len(codes))
    at = on.state[NEXT] % len(on.came)
    on.marks[at, BEGIN], on.marks[at, END], on.came[at] = begin, begin + len(codes), came
    on.codes[begin : begin + len(codes)] = codes
    on.state[NEXT] += 1
    on.state[FREE] = begin + len(codes)
    return at
