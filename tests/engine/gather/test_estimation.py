"""Weights learned from reports that nobody labelled."""

import numpy as np
import pytest

from engine.gather.samples import crash
from tocsin.engine.gather.estimation import estimated, learned, unlinked
from tocsin.engine.gather.evidence import KIND, PLACE, SIZES, TIME, WORD, Weights
from tocsin.engine.gather.kinds import DEFAULT
from tocsin.engine.gather.weights import CALLS
from tocsin.kernel.errors import Malformed

LEVELS = (24, 3, 5, 0)


def drawn(chance, pairs, share):
    """Pairs of two classes: of one event mostly at one place, soon and of one kind; of two at random."""
    one = chance.random(pairs) < share
    place = np.where(
        one, chance.choice([25, 7], pairs, p=[0.9, 0.1]), chance.choice([25, 7], pairs, p=[0.1, 0.9])
    )
    time = np.where(
        one, chance.choice([1, 7], pairs, p=[0.8, 0.2]), chance.choice([1, 7], pairs, p=[0.2, 0.8])
    )
    kind = np.where(
        one, chance.choice([5, 1], pairs, p=[0.9, 0.1]), chance.choice([5, 1], pairs, p=[0.3, 0.7])
    )
    return np.stack([place, time, kind, np.zeros(pairs, dtype=np.int64)], axis=1)


def test_the_weights_of_a_known_mixture_are_found_again():
    chance = np.random.default_rng(7)
    never = drawn(chance, 40_000, 0.0)
    found = estimated(drawn(chance, 40_000, 0.2), unlinked(never, never), CALLS)
    assert found.prior == pytest.approx(np.log(0.2 / 0.8), abs=0.15)
    assert found.of(PLACE)[[25, 7]] == pytest.approx(np.log([9.0, 1 / 9]), abs=0.15)
    assert found.of(TIME)[[1, 7]] == pytest.approx(np.log([4.0, 1 / 4]), abs=0.15)
    assert found.of(KIND)[[5, 1]] == pytest.approx(np.log([3.0, 1 / 7]), abs=0.15)
    assert found.of(WORD).tolist() == CALLS.of(WORD).tolist()
    assert found.of(PLACE)[0] == 0.0


def test_a_level_that_was_hardly_seen_says_little():
    chance = np.random.default_rng(7)
    never, pairs = drawn(chance, 4_000, 0.0), drawn(chance, 4_000, 0.2)
    never[0, PLACE] = 13
    found = estimated(pairs, unlinked(never, never), CALLS)
    assert abs(found.of(PLACE)[13]) < 0.3


def test_words_are_learned_where_there_are_some():
    chance = np.random.default_rng(7)
    pairs, never = drawn(chance, 4_000, 0.3), drawn(chance, 4_000, 0.0)
    pairs[:, WORD] = np.where(pairs[:, PLACE] == 25, 2, 1)
    never[:, WORD] = np.where(never[:, PLACE] == 25, 2, 1)
    found = estimated(pairs, unlinked(never, never), CALLS)
    assert found.of(WORD)[2] > 1.5 > 0.0 > found.of(WORD)[1]


def test_too_few_pairs_are_refused():
    few = np.tile(LEVELS, (99, 1))
    with pytest.raises(Malformed) as caught:
        estimated(few, np.ones(sum(SIZES)), CALLS)
    assert (caught.value.code, caught.value.data["count"]) == ("gather.pairs", 99)
    with pytest.raises(Malformed):
        unlinked(few, few)


def test_a_town_teaches_its_own_weights():
    chance = np.random.default_rng(3)
    reports = []
    for event in range(90):
        minute, corner = 60 * 24 * chance.integers(0, 4) + chance.integers(0, 300), int(chance.integers(0, 6))
        for at, channel in enumerate(("EMS", "Traffic")[: 1 + event % 2]):
            names = (f"{corner} ST", "MAIN ST")
            reports.append(crash(f"{event}{channel}", minute + at, channel, 4000.0 * corner, names))
    reports.append(crash("nowhere", 100, position=None, names=()))
    start = Weights(CALLS.prior, CALLS.table)
    found = learned(reports, start, DEFAULT, 2500.0, 3600.0)
    assert found.of(KIND)[5] > 0.5 > found.of(KIND)[4]
    assert found.of(TIME)[2] > found.of(TIME)[7]
