"""A stream of texts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.gather.texts.slow import grouping, jaccard, messages
from tocsin.engine.gather.texts.folding import LONGEST
from tocsin.engine.gather.texts.ring import NOBODY
from tocsin.engine.gather.texts.window import Window
from tocsin.kernel.errors import Malformed


def expected(texts, now, since, at_least=0.7):
    """The neighbours of a text among those from `since` on; of copies the newest."""
    newest = {}
    for at in range(since, now):
        newest[texts[at]] = at
    near = {at: jaccard(texts[at], texts[now]) for at in newest.values()}
    return {at: share for at, share in near.items() if share >= at_least}


def told(near):
    return dict(zip(near.others, near.shares, strict=True))


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_neighbours_are_those_still_held(seed, held):
    texts = messages(np.random.default_rng(seed), 25, length=7)
    window = Window(held)
    for now, text in enumerate(texts):
        near = window.add(text, float(now))
        assert (near.number, told(near)) == (now, expected(texts, now, max(0, now + 1 - held)))
        assert list(near.shares) == sorted(near.shares, reverse=True)
        assert (len(window), window.oldest) == (min(now + 1, held), max(0, now + 1 - held))


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32), st.integers(3, 20))
def test_many_at_once_are_as_one_by_one(seed, held):
    texts = messages(np.random.default_rng(seed), 20, length=7)
    window, single = Window(held, seconds=9.0), Window(held, seconds=9.0)
    times = np.arange(20.0)
    came = window.add_all(texts, times)
    for now, text in enumerate(texts):
        span = slice(came.starts[now], came.starts[now + 1])
        both = dict(zip(came.others[span].tolist(), came.shares[span].tolist(), strict=True))
        assert both == told(single.add(text, float(now)))
        assert both == expected(texts, now, max(0, now + 1 - min(held, 9)))
    assert window.groups().of.tolist() == single.groups().of.tolist()


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32))
def test_groups_are_those_of_what_is_held_in_any_order(seed):
    chance = np.random.default_rng(seed)
    texts = messages(chance, 16, length=8)
    window = Window(16)
    window.add_all(messages(chance, 10), np.zeros(10))
    window.add_all(texts, np.zeros(16))
    assert window.groups().of.tolist() == grouping(texts, 0.7)
    other, order = Window(16), chance.permutation(16)
    other.add_all([texts[at] for at in order], np.zeros(16))
    assert other.groups().of.tolist() == grouping([texts[at] for at in order], 0.7)


def test_what_is_forgotten_leaves_nothing():
    window = Window(50, seconds=10)
    for at in range(20):
        window.add(f"第{at}号：今天下午停水", 0.0)
    assert window.add("别的", 10.0).others == ()
    assert (len(window), window.oldest) == (1, 20)
    assert (window._ring.head != NOBODY).sum() == window._ring.head.shape[0]
    assert window.groups().of.tolist() == [0]


def test_a_copy_outlives_the_first():
    window = Window(3)
    said = [window.add(text, 0.0) for text in ("今天下午停水", "下雨", "今天下午停水 ", "刮风", "地震")]
    assert (said[2].others, said[2].shares) == ((0,), (1.0,))
    assert window.add("今天下午停水", 0.0).others == ()
    flood = Window(2000)
    assert [flood.add("今天下午停水", 0.0).others for _ in range(4)] == [(), (0,), (1,), (2,)]


def test_a_crowd_of_likes_is_told_up_to_a_bound():
    window = Window(90)
    texts = ["今天下午三点全城停水请各位储水" + chr(0x4E00 + at) for at in range(90)]
    came = window.add_all(texts, np.zeros(90))
    assert 64 <= came.starts[-1] - came.starts[-2] <= 89
    assert window.groups().sizes().tolist() == [90]


def test_empty_and_long_ones_are_held_too():
    window = Window(5, characters=3 * LONGEST)
    assert window.add("", 0.0).others == ()
    assert window.add(" ", 0.0).others == ()
    long = window.add("长" * LONGEST + "甲", 0.0)
    assert long.cut
    again = window.add_all(["长" * LONGEST + "乙", "e\u0301e\u0301e\u0301"], [0.0, 0.0])
    assert (again.others.tolist(), again.cut.tolist()) == ([2], [True, False])
    assert window.add("ééé", 1.0).others == (4,)
    assert window.add("e\u0301éé", 1.0).others == (5,)
    groups = window.groups()
    assert (groups.empty.tolist(), groups.of.tolist()) == ([], [0, 0, 1, 1, 1])
    assert groups.cut.tolist() == [0, 1]


def test_an_empty_window_has_no_groups():
    assert Window(3).groups().of.tolist() == []
    assert Window(3).add_all([], []).others.tolist() == []


@pytest.mark.parametrize(
    ("held", "seconds", "where"), [(0, 5, "held"), (3, 0, "seconds"), (3, float("nan"), "seconds")]
)
def test_a_window_that_holds_nothing_is_refused(held, seconds, where):
    with pytest.raises(Malformed) as refusal:
        Window(held, seconds)
    assert refusal.value.data["where"] == where


def test_time_does_not_go_back():
    window = Window(3)
    window.add("停水了", 5.0)
    for wrong in (4.0, float("nan"), float("inf")):
        with pytest.raises(Malformed, match="came at"):
            window.add("停水了", wrong)
        with pytest.raises(Malformed, match="text 1 came at"):
            window.add_all(["停水了", "停电了"], [5.0, wrong])
    with pytest.raises(Malformed, match="2 texts with 1 times"):
        window.add_all(["停水了", "停电了"], [5.0])
    assert len(window) == 1


def test_what_is_no_text_is_refused_and_nothing_taken_in():
    window = Window(3)
    with pytest.raises(Malformed, match="not a text"):
        window.add(7, 0.0)
    with pytest.raises(Malformed, match="text 1 is not a text"):
        window.add_all(["停水了", None], [0.0, 0.0])
    assert len(window) == 0
