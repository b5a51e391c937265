"""Exchanges, beside counting their cost."""

import numpy as np
import pytest

from tocsin.engine.allot.siting.interchange import add_greedily, choice_of, flip, gain, interchange, shaken
from tocsin.engine.allot.siting.reach import CLOSED, FREE, OPEN, reach_of


def town(seed, n=25, m=15):
    cost = np.random.default_rng(seed).random((n, m))
    return cost, reach_of(cost, np.full(n, 0.8))


def cost_of(cost, opened):
    return np.minimum(cost[:, np.flatnonzero(opened)].min(axis=1), 0.8).sum()


@pytest.mark.parametrize("seed", range(4))
def test_no_exchange_helps_any_more(seed):
    cost, reach = town(seed)
    status = np.array([OPEN] + [FREE] * 14)
    choice = choice_of(reach, np.array([0]))
    add_greedily(reach, choice, status, 3)
    interchange(reach, choice, status)
    assert choice.d1.sum() == pytest.approx(cost_of(cost, choice.open))
    assert choice.open[0] == 1
    for out in np.flatnonzero(choice.open)[1:]:
        for other in np.flatnonzero(choice.open == 0):
            swapped = choice.open.copy()
            swapped[[out, other]] = 0, 1
            assert cost_of(cost, swapped) >= choice.d1.sum() - 1e-9


def test_greed_ends_where_no_site_is_left():
    _, reach = town(2)
    choice = choice_of(reach, np.zeros(0, dtype=np.int64))
    add_greedily(reach, choice, np.array([CLOSED] * 12 + [FREE] * 3), 5)
    assert np.flatnonzero(choice.open).tolist() == [12, 13, 14]


def test_a_shaken_choice_is_another_that_no_exchange_improves():
    cost, reach = town(5)
    status = np.array([OPEN] + [FREE] * 14)
    choice = choice_of(reach, np.array([0, 1, 2, 3]))
    other = shaken(reach, choice, status, np.random.default_rng(0))
    assert (other.open.sum(), other.open[0]) == (4, 1)
    assert choice.open.sum() == 4
    assert other.d1.sum() == pytest.approx(cost_of(cost, other.open))
    alone = choice_of(reach, np.array([0]))
    assert shaken(reach, alone, status, np.random.default_rng(0)).open.tolist() == alone.open.tolist()


def test_opening_and_closing_keep_the_two_nearest():
    chance = np.random.default_rng(0)
    _, reach = town(9)
    choice = choice_of(reach, np.array([1, 4]))
    for site in chance.integers(0, 15, 40):
        before, gained = choice.d1.sum(), gain(reach, choice, site)
        if choice.open[site] == 0:
            flip(reach, choice, site)
            assert before - choice.d1.sum() == pytest.approx(gained)
        else:
            flip(reach, choice, site)
        anew = choice_of(reach, np.flatnonzero(choice.open))
        np.testing.assert_array_equal(choice.d1, anew.d1)
        np.testing.assert_array_equal(choice.d2, anew.d2)
