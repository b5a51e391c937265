"""A file of OpenStreetMap (.osm.pbf, .osm, .osm.bz2) as a road graph.

The file is read in one pass: nodes stand before ways and ways before relations, as the format's writers
order them. Each piece between two neighbouring nodes of a way is an edge for each direction. A node that bars
lorries takes its pieces out of the network. Nothing is kept beside the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import osmium

from tocsin.engine.allot.roads import RoadGraph
from tocsin.engine.allot.travel import RADIUS, Floats
from tocsin.gateways.roads.rights import allowed, barred, directions
from tocsin.gateways.roads.speeds import KMH, speed
from tocsin.gateways.roads.turns import Restriction, forbidden, restriction
from tocsin.kernel.errors import Malformed

LEAST = 0.01
"""Seconds of a piece of road without length; 0 would be no edge."""


@dataclass(frozen=True)
class Roads:
    """A graph and what is to be known about it."""

    graph: RoadGraph
    turns: int
    """Forbidden turns that are honoured."""
    turns_ignored: int
    """Restrictions that are not: they pass over a way, bind only some hours or vehicles, or lie outside."""
    ferries: int
    missing: int
    """Pieces of ways whose nodes the file does not hold: it was cut out of a larger one."""


@dataclass
class _Read:
    ways: list[tuple[int, list[int], float, tuple[bool, bool]]] = field(default_factory=list)
    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    barred: set[int] = field(default_factory=set)
    restrictions: list[Restriction] = field(default_factory=list)
    ignored: int = 0
    ferries: int = 0


def read_roads(path: Path, kmh: Mapping[str, float] = KMH) -> Roads:
    """The roads of a file. Raises `Malformed` if it can't be read or holds no road."""
    try:
        read = _read(path, kmh)
    except RuntimeError as wrong:
        raise Malformed(
            "roads.file",
            "{where} can't be read as a map: {reason}",
            cure="Give an OpenStreetMap file (.osm.pbf) that is whole.",
            where=path.name,
            reason=str(wrong),
        ) from wrong
    if not read.ways:
        raise Malformed(
            "roads.none",
            "{where} holds no road that a lorry may drive.",
            cure="Take an extract that covers the area, with its highways.",
            where=path.name,
        )
    return _roads(read)


def _read(path: Path, kmh: Mapping[str, float]) -> _Read:
    read = _Read()
    things: Iterable[Any] = osmium.FileProcessor(str(path))
    for thing in things:
        if thing.is_node():
            read.places[thing.id] = (thing.lon, thing.lat)
            if len(thing.tags) and barred(dict(thing.tags)):
                read.barred.add(thing.id)
        elif thing.is_way():
            _take_way(read, thing, dict(thing.tags), kmh)
        elif thing.tags.get("type") == "restriction":
            _take_restriction(read, thing)
    return read


def _take_way(read: _Read, way: Any, tags: dict[str, str], kmh: Mapping[str, float]) -> None:
    pace = speed(tags, kmh)
    if pace is not None and allowed(tags):
        read.ways.append((way.id, [node.ref for node in way.nodes], pace, directions(tags)))
        read.ferries += tags.get("route") == "ferry"


def _take_restriction(read: _Read, relation: Any) -> None:
    one = restriction(relation)
    if one is None:
        read.ignored += 1
    else:
        read.restrictions.append(one)


def _roads(read: _Read) -> Roads:
    nodes: dict[int, int] = {}
    edges: list[tuple[int, int, int, float]] = []
    missing = 0
    for way, refs, pace, (with_it, against_it) in read.ways:
        for one, two in pairwise(refs):
            if one not in read.places or two not in read.places:
                missing += 1
            elif not {one, two} & read.barred:
                ends = [nodes.setdefault(ref, len(nodes)) for ref in (one, two)]
                edges += [(ends[0], ends[1], way, pace)] * with_it + [
                    (ends[1], ends[0], way, pace)
                ] * against_it
    return _finished(read, nodes, edges, missing)


def _finished(
    read: _Read, nodes: dict[int, int], edges: list[tuple[int, int, int, float]], missing: int
) -> Roads:
    points = np.array([read.places[ref] for ref in nodes], dtype=np.float64).reshape(-1, 2)
    tail, head, way = np.array([edge[:3] for edge in edges], dtype=np.int64).reshape(-1, 3).T
    pace = np.array([edge[3] for edge in edges], dtype=np.float64)
    seconds = np.maximum(_lengths(points[tail], points[head]) * 3.6 / pace, LEAST)
    pairs = forbidden(read.restrictions, nodes, tail, head, way)
    turns = np.unique(np.concatenate([*pairs, np.empty((0, 2), dtype=np.int64)]), axis=0)
    ignored = read.ignored + sum(not len(found) for found in pairs)
    graph = RoadGraph(points, tail.copy(), head.copy(), seconds, way.copy(), turns)
    return Roads(graph, len(turns), ignored, read.ferries, missing)


def _lengths(one: Floats, two: Floats) -> Floats:
    """Metres of short pieces: on a plane through their middle latitude, a millionth wrong at most."""
    middle = np.radians((one[:, 1] + two[:, 1]) / 2)
    east = (np.radians(two[:, 0] - one[:, 0]) + np.pi) % (2 * np.pi) - np.pi
    found: Floats = RADIUS * np.hypot(east * np.cos(middle), np.radians(two[:, 1] - one[:, 1]))
    return found
