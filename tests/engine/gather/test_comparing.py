"""Two reports as rows, compared."""

import numpy as np
import pytest

from engine.gather.samples import crash
from tocsin.engine.gather.comparing import CODE, MARKS, NAMES, apart, code, compare, marks, numbers, shared
from tocsin.engine.gather.evidence import BANDS
from tocsin.engine.gather.kinds import DEFAULT
from tocsin.engine.gather.reports import Position

CODE_OF_MAIN_ST = -1_397_128_613_710_425_586


def row(report):
    return np.array(numbers(report)), np.array(marks(report, DEFAULT))


def levels(a, b):
    found = np.zeros(4, dtype=np.int64)
    compare(*row(a), *row(b), DEFAULT.persons, found)
    return found.tolist()


def test_a_code_is_the_same_everywhere():
    assert code("") == 0
    assert code("MAIN ST") == CODE_OF_MAIN_ST


def test_marks_hold_each_name_and_word_once():
    full = marks(crash("a", names=("A", "B", "A", "C", "D", "E"), words=("A",) * 3), DEFAULT)
    assert len(full) == MARKS
    assert full[CODE : CODE + NAMES] == [code(name) for name in "ABCD"]
    assert full[CODE + NAMES :].count(0) == 7
    assert full[CODE + NAMES] != code("A")


def test_what_is_apart_for_certain():
    def metres(within, north):
        here, there = crash("a"), crash("b", metres=north)
        vague = Position(there.position.lon, there.position.lat, within)
        return apart(row(here)[0], row(crash("b", position=vague))[0])

    assert metres(0.0, 400.0) == pytest.approx(400.0, abs=0.5)
    assert metres(100.0, 400.0) == pytest.approx(300.0, abs=0.5)
    assert metres(300.0, 200.0) == 0.0
    assert metres(301.0, 200.0) == -1.0
    assert apart(row(crash("a"))[0], row(crash("b", position=None))[0]) == -1.0
    assert apart(row(crash("a", position=None))[0], row(crash("b"))[0]) == -1.0


def test_distances_know_no_antimeridian_and_no_pole():
    west, east = crash("a", position=Position(-179.999, 0)), crash("b", position=Position(179.999, 0))
    assert apart(row(west)[0], row(east)[0]) == pytest.approx(222.4, abs=0.1)
    one, other = crash("a", position=Position(0, 90)), crash("b", position=Position(135, 90))
    assert apart(row(one)[0], row(other)[0]) == pytest.approx(0.0, abs=1e-6)


def test_shared_counts_codes_but_no_empty_slots():
    assert shared(np.array([5, 7, 0]), np.array([7, 0, 9]), 0, 3) == (1, 2, 2)
    assert shared(np.array([0, 0]), np.array([0, 0]), 0, 2) == (0, 0, 0)


def test_a_crash_told_twice():
    assert levels(crash("a"), crash("b", 2, "Traffic", 40.0)) == [4 * BANDS + 1, 2, 5, 0]
    assert levels(crash("a", kind=""), crash("b", kind="", names=("OAK AVE",))) == [3 * BANDS + 1, 0, 0, 0]
    said = crash("a", words=("smoke", "bus"))
    assert levels(said, crash("b", words=("bus", "smoke", "red"))) == [4 * BANDS + 1, 0, 4, 3]
