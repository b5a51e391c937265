"""Identical texts are held once."""

import numpy as np

from tocsin.engine.gather.texts.contents import collapsed
from tocsin.engine.gather.texts.folding import all_folded
from tocsin.engine.gather.texts.signatures import Samples, layout, samples


def held(texts, change=lambda made: made):
    whole = all_folded(texts)
    return collapsed(whole.codes, whole.starts, change(samples(whole.codes, whole.starts, layout(0.7))))


def test_copies_stand_behind_the_first():
    found = held(["停水了", "停电了", " 停水了", "", "停水了\n", "  "])
    assert found.first.tolist() == [0, 1, 0, 3, 0, 5]
    assert sorted(found.at.tolist()) == [0, 1]


def test_contents_stand_in_an_order_of_their_own():
    texts = ["停水了", "停电了", "下雨了", "塌方了"]
    one, other = held(texts), held(texts[::-1])
    assert [texts[at] for at in one.at] == [texts[::-1][at] for at in other.at]


def test_two_texts_of_one_number_stay_two():
    def collide(made):
        return Samples(made.keys, np.zeros_like(made.sketch))

    found = held(["停水了", "停电了", "停水", "停水了", "停电了"], collide)
    assert found.first.tolist() == [0, 1, 2, 0, 1]
    assert found.at.tolist() == [0, 1, 2]
