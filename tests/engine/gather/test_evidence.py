"""Levels of agreement."""

import numpy as np
import pytest

from tocsin.engine.gather.evidence import (
    BANDS,
    KIND,
    KINDS,
    SIZES,
    Weights,
    kind_level,
    place_level,
    time_level,
    word_level,
)
from tocsin.engine.gather.weights import CALLS


@pytest.mark.parametrize(
    "apart, shared, ours, theirs, names, band",
    [
        (-1.0, 0, 0, 0, 0, 0),
        (0.0, 0, 0, 2, 0, 1),
        (75.0, 0, 1, 2, 1, 1),
        (75.1, 1, 2, 2, 2, 2),
        (900.0, 1, 1, 2, 3, 4),
        (1e6, 2, 2, 2, 4, 5),
        (-1.0, 1, 1, 1, 4, 0),
    ],
)
def test_place(apart, shared, ours, theirs, names, band):
    assert place_level(apart, shared, ours, theirs) == names * BANDS + band


def test_time():
    assert [time_level(s) for s in (0.0, 1.0, 2.0, 61.0, 600.0, 99_999.0)] == [0, 0, 1, 1, 4, 8]


@pytest.mark.parametrize(
    "same_kind, same_channel, ours, theirs, level",
    [
        (True, True, 2, 2, 4),
        (True, False, 2, 2, 5),
        (True, False, 1, 1, 5),
        (False, True, 0, 2, 0),
        (False, True, 2, 0, 0),
        (False, False, 2, 4, 1),
        (False, True, 2, 6, 2),
        (False, False, 2, 6, 3),
        (False, True, 1, 1, 6),
        (True, True, 1, 3, 7),
    ],
)
def test_kind(same_kind, same_channel, ours, theirs, level):
    assert kind_level(same_kind, same_channel, ours, theirs, 1) == level


def test_words():
    assert [word_level(0, 0, 3), word_level(0, 3, 0), word_level(0, 1, 1), word_level(5, 8, 8)] == [
        0,
        0,
        1,
        3,
    ]


def test_the_weights_to_begin_with_cover_all_levels():
    assert len(CALLS.table) == sum(SIZES)
    assert CALLS.of(KIND).shape == (KINDS,)
    for field in (0, 2, 3):
        assert CALLS.of(field)[0] == 0.0
    assert (np.diff(CALLS.of(1)) < 0).all()
    assert Weights(0.0, np.arange(float(sum(SIZES)))).of(3).tolist() == [48.0 - 1, 48.0, 49.0, 50.0]
