"""Turn restrictions of the map, as pairs of edges that may not be driven one after the other.

Read are restrictions over one node that bind everybody at all times: `no_…` forbids the turn, `only_…`
forbids all others. Those over a way, for some hours or some vehicles are counted and left out: a lorry that
takes such a turn is a minute wrong, and an emergency may be allowed to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tocsin.engine.allot.roads import Ints


@dataclass(frozen=True)
class Restriction:
    """From one way over a node into another, by the map's numbers."""

    origins: tuple[int, ...]
    via: int
    targets: tuple[int, ...]
    only: bool


def restriction(relation: Any) -> Restriction | None:
    """The restriction of a relation; None if it is of a kind that is left out."""
    kind = relation.tags.get("restriction", "")
    via = [member for member in relation.members if member.role == "via"]
    if not kind.startswith(("no_", "only_")) or "except" in relation.tags or [m.type for m in via] != ["n"]:
        return None
    ways = {
        role: tuple(member.ref for member in relation.members if member.role == role and member.type == "w")
        for role in ("from", "to")
    }
    if not ways["from"] or not ways["to"]:
        return None
    return Restriction(ways["from"], via[0].ref, ways["to"], kind.startswith("only_"))


def forbidden(
    rules: Sequence[Restriction], nodes: dict[int, int], tail: Ints, head: Ints, way: Ints
) -> list[Ints]:
    """Of each restriction the pairs of edges (r, 2); none where its roads are not in the network. `nodes`
    gives the place of each node of the map."""
    return [_pairs(rule, nodes.get(rule.via, -1), tail, head, way) for rule in rules]


def _pairs(rule: Restriction, via: int, tail: Ints, head: Ints, way: Ints) -> Ints:
    """To turn back onto the same way is to drive against the edge one came by; straight on is no turn."""
    entering = np.flatnonzero((head == via) & np.isin(way, rule.origins))
    leaving = np.flatnonzero(tail == via)
    one, two = (grid.ravel() for grid in np.meshgrid(entering, leaving, indexing="ij"))
    meant = np.isin(way[two], rule.targets)
    back = head[two] == tail[one]
    if rule.only:
        shut = ~meant if meant.any() else np.zeros_like(meant)
    else:
        shut = meant & (back | (way[one] != way[two]))
    return np.column_stack([one[shut], two[shut]])
