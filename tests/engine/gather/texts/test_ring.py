"""The memory of a stream."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.engine.gather.texts.ring import (
    BEGIN,
    END,
    FREE,
    NEXT,
    NOBODY,
    OLDEST,
    forget,
    hide,
    ring,
    room,
    show,
    take_in,
)
from tocsin.engine.gather.texts.signatures import layout

BY = layout(1.0)


@settings(deadline=None)
@given(st.lists(st.integers(0, 12), max_size=25), st.integers(1, 6))
def test_what_is_held_is_the_newest_that_fits(lengths, held):
    on = ring(held, 12, BY)
    for number, length in enumerate(lengths):
        text = np.full(length, 100 + number, np.uint32)
        at = take_in(on, text, 0.0)
        assert at == number % held
        assert on.state[NEXT] == number + 1
        kept = range(on.state[OLDEST], number + 1)
        assert len(kept) <= held
        assert sum(lengths[each] for each in kept) <= 12
        for each in kept:
            begin, end = on.marks[each % held, BEGIN], on.marks[each % held, END]
            assert on.codes[begin:end].tolist() == [100 + each] * lengths[each]


def test_room_is_found_behind_and_before_what_is_held():
    on = ring(9, 12, BY)
    for length in (5, 4):
        take_in(on, np.ones(length, np.uint32), 0.0)
    assert (room(on, 3), room(on, 4)) == (9, -1)
    forget_first = on.state[OLDEST] = 1
    assert (forget_first, room(on, 4), room(on, 5)) == (1, 0, -1)
    take_in(on, np.ones(4, np.uint32), 0.0)
    assert (on.state[FREE], room(on, 0), room(on, 1)) == (4, 4, -1)
    on.state[OLDEST] = 3
    assert room(on, 12) == 0


def listed(on, column):
    """Every list of a column, forwards; checked backwards too."""
    found = []
    for first in on.head[column]:
        at, before = first, NOBODY
        while at != NOBODY:
            assert on.previous[at, column] == before
            found.append(int(at))
            at, before = on.following[at, column], at
    return found


def test_lists_are_whole_whatever_is_taken_out():
    on = ring(4, 12, BY)
    on.samples.keys[:, 1] = [7, 7, 7, 9]
    for at in range(4):
        take_in(on, np.ones(1, np.uint32), float(at))
        show(on, at)
    assert listed(on, 0) == [3, 2, 1, 0]
    assert listed(on, 1) == [2, 1, 0, 3]
    for out, left in ((1, [2, 0, 3]), (2, [0, 3]), (0, [3])):
        hide(on, out)
        assert listed(on, 1) == left
    forget(on, 1.0)
    assert (on.state[OLDEST], listed(on, 0)) == (2, [3])
    forget(on, 9.0)
    assert (on.state[OLDEST], listed(on, 0), listed(on, 2)) == (4, [], [])
