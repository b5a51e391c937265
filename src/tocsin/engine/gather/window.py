"""The reports of the last while, as columns, and who among them may belong to a given one.

Rows lie in a ring, in the order (instant, id), and are pushed and popped at its newer end only, so that
every chain below runs from the newest to the oldest and a search stops at the first row that is too old.
Nothing is ever taken out of a chain but its head.

Found are, for a row, (1) all located rows in the 27 cubes around it: cubes of `metres` edge in the space
through which the earth turns, so that no pole and no antimeridian is special; (2) by a shared name or word,
those that (1) can't see because the position of either is missing or coarse. One entry of a chain is
row * SLOTS + slot; slot 0 is the cube, the others are the hashed names and words.

Work for a row is proportional to the rows around it and those that share a name with it; memory to the rows
held. The ring doubles when it is full.
"""

import numpy as np

from tocsin.engine.compiled import compiled
from tocsin.engine.gather.comparing import (
    AT,
    CODE,
    CODES,
    MARKS,
    NUMBERS,
    WITHIN,
    X,
    apart,
    compare,
)
from tocsin.engine.gather.evidence import COARSE, STARTS, Floats, Ints, Weights

SLOTS = CODES + 1
NOBODY = -1


class Window:
    """Rows [low, high) by ever growing number; where a row lies in the columns is its number modulo their
    length, a power of two."""

    def __init__(self, metres: float, seconds: float, persons: int, room: int = 1024) -> None:
        """Pairs at most `metres` and `seconds` apart are found; `room` is a power of two."""
        self.metres, self.seconds, self.persons = metres, seconds, persons
        self.low = self.high = 0
        self._make(room)

    def _make(self, room: int) -> None:
        self.numbers = np.zeros((room, NUMBERS))
        self.marks = np.zeros((room, MARKS), dtype=np.int64)
        self.heads = np.full(8 * room, NOBODY, dtype=np.int64)
        self.nexts = np.full((room, SLOTS), NOBODY, dtype=np.int64)
        self.found = np.zeros(room, dtype=np.int64)
        self.weights = np.zeros(room)

    def push(self, numbers: tuple[float, ...], marks: list[int]) -> int:
        """A row that is newer than all held; its number."""
        if self.high - self.low == len(self.numbers):
            self._double()
        place = self.high & (len(self.numbers) - 1)
        self.numbers[place] = numbers
        self.marks[place] = marks
        enter(self.high, self.numbers, self.marks, self.heads, self.nexts, self.metres)
        self.high += 1
        return self.high - 1

    def pop(self) -> None:
        """Takes the newest row away, as if it had never come."""
        self.high -= 1
        leave(self.high, self.numbers, self.marks, self.heads, self.nexts, self.metres)

    def at(self, row: int) -> float:
        """The instant of a row, seconds since 1970."""
        return float(self.numbers[row & (len(self.numbers) - 1), AT])

    def search(self, row: int, weights: Weights) -> tuple[Ints, Floats]:
        """Older rows that may belong to `row`, each once, and the weight of each pair. Views that hold until
        the next search."""
        count = search(
            row,
            self.low,
            self.numbers,
            self.marks,
            self.heads,
            self.nexts,
            self.metres,
            self.seconds,
            self.persons,
            weights.table,
            weights.prior,
            self.found,
            self.weights,
        )
        return self.found[:count], self.weights[:count]

    def levels(self, row: int, other: int) -> Ints:
        """The levels of agreement of two rows."""
        room, levels = len(self.numbers) - 1, np.zeros(len(STARTS), dtype=np.int64)
        a, b = row & room, other & room
        compare(self.numbers[a], self.marks[a], self.numbers[b], self.marks[b], self.persons, levels)
        return levels

    def apart(self, row: int, other: int) -> float:
        """Metres between two rows that are certain; -1 if their positions can't tell."""
        room = len(self.numbers) - 1
        return float(apart(self.numbers[row & room], self.numbers[other & room]))

    def matrix(self, rows: list[int], weights: Weights) -> Floats:
        """Equation (2) of `evidence` for every two of some rows (k × k); the diagonal is 0."""
        places = np.array(rows) & (len(self.numbers) - 1)
        return matrix(self.numbers[places], self.marks[places], self.persons, weights.table, weights.prior)

    def _double(self) -> None:
        held = np.arange(self.low, self.high)
        room = len(self.numbers)
        numbers, marks = self.numbers[held & (room - 1)], self.marks[held & (room - 1)]
        self._make(2 * room)
        self.numbers[held & (2 * room - 1)] = numbers
        self.marks[held & (2 * room - 1)] = marks
        for row in range(self.low, self.high):
            enter(row, self.numbers, self.marks, self.heads, self.nexts, self.metres)


@compiled
def _spread(x: int, y: int, z: int, heads: int) -> int:
    """The head of the chain of a cube. Cubes may share one: what is met in a chain is looked at."""
    return ((x * 73_856_093) ^ (y * 19_349_663) ^ (z * 83_492_791)) & (heads - 1)


@compiled
def _cube(numbers: Floats, axis: int, metres: float) -> int:
    return int(np.floor(numbers[X + axis] / metres))


@compiled
def _head(numbers: Floats, marks: Ints, slot: int, heads: int, metres: float) -> int:
    """The head of the chain that a slot of a row belongs to; NOBODY if to none."""
    if slot > 0:
        return NOBODY if marks[CODE + slot - 1] == 0 else int(marks[CODE + slot - 1] & (heads - 1))
    if numbers[WITHIN] < 0.0:
        return NOBODY
    return _spread(_cube(numbers, 0, metres), _cube(numbers, 1, metres), _cube(numbers, 2, metres), heads)


@compiled
def enter(row: int, numbers: Floats, marks: Ints, heads: Ints, nexts: Ints, metres: float) -> None:
    """Puts a row at the head of its chains."""
    place = row & (len(numbers) - 1)
    for slot in range(SLOTS):
        head = _head(numbers[place], marks[place], slot, len(heads), metres)
        if head != NOBODY:
            nexts[place, slot] = heads[head]
            heads[head] = row * SLOTS + slot


@compiled
def leave(row: int, numbers: Floats, marks: Ints, heads: Ints, nexts: Ints, metres: float) -> None:
    """Takes the newest row from the heads of its chains, in the opposite order."""
    place = row & (len(numbers) - 1)
    for slot in range(SLOTS - 1, -1, -1):
        head = _head(numbers[place], marks[place], slot, len(heads), metres)
        if head != NOBODY:
            heads[head] = nexts[place, slot]


@compiled
def _distance(ours: Floats, theirs: Floats) -> float:
    """Metres between two located rows as they were given."""
    return float(np.sqrt(((ours[X : X + 3] - theirs[X : X + 3]) ** 2).sum()))


@compiled
def _blind(ours: Floats, theirs: Floats, metres: float) -> bool:
    """Whether the cubes can't find a pair that may belong together."""
    if ours[WITHIN] < 0.0 or theirs[WITHIN] < 0.0:
        return True
    slack = ours[WITHIN] + theirs[WITHIN]
    return bool(slack > COARSE and metres < _distance(ours, theirs) <= metres + slack)


@compiled
def _shared_before(ours: Ints, theirs: Ints, code: int) -> bool:
    """Whether they share a code that stands before our code in place `code`."""
    for before in range(CODE, code):
        for other in range(CODE, CODE + CODES):
            if ours[before] == theirs[other] != 0:
                return True
    return False


@compiled
def _around(
    row: int, low: int, numbers: Floats, heads: Ints, nexts: Ints, metres: float, oldest: float, found: Ints
) -> int:
    """Rows of the 27 cubes within `metres`."""
    room, count = len(numbers) - 1, 0
    ours = numbers[row & room]
    for cube in range(27):
        x = _cube(ours, 0, metres) + cube // 9 - 1
        y = _cube(ours, 1, metres) + cube // 3 % 3 - 1
        z = _cube(ours, 2, metres) + cube % 3 - 1
        entry = heads[_spread(x, y, z, len(heads))]
        while entry >= low * SLOTS and numbers[(entry // SLOTS) & room, AT] >= oldest:
            theirs = numbers[(entry // SLOTS) & room]
            if (
                entry % SLOTS == 0
                and entry // SLOTS < row
                and _cube(theirs, 0, metres) == x
                and _cube(theirs, 1, metres) == y
                and _cube(theirs, 2, metres) == z
                and _distance(ours, theirs) <= metres
            ):
                found[count] = entry // SLOTS
                count += 1
            entry = nexts[(entry // SLOTS) & room, entry % SLOTS]
    return count


@compiled
def _named(
    row: int,
    low: int,
    numbers: Floats,
    marks: Ints,
    heads: Ints,
    nexts: Ints,
    metres: float,
    oldest: float,
    found: Ints,
    count: int,
) -> int:
    """Rows that share a name or word and are not to be seen by the cubes."""
    room = len(numbers) - 1
    ours = row & room
    for code in range(CODE, CODE + CODES):
        wanted = marks[ours, code]
        entry = heads[wanted & (len(heads) - 1)] if wanted != 0 else NOBODY
        while entry >= low * SLOTS and numbers[(entry // SLOTS) & room, AT] >= oldest:
            theirs, slot = (entry // SLOTS) & room, entry % SLOTS
            if (
                slot > 0
                and entry // SLOTS < row
                and marks[theirs, CODE + slot - 1] == wanted
                and _blind(numbers[ours], numbers[theirs], metres)
                and not _shared_before(marks[ours], marks[theirs], code)
            ):
                found[count] = entry // SLOTS
                count += 1
            entry = nexts[theirs, slot]
    return count


@compiled
def search(
    row: int,
    low: int,
    numbers: Floats,
    marks: Ints,
    heads: Ints,
    nexts: Ints,
    metres: float,
    seconds: float,
    persons: int,
    table: Floats,
    prior: float,
    found: Ints,
    weights: Floats,
) -> int:
    """Fills `found` with older rows, `weights` by equation (2) of `evidence`; gives how many."""
    room, count = len(numbers) - 1, 0
    oldest = numbers[row & room, AT] - seconds
    if numbers[row & room, WITHIN] >= 0.0:
        count = _around(row, low, numbers, heads, nexts, metres, oldest, found)
    count = _named(row, low, numbers, marks, heads, nexts, metres, oldest, found, count)
    levels = np.zeros(len(STARTS), dtype=np.int64)
    for at in range(count):
        other = found[at] & room
        compare(numbers[row & room], marks[row & room], numbers[other], marks[other], persons, levels)
        weights[at] = prior
        for field in range(len(STARTS)):
            weights[at] += table[STARTS[field] + levels[field]]
    return count


@compiled
def matrix(numbers: Floats, marks: Ints, persons: int, table: Floats, prior: float) -> Floats:
    """The weight of every two rows."""
    rows = len(numbers)
    weights = np.zeros((rows, rows))
    levels = np.zeros(len(STARTS), dtype=np.int64)
    for one in range(rows):
        for other in range(one + 1, rows):
            compare(numbers[one], marks[one], numbers[other], marks[other], persons, levels)
            weight = prior
            for field in range(len(STARTS)):
                weight += table[STARTS[field] + levels[field]]
            weights[one, other] = weights[other, one] = weight
    return weights
