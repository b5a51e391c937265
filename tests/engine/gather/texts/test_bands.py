"""Keys sorted, pairs compared."""

import numpy as np

from tocsin.engine.gather.texts import bands
from tocsin.engine.gather.texts.bands import PARTS, by_key, linked
from tocsin.engine.gather.texts.contents import collapsed
from tocsin.engine.gather.texts.folding import all_folded
from tocsin.engine.gather.texts.signatures import Samples, layout, samples


def test_keys_are_sorted_and_equal_ones_keep_their_order():
    drawn = np.random.default_rng(2).integers(0, 2**32, 50, dtype=np.uint64) << np.uint64(32)
    numbers = np.concatenate([drawn, drawn, drawn]) + np.arange(150, dtype=np.uint64)
    assert by_key(numbers.copy(), np.empty_like(numbers)).tolist() == sorted(numbers.tolist())


def contents(texts, by, change=lambda made: made):
    whole = all_folded(texts)
    made = change(samples(whole.codes, whole.starts, by))
    return collapsed(whole.codes, whole.starts, made).contents


def test_a_share_below_the_asked_one_is_no_link():
    by = layout(0.7)

    def agreeing(made):
        return Samples(np.zeros_like(made.keys), made.sketch & np.uint64(0))

    texts = ["一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸", "一二三四五六七八九千"]
    links = linked(contents(texts, by, agreeing), by, 0)
    assert links.share.tolist() == [7 / 9]
    assert len(linked(contents(texts, layout(0.8), agreeing), layout(0.8), 0).share) == 0


def test_a_pair_is_linked_once_in_a_part():
    by = layout(0.7)
    both = contents(["今天下午三点停水", "今天下午三点停水！"], by)
    assert [linked(both, by, part).share.tolist() for part in range(PARTS)] == [[6 / 7], [6 / 7]]


def test_a_crowd_in_one_band_hides_no_pair_from_the_next():
    by = layout(0.7)
    texts = [chr(0x4E00 + at) * 3 for at in range(bands.REACH + 8)]
    texts += ["今天下午三点停水", "今天下午三点停水！"]

    def crowded(made):
        keys, sketch = np.arange(made.keys.size, dtype=np.uint32).reshape(made.keys.shape), made.sketch.copy()
        keys[:, 1], keys[-2:, 1 + PARTS], sketch[:, 1:] = 7, 8, 0
        sketch[:-2, 0], sketch[-2], sketch[-1, 0] = np.arange(1, len(sketch) - 1), 0, 2**63
        return Samples(keys, sketch)

    assert linked(contents(texts, by, crowded), by, 0).share.tolist() == [6 / 7]


def test_a_run_is_held_against_so_many_only():
    by = layout(0.7)
    texts = [chr(0x4E00 + at) * 3 for at in range(bands.REACH + 3)]

    def agreeing(made):
        sketch = made.sketch.copy()
        sketch[:, 1:] = 0
        return Samples(np.zeros_like(made.keys), sketch)

    assert len(linked(contents(texts, by, agreeing), by, 0).share) == 0
