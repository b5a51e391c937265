"""Small inverses, against LAPACK's."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.engine.allot.supply.cholesky import inverses


@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_they_are_those_of_lapack(seed, size, many):
    roots = np.random.default_rng(seed).normal(size=(many, size, size + 3))
    matrices = roots @ roots.transpose(0, 2, 1)
    np.testing.assert_allclose(inverses(np.tril(matrices)), np.linalg.inv(matrices), rtol=1e-6, atol=1e-6)


def test_an_unknown_that_rounding_has_lost_is_left_out():
    matrices = np.array([[[2.0, 0.0], [2.0, 2.0]], [[0.0, 0.0], [0.0, 4.0]]])
    np.testing.assert_allclose(
        inverses(matrices), [[[0.5, 0.0], [0.0, 0.0]], [[0.0, 0.0], [0.0, 0.25]]], atol=1e-60
    )
