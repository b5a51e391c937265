"""Sets of runs of three, and what two of them have in common."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.texts.slow import jaccard, shingles
from tocsin.engine.gather.texts.folding import encoded
from tocsin.engine.gather.texts.shingles import desk, laid, runs, shared, shingle, size_of

few = st.text("ab国", max_size=30)


@given(few, few, few)
def test_the_share_is_that_of_sets(one, other, third):
    on = desk(30)
    with np.errstate(over="ignore"):
        for text in (other, third, one):
            now, size = laid(encoded([one]), on)
            both = size_of(encoded([text]), on)
            common = shared(encoded([text]), on, now)
            assert (size, both) == (len(shingles(one)), len(shingles(text)))
            assert common == len(shingles(one) & shingles(text))
    assert jaccard(one, one) == float(bool(one))


def test_no_two_runs_have_one_number():
    last = "\U0010ffff"
    codes = [encoded([text]) for text in ("a", "ab", "aab", "ba", last * 3, last * 2 + "a")]
    assert len({int(shingle(one, 0)) for one in codes}) == len(codes)
    assert [runs(length) for length in (0, 1, 2, 3, 4)] == [0, 1, 1, 1, 2]
