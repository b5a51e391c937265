"""Travel times over a road network: shortest ways from many places to many, closures and forbidden turns
honoured.

A graph has a node for each point of a road and an edge for each direction in which a piece of road may be
driven, with its seconds; inf closes it. A place is brought to the nearest node that belongs to a part of the
network worth the name, and the way there is walked; beyond the greatest distance there is no way.

Forbidden turns: at a node v where a turn from edge a to edge b is forbidden, a is led to a copy of v of its
own, from which all edges of v but b go on. Only such nodes are copied, so the graph hardly grows, and the
shortest way is exact; a way may still end at any copy.

    (1)  d(origin) = 0,  d(head of e) ≤ d(tail of e) + seconds(e)        settled in ascending order

Dijkstra, A note on two problems in connexion with graphs, Numerische Mathematik 1 (1959) 269-271, with a
binary heap; it is run from the origins or backwards from the destinations, whichever are fewer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from tocsin.engine.allot.heap import reach
from tocsin.engine.allot.travel import RADIUS, Floats, places
from tocsin.kernel.errors import Malformed

Ints = npt.NDArray[np.int64]
FRAGMENT = 50
"""Nodes below which a connected part is no road network: a car park, a mistake of the map."""


@dataclass(frozen=True)
class RoadGraph:
    """n nodes, m directed edges."""

    points: Floats
    """(n, 2): lon/lat degrees WGS 84."""
    tail: Ints
    head: Ints
    """(m,): nodes."""
    seconds: Floats
    """(m,): above 0; inf is closed."""
    way: Ints
    """(m,): the number that the map gives the road."""
    forbidden: Ints
    """(r, 2): edges after each other that may not be driven so."""

    @cached_property
    def parts(self) -> tuple[Ints, Ints]:
        """The strongly connected part of each node, and the nodes of each part; within a part every node is
        reached from every other."""
        open_edges = np.isfinite(self.seconds)
        shape = (len(self.points), len(self.points))
        there = csr_array((np.ones(open_edges.sum()), (self.tail[open_edges], self.head[open_edges])), shape)
        _, part = connected_components(there, connection="strong")
        return part.astype(np.int64), np.bincount(part).astype(np.int64)

    @property
    def connected(self) -> float:
        """The share of nodes in the largest strongly connected part; 0 for a graph without nodes."""
        return float(self.parts[1].max(initial=0) / max(len(self.points), 1))

    def closed(self, ways: Iterable[int] = (), area: shapely.Geometry | None = None) -> "RoadGraph":
        """The same with these roads, and every piece of road that touches the area, closed.

        Raises `Malformed` for a road that is not in the network.
        """
        numbers = np.array(sorted(set(ways)), dtype=np.int64)
        unknown = numbers[~np.isin(numbers, self.way)]
        if len(unknown):
            raise Malformed(
                "allot.way",
                "The network has no road {way}.",
                cure="Take the number of the way from the map that the network was read from.",
                where="closures",
                way=int(unknown[0]),
            )
        shut = np.isin(self.way, numbers)
        if area is not None:
            lines = shapely.linestrings(np.stack([self.points[self.tail], self.points[self.head]], axis=1))
            shapely.prepare(area)
            shut |= shapely.intersects(area, lines)
        return replace(self, seconds=np.where(shut, np.inf, self.seconds))


@dataclass(frozen=True)
class RoadTimes:
    """Travel times by road; a place farther than `farthest` metres from any road has no way."""

    graph: RoadGraph
    farthest: float = 500.0
    walking_kmh: float = 5.0

    def seconds(self, origins: Floats, destinations: Floats) -> Floats:
        """(n, m) seconds from door to door, inf where there is no way. A place is 0 seconds from itself only
        if it stands on a road."""
        here, there = self.nearest(origins), self.nearest(destinations)
        times = self._between(here[0], there[0])
        walk = 3.6 / self.walking_kmh
        found: Floats = times + walk * here[1][:, None] + walk * there[1][None, :]
        return found

    def nearest(self, points: Floats) -> tuple[Ints, Floats]:
        """The node of each place (−1: none within reach) and the metres to it (inf: none)."""
        asked = places(points, "places")
        kept, tree = self._tree
        if not len(kept) or not len(asked):
            return np.full(len(asked), -1), np.full(len(asked), np.inf)
        chord, at = tree.query(_sphere(asked))
        metres = 2 * RADIUS * np.arcsin(np.minimum(chord / 2, 1.0))
        near = metres <= self.farthest
        return np.where(near, kept[at], -1), np.where(near, metres, np.inf)

    @cached_property
    def _tree(self) -> tuple[Ints, cKDTree]:
        part, sizes = self.graph.parts
        kept = np.flatnonzero(sizes[part] >= min(FRAGMENT, sizes.max(initial=0)))
        return kept, cKDTree(_sphere(self.graph.points[kept]))

    @cached_property
    def _split(self) -> "_Split":
        return _split(self.graph)

    def _between(self, here: Ints, there: Ints) -> Floats:
        """Seconds from node to node; −1 is nowhere."""
        times = np.full((len(here), len(there)), np.inf)
        starts, of_start = np.unique(here, return_inverse=True)
        ends, of_end = np.unique(there, return_inverse=True)
        found = (
            self._run(starts, ends) if len(starts) <= len(ends) else self._run(ends, starts, backward=True).T
        )
        known = (here >= 0)[:, None] & (there >= 0)[None, :]
        return np.where(known, found[of_start][:, of_end], times)

    def _run(self, starts: Ints, ends: Ints, *, backward: bool = False) -> Floats:
        """From each start to each end; backwards the starts are where the ways end. A way may end at any copy
        of a node, and begins at the node itself."""
        split = self._split
        first, node, seconds = split.backward if backward else split.forward
        many = split.copies if backward else split.itself
        targets = split.itself if backward else split.copies
        found = np.full((len(starts), len(ends)), np.inf)
        for row, start in enumerate(starts):
            if start >= 0:
                far = reach(first, node, seconds, many[0][many[1][start] : many[1][start + 1]])
                found[row] = _least(far, targets, ends)
        return found


def _least(far: Floats, of: tuple[Ints, Ints], nodes: Ints) -> Floats:
    """For each node the least over what stands for it."""
    standing, first = of
    least = np.minimum.reduceat(far[standing], first[:-1]) if len(first) > 1 else np.empty(0)
    found: Floats = np.where(nodes >= 0, least[nodes], np.inf)
    return found


@dataclass(frozen=True)
class _Split:
    """The graph with copied nodes; edges by tail and by head: first edge of each node, other end, seconds.
    `copies` and `itself`: what stands for each node of the map, in their order, and where its own begin."""

    forward: tuple[Ints, Ints, Floats]
    backward: tuple[Ints, Ints, Floats]
    copies: tuple[Ints, Ints]
    itself: tuple[Ints, Ints]


def _split(graph: RoadGraph) -> _Split:
    nodes = len(graph.points)
    tail, head, seconds, stands = graph.tail, graph.head.copy(), graph.seconds, np.arange(nodes)
    forbidden = graph.forbidden
    entering = np.unique(forbidden[:, 0])
    stands = np.concatenate([stands, graph.head[entering]])
    head[entering] = nodes + np.arange(len(entering))
    tails, heads, times = [tail], [head], [seconds]
    for copy, edge in enumerate(entering):
        onward = np.flatnonzero(graph.tail == graph.head[edge])
        onward = np.setdiff1d(onward, forbidden[forbidden[:, 0] == edge, 1])
        tails.append(np.full(len(onward), nodes + copy))
        heads.append(head[onward])
        times.append(seconds[onward])
    ends = np.concatenate(tails), np.concatenate(heads), np.concatenate(times)
    count = len(stands)
    order = np.argsort(stands, kind="stable")
    begin = np.concatenate([[0], np.cumsum(np.bincount(stands, minlength=nodes))])
    return _Split(
        _ordered(*ends, count),
        _ordered(ends[1], ends[0], ends[2], count),
        (order, begin),
        (np.arange(nodes), np.arange(nodes + 1)),
    )


def _ordered(tail: Ints, head: Ints, seconds: Floats, nodes: int) -> tuple[Ints, Ints, Floats]:
    """Open edges by their tail."""
    there = np.flatnonzero(np.isfinite(seconds))
    there = there[np.argsort(tail[there], kind="stable")]
    first = np.concatenate([[0], np.cumsum(np.bincount(tail[there], minlength=nodes))]).astype(np.int64)
    return first, head[there], seconds[there]


def _sphere(points: Floats) -> Floats:
    """Lon/lat degrees as points of the unit sphere (n, 3)."""
    lon, lat = np.radians(points).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
