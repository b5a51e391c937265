"""The window finds what a look at every pair finds."""

from math import inf

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.samples import NOON, NORTH, crash
from tocsin.engine.gather.comparing import marks, numbers
from tocsin.engine.gather.evidence import COARSE
from tocsin.engine.gather.kinds import DEFAULT
from tocsin.engine.gather.reports import Position, Report
from tocsin.engine.gather.weights import CALLS
from tocsin.engine.gather.window import Window

METRES, SECONDS = 500.0, 600.0


def window(room=16):
    return Window(METRES, SECONDS, DEFAULT.persons, room)


def push(held, report):
    return held.push(numbers(report), marks(report, DEFAULT))


def metres(a, b):
    if a.position is None or b.position is None:
        return inf
    one, two = np.array(numbers(a)), np.array(numbers(b))
    return float(np.linalg.norm(one[1:4] - two[1:4]))


def belong(old, new):
    """The reference: whether a pair may be one event, said plainly."""
    if new.seconds - old.seconds > SECONDS:
        return False
    if metres(old, new) <= METRES:
        return True
    share = set(old.names) & set(new.names) or set(old.words) & set(new.words)
    if old.position is None or new.position is None:
        return bool(share)
    slack = old.position.within + new.position.within
    return bool(share) and slack > COARSE and metres(old, new) <= METRES + slack


places = st.one_of(
    st.none(),
    st.builds(
        lambda north, east, within: Position(-75.3 + east * NORTH, 40.1 + north * NORTH, within),
        st.integers(-900, 900),
        st.integers(-900, 900),
        st.sampled_from([0.0, 0.0, 200.0, 800.0]),
    ),
)
words = st.lists(st.sampled_from("ABC"), max_size=2, unique=True).map(tuple)
streams = st.lists(
    st.tuples(st.integers(0, 1500), places, words, words).map(
        lambda made: Report("x", NOON + made[0], "VEHICLE FIRE", "EMS", made[1], made[2], made[3])
    ),
    max_size=24,
).map(lambda reports: sorted(reports, key=lambda report: report.seconds))


@given(streams)
def test_it_finds_what_a_look_at_every_pair_finds(stream):
    held = window()
    for at, report in enumerate(stream):
        row = push(held, report)
        found, weights = held.search(row, CALLS)
        assert sorted(found.tolist()) == [old for old in range(at) if belong(stream[old], report)]
        for old, weight in zip(found.tolist(), weights.tolist(), strict=True):
            assert abs(weight - held.matrix([old, row], CALLS)[0, 1]) < 1e-9
            assert held.apart(row, old) <= METRES


@given(streams, st.integers(0, 10))
def test_what_was_taken_back_leaves_no_trace(stream, back):
    plain, tried = window(), window()
    for report in stream:
        push(plain, report)
        push(tried, report)
        for _ in range(min(back, tried.high)):
            tried.pop()
        for again in stream[tried.high : plain.high]:
            push(tried, again)
        row = plain.high - 1
        assert plain.search(row, CALLS)[0].tolist() == tried.search(row, CALLS)[0].tolist()


def test_rows_that_were_let_go_are_not_found_and_their_room_is_used_again():
    held = window(room=4)
    for at in range(10):
        push(held, crash(str(at), at))
        held.low = max(0, held.high - 3)
    assert len(held.numbers) == 4
    assert sorted(held.search(9, CALLS)[0].tolist()) == [7, 8]
    assert held.at(9) == NOON + 540


def test_a_full_ring_doubles():
    held = window(room=2)
    for at in range(5):
        push(held, crash(str(at), at))
    assert len(held.numbers) == 8
    assert sorted(held.search(4, CALLS)[0].tolist()) == [0, 1, 2, 3]
