"""Sets joined pair by pair."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine.gather.texts.unions import joining, roots

pairs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12)


@given(pairs)
def test_everybody_has_the_least_of_the_set_as_root(given_pairs):
    parent = np.arange(9)
    kept = np.empty(len(given_pairs), np.bool_)
    ends = np.array(given_pairs, np.int64).reshape(-1, 2)
    joining(parent, ends[:, 0], ends[:, 1], kept)
    roots(parent)
    sets = [{one} for one in range(9)]
    for one, other in given_pairs:
        first = next(each for each in sets if one in each)
        second = next(each for each in sets if other in each)
        if first is not second:
            first |= second
            sets.remove(second)
    assert parent.tolist() == [min(next(each for each in sets if one in each)) for one in range(9)]
    assert kept.sum() == 9 - len(sets)
