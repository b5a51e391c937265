"""Who belongs together, joined pair by pair: the disjoint-set forest.

Tarjan, Efficiency of a good but not linear set union algorithm, Journal of the ACM 22 (1975) 215-225; paths
are halved on the way, and the lesser number becomes the root, so that the outcome is the same in any order.
"""

from typing import Any

from tocsin.engine.compiled import compiled


@compiled
def root(parent: Any, one: Any) -> Any:
    """The least member known of the set that one belongs to."""
    while parent[one] != one:
        parent[one] = parent[parent[one]]
        one = parent[one]
    return one


@compiled
def join(parent: Any, one: Any, other: Any) -> bool:
    """Joins two sets; False if they were one already."""
    first, second = root(parent, one), root(parent, other)
    if first == second:
        return False
    parent[max(first, second)] = min(first, second)
    return True


@compiled
def roots(parent: Any) -> None:
    """Points everybody to the root."""
    for one in range(len(parent)):
        parent[one] = root(parent, one)


@compiled
def joining(parent: Any, one: Any, other: Any, kept: Any) -> None:
    """Joins pair by pair; `kept[p]` tells whether pair p joined anything."""
    for pair in range(len(one)):
        kept[pair] = join(parent, one[pair], other[pair])
