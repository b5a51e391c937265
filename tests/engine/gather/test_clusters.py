"""Rows from the strongest link to the weakest."""

from math import inf

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine.gather.clusters import VETO, cluster


def square(rows, pairs):
    weights = np.full((rows, rows), -inf)
    for (a, b), weight in pairs.items():
        weights[a, b] = weights[b, a] = weight
    return weights


def told(weights, at=None, label=None, span=10.0):
    rows = len(weights)
    instants = np.arange(float(rows)) if at is None else np.array(at)
    return cluster(weights, instants, np.arange(rows) if label is None else np.array(label), span).tolist()


def test_the_strongest_come_together_first():
    assert told(square(3, {(0, 1): 2.0, (1, 2): 5.0})) == [0, 1, 1]
    assert told(square(3, {(0, 1): 2.0, (1, 2): 5.0, (0, 2): 0.5})) == [0, 0, 0]
    assert told(square(3, {(0, 1): 2.0, (1, 2): 5.0, (0, 2): VETO})) == [0, 1, 1]
    assert told(square(3, {(0, 1): 0.4, (1, 2): 5.0, (0, 2): -0.5})) == [0, 1, 1]
    assert told(square(2, {})) == [0, 1]


def test_none_is_longer_than_the_span():
    both = {(0, 1): 3.0, (1, 2): 2.0, (0, 2): 2.0}
    assert told(square(3, both), at=[0.0, 6.0, 12.0]) == [0, 0, 2]
    assert told(square(3, both), at=[0.0, 6.0, 12.0], span=12.0) == [0, 0, 0]


def test_what_a_person_put_together_stays_together():
    assert told(square(3, {(1, 2): 4.0}), label=[0, 0, 2]) == [0, 0, 2]
    assert told(square(3, {(1, 2): 4.0, (0, 2): 1.0}), label=[0, 0, 2]) == [0, 0, 0]


def slowly(weights, at, span):
    """The reference: clusters as lists, every mean computed anew."""
    clusters = [[row] for row in range(len(weights))]
    while True:
        best = None
        for one, mine in enumerate(clusters):
            for theirs in clusters[one + 1 :]:
                pairs = [weights[a, b] for a in mine for b in theirs]
                mean = sum(pairs) / len(pairs)
                both = [at[row] for row in mine + theirs]
                if min(pairs) > VETO and mean > 0 and max(both) - min(both) <= span:
                    key = (mean, -min(mine), -min(theirs))
                    best = max(best, (key, mine, theirs)) if best else (key, mine, theirs)
        if best is None:
            return [min(c) for row in range(len(weights)) for c in clusters if row in c]
        _, mine, theirs = best
        clusters = sorted([c for c in clusters if c not in (mine, theirs)] + [mine + theirs], key=min)


@given(
    st.integers(1, 7).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.integers(-3, 8), min_size=21, max_size=21))
    )
)
def test_it_is_the_plain_way(made):
    rows, values = made
    weights = np.zeros((rows, rows))
    upper = np.triu_indices(rows, 1)
    weights[upper] = values[: len(upper[0])]
    weights += weights.T
    at = np.arange(float(rows))
    assert told(weights, span=4.0) == slowly(weights, at, 4.0)
