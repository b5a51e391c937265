"""Rows that lie near each other, grouped from the strongest link to the weakest.

    (1)  start: each row, or what a person put together, is a cluster
    (2)  the two clusters with the largest mean weight over all pairs between them become one, if it is > 0,
         no pair of theirs is forbidden (weight <= VETO, or a person set it apart), and no more than `span`
         lies between the first and the last of both; of equals those with the oldest rows
    (3)  until there are none such

The sum of logarithmic odds within clusters is what correlation clustering adds up (Bansal, Blum, Chawla,
Correlation Clustering, Machine Learning 56 (2004) 89-113); (2) climbs it by average linkage. Work grows with
the cube of the rows.
"""

import numpy as np

from tocsin.engine.compiled import compiled
from tocsin.engine.gather.evidence import Floats, Ints

VETO = -1.0
"""A confidence of 27 %: two rows so unlikely to be one event never lie in one group by the machine's word."""


@compiled
def cluster(weights: Floats, at: Floats, label: Ints, span: float) -> Ints:
    """The cluster of each row, as the number of its first row.

    `weights` between rows (k × k, symmetric, -inf where forbidden), `at` rising, `label` the first row of
    what each row begins together with (itself if alone).
    """
    sums, size, first, last = _begin(weights, at, label)
    while True:
        a, b = _best(sums, size, first, last, span)
        if a < 0:
            return label
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        size[a] += size[b]
        size[b] = 0
        first[a], last[a] = min(first[a], first[b]), max(last[a], last[b])
        label[label == b] = a


@compiled
def _begin(weights: Floats, at: Floats, label: Ints) -> tuple[Floats, Ints, Floats, Floats]:
    """Sums of weights between clusters (-inf where a pair is forbidden), sizes, first and last instants."""
    rows = len(label)
    sums = np.zeros((rows, rows))
    size = np.zeros(rows, dtype=np.int64)
    first, last = at.copy(), at.copy()
    for row in range(rows):
        own = label[row]
        size[own] += 1
        last[own] = at[row]
        for other in range(rows):
            sums[own, label[other]] += weights[row, other] if weights[row, other] > VETO else -np.inf
    return sums, size, first, last


@compiled
def _best(sums: Floats, size: Ints, first: Floats, last: Floats, span: float) -> tuple[int, int]:
    """The pair of clusters that (2) takes; -1 if there is none."""
    a, b, most = -1, -1, 0.0
    for one in range(len(size)):
        for other in range(one + 1, len(size)):
            if size[one] == 0 or size[other] == 0:
                continue
            mean = sums[one, other] / (size[one] * size[other])
            if mean > most and max(last[one], last[other]) - min(first[one], first[other]) <= span:
                a, b, most = one, other, mean
    return a, b
