"""All texts at once, beside the slow and obvious."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.gather.texts.slow import grouping, jaccard, messages
from tocsin.engine.gather.texts import similar as module
from tocsin.engine.gather.texts.folding import LONGEST
from tocsin.engine.gather.texts.similar import similar
from tocsin.kernel.errors import Malformed


def same_sets(groups, order):
    """Groups as sets of texts, however they were given."""
    members = {}
    for text, group in zip(order, groups.of.tolist(), strict=True):
        members.setdefault(group, []).append(int(text))
    return {tuple(sorted(one)) for one in members.values()}


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0.5, 0.7, 0.9]))
def test_groups_are_those_of_every_pair(seed, share):
    texts = messages(np.random.default_rng(seed), 14)
    assert similar(texts, share).of.tolist() == grouping(texts, share)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text("ab国 ", max_size=7), max_size=10))
def test_short_ones_too(texts):
    found = similar(texts, 0.7)
    assert found.of.tolist() == grouping(texts, 0.7)
    assert found.empty.tolist() == [at for at, text in enumerate(texts) if not text.strip()]


def test_each_link_is_there_with_its_share_and_none_is_too_many():
    texts = messages(np.random.default_rng(8), 40)
    found = similar(texts, 0.6)
    links = list(zip(found.one.tolist(), found.other.tolist(), found.share.tolist(), strict=True))
    assert [share for _, _, share in links] == [jaccard(texts[one], texts[two]) for one, two, _ in links]
    assert all(one < other and share >= 0.6 for one, other, share in links)
    assert len(links) == len(texts) - len(found.sizes())


def test_the_order_of_texts_and_the_number_of_threads_are_no_matter(monkeypatch):
    texts = messages(np.random.default_rng(9), 40)
    monkeypatch.setattr(module, "PORTION", 7)
    whole = similar(texts, 0.7)
    shuffled = np.random.default_rng(1).permutation(len(texts))
    mixed = similar([texts[at] for at in shuffled], 0.7, cores=2)
    assert same_sets(whole, range(len(texts))) == same_sets(mixed, shuffled)
    threaded = similar(texts, 0.7, cores=2)
    assert threaded.of.tolist() == whole.of.tolist()
    assert (threaded.one.tolist(), threaded.other.tolist()) == (whole.one.tolist(), whole.other.tolist())


def test_copies_are_one_group_with_a_link_each():
    found = similar(["全城停水", "下雨", "全城停水 ", "", "全城停水", "\t"])
    assert found.of.tolist() == [0, 1, 0, 2, 0, 3]
    assert (found.one.tolist(), found.other.tolist()) == ([0, 0], [2, 4])
    assert found.share.tolist() == [1.0, 1.0]
    assert found.empty.tolist() == [3, 5]
    assert found.sizes().tolist() == [3, 1, 1, 1]
    assert found.repeated().tolist() == [0]
    assert found.members(0).tolist() == [0, 2, 4]


def test_less_than_three_characters_are_compared_whole():
    assert similar(["水", "水水", "水", "水水", "火"]).of.tolist() == [0, 1, 0, 1, 2]


def test_what_is_too_long_is_cut_and_told():
    long = "长" * LONGEST
    found = similar([long + "甲", long + "乙", "短"])
    assert (found.of.tolist(), found.cut.tolist()) == ([0, 0, 1], [0, 1])


def test_nothing_is_nothing():
    assert similar([]).of.tolist() == []
    assert similar([]).sizes().tolist() == []


def test_what_is_no_text_is_named_by_its_place(monkeypatch):
    monkeypatch.setattr(module, "PORTION", 2)
    with pytest.raises(Malformed, match="text 3 is not a text but NoneType"):
        similar(["a", "b", "c", None], 0.7)


def test_pairs_just_at_the_share_are_found():
    chance = np.random.default_rng(6)
    texts = []
    for at in range(30):
        base = [chr(code) for code in chance.integers(0x4E00, 0x9000, 40)]
        changed = base[:-6] + [chr(code) for code in chance.integers(0x4E00, 0x9000, 6)]
        texts += ["".join(base), "".join(changed)]
        assert 0.7 <= jaccard(texts[2 * at], texts[2 * at + 1]) < 0.75
    assert similar(texts, 0.7).of.tolist() == [at // 2 for at in range(60)]
