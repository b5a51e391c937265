"""Samples of sets: alike where the sets are."""

import numpy as np
import pytest

from engine.gather.texts.slow import jaccard, messages
from tocsin.engine.gather.texts.folding import all_folded
from tocsin.engine.gather.texts.signatures import apart, layout, ones, samples
from tocsin.kernel.errors import Malformed


@pytest.mark.parametrize("share", [0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
def test_a_pair_at_the_asked_share_is_seldom_overlooked(share):
    by = layout(share)
    assert 0.9995 <= by.found(share) < 0.9999
    assert by.found(share + 0.05) > by.found(share)
    assert by.rows * by.bands <= 200


def test_what_is_the_same_needs_few_bands():
    assert layout(1.0).bands == 2


@pytest.mark.parametrize("share", [0.49, 1.01, float("nan")])
def test_a_share_that_means_nothing_is_refused(share):
    with pytest.raises(Malformed, match=r"between 0\.5") as refusal:
        layout(share)
    assert refusal.value.data["where"] == "at_least"


def test_samples_agree_as_often_as_sets_do():
    by = layout(0.7)
    base = "".join(chr(0x4E00 + at) for at in range(43))
    pairs = [base + "".join(chr(0x5E00 + 30 * turn + at) for at in range(10)) for turn in range(8)]
    whole = all_folded([base, *pairs])
    made = samples(whole.codes, whole.starts, by)
    expected = np.mean([jaccard(base, other) for other in pairs])
    bands = np.mean([(made.keys[0, 1:] == made.keys[at, 1:]).mean() for at in range(1, 9)])
    assert bands == pytest.approx(expected**by.rows, abs=0.15)
    with np.errstate(over="ignore"):
        differing = np.mean([apart(made.sketch, 0, at) for at in range(1, 9)])
    assert differing / (by.bands * by.rows) == pytest.approx((1 - expected) * 3 / 4, abs=0.06)


def test_the_order_of_runs_is_no_matter_but_that_of_the_text():
    whole = all_folded(["abcabc", "bcabca", "abcabc", "abcab"])
    made = samples(whole.codes, whole.starts, layout(0.7))
    assert (made.keys[0, 1:] == made.keys[1, 1:]).all()
    assert made.sketch[0, 0] != made.sketch[1, 0]
    assert (made.sketch[0] == made.sketch[2]).all()
    assert (made.keys[0, 1:] == made.keys[3, 1:]).all()


def test_bits_are_counted():
    with np.errstate(over="ignore"):
        for number in (0, 1, 2**64 - 1, 0b1011 << 40):
            assert ones(np.uint64(number)) == number.bit_count()


def test_like_messages_have_like_samples():
    texts = messages(np.random.default_rng(4), 12)
    by = layout(0.7)
    whole = all_folded(texts)
    made = samples(whole.codes, whole.starts, by)
    for one in range(len(texts)):
        for other in range(one):
            if jaccard(texts[one], texts[other]) >= 0.7:
                assert (made.keys[one, 1:] == made.keys[other, 1:]).any()
