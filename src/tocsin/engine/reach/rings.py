"""Rings of strangers in, rings that enclose something out; or which one is wrong, where, and how to mend it.

An edge is a straight line in longitude and latitude (RFC 7946 3.1.1). One that is longer than 180 degrees is
taken the short way, across the 180th meridian, as most programs mean it; only from -180 to 180 exactly it
goes round the world. So a ring may jump from 179 to -179; to draw a longer edge, give it a corner between.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from tocsin.engine.reach.columns import Floats
from tocsin.kernel.errors import Malformed

HALF = 180.0
ROUND = 360.0
EMPTY = 1e-14
"""Square degrees that are no area: a tenth of a square millimetre."""


@dataclass(frozen=True)
class Ring:
    """A closed line: degrees as they were written, and how many times round the world each corner is."""

    lon: Floats
    lat: Floats
    turns: Floats

    def unrolled(self, turns: float = 0.0) -> tuple[Floats, Floats]:
        """Its corners on an endless map, so many turns farther east. A corner that comes to lie where it was
        written is there exactly."""
        return self.lon + ROUND * (self.turns + turns), self.lat

    def backwards(self) -> "Ring":
        """The same line in the other direction."""
        return Ring(self.lon[::-1], self.lat[::-1], self.turns[::-1])


Polygon = tuple[Ring, ...]
"""A shell, against the clock, and its holes, with it."""


def polygon(rings: Any, name: str) -> Polygon:
    """The polygon of a GeoJSON list of rings. Raises `Malformed`, which calls it `name`."""
    if not isinstance(rings, list | tuple) or not rings:
        raise Malformed(
            "reach.rings",
            "The {where} has no rings.",
            cure="Give a list of rings: the outline first, then its holes.",
            where=name,
        )
    named = [(ring, f"{name}, {'outline' if at == 0 else f'hole {at}'}") for at, ring in enumerate(rings)]
    shell, *holes = [_ring(ring, where) for ring, where in named]
    holes = [_beside(hole, shell) for hole in holes]
    _demand_sound(shell, holes, name)
    return (_turned(shell, True), *(_turned(hole, False) for hole in holes))


def as_shape(rings: Polygon, turns: float = 0.0) -> Any:
    """The polygon for shapely."""
    shell, *holes = [np.column_stack(ring.unrolled(turns)) for ring in rings]
    return shapely.Polygon(shell, holes)


def _ring(ring: Any, where: str) -> Ring:
    corners = _corners(ring, where)
    lon, lat = corners[:, 0].copy(), corners[:, 1].copy()
    _demand_places(lon, lat, where)
    if len(lon) < 4 or lon[0] != lon[-1] or lat[0] != lat[-1]:
        raise _open(lon, lat, where)
    jumps = np.diff(lon)
    turns = np.zeros(len(lon))
    turns[1:] = np.cumsum(np.where((np.abs(jumps) > HALF) & (np.abs(jumps) < ROUND), -np.sign(jumps), 0.0))
    if turns[-1] != 0:
        raise Malformed(
            "reach.pole",
            "The {where} runs once round the world, so it has no inside on a flat map.",
            cure="Let it run along the 180th meridian to the pole and back, or split it there.",
            where=where,
        )
    return Ring(lon, lat, turns)


def _corners(ring: Any, where: str) -> Floats:
    if not isinstance(ring, list | tuple) or not ring:
        raise _unreadable(where, 0, ring)
    try:
        corners = np.array([position[:2] for position in ring], dtype=np.float64)
    except (TypeError, ValueError, KeyError, OverflowError):
        corners = np.empty(0)
    if corners.ndim != 2 or corners.shape[1] != 2:
        at = next((at for at, position in enumerate(ring) if not _is_pair(position)), 0)
        raise _unreadable(where, at, ring[at])
    return corners


def _is_pair(position: Any) -> bool:
    return (
        isinstance(position, list | tuple)
        and len(position) >= 2
        and all(isinstance(number, int | float) for number in position[:2])
    )


def _unreadable(where: str, at: int, found: Any) -> Malformed:
    return Malformed(
        "reach.position",
        "Position {at} of the {where} is no pair of numbers: {found}",
        cure="Write each position as [longitude, latitude], in degrees.",
        where=where,
        at=at,
        found=repr(found)[:60],
    )


def _demand_places(lon: Floats, lat: Floats, where: str) -> None:
    wrong = ~((np.abs(lon) <= HALF) & (np.abs(lat) <= HALF / 2))
    if not wrong.any():
        return
    at = int(wrong.argmax())
    swapped = bool(np.all((np.abs(lat) <= HALF) & (np.abs(lon) <= HALF / 2)))
    found = {"where": where, "at": at, "lon": float(lon[at]), "lat": float(lat[at])}
    if swapped:
        raise Malformed(
            "reach.swapped",
            "Position {at} of the {where} has latitude {lat}: longitude and latitude look swapped.",
            cure="Write longitude before latitude, as GeoJSON does.",
            **found,
        )
    raise Malformed(
        "reach.range",
        "Position {at} of the {where} is no place on Earth: longitude {lon}, latitude {lat}.",
        cure="Write longitude (-180 to 180) before latitude (-90 to 90), in degrees of WGS 84.",
        **found,
    )


def _open(lon: Floats, lat: Floats, where: str) -> Malformed:
    if len(lon) < 4:
        return Malformed(
            "reach.short",
            "The {where} has {found} positions; a ring has at least four.",
            cure="Give three corners or more, and the first one again at the end.",
            where=where,
            found=len(lon),
        )
    return Malformed(
        "reach.open",
        "The {where} is open: it begins at {begin} and ends at {end}.",
        cure="Repeat the first position at the end.",
        where=where,
        begin=[float(lon[0]), float(lat[0])],
        end=[float(lon[-1]), float(lat[-1])],
    )


def _beside(hole: Ring, shell: Ring) -> Ring:
    """The hole on the same sheet of the endless map as the shell around it."""
    west, east = (bound(shell.unrolled()[0]) for bound in (np.min, np.max))
    lon = hole.unrolled()[0]
    for turn in (0.0, 1.0, -1.0):
        if west <= lon.min() + ROUND * turn and lon.max() + ROUND * turn <= east:
            return Ring(hole.lon, hole.lat, hole.turns + turn)
    return hole


def _demand_sound(shell: Ring, holes: list[Ring], name: str) -> None:
    """That rings enclose something, cross neither themselves nor each other, and holes lie in the shell."""
    for ring, where in [(shell, f"{name}, outline")] + [
        (hole, f"{name}, hole {at}") for at, hole in enumerate(holes, 1)
    ]:
        _demand_simple(as_shape((ring,)), where)
    if holes:
        whole = as_shape((shell, *holes))
        if not whole.is_valid:
            raise _crossed(whole, name)


def _demand_simple(alone: Any, where: str) -> None:
    if alone.is_valid and alone.area > EMPTY:
        return
    if shapely.convex_hull(alone).area <= EMPTY or alone.is_valid:
        raise Malformed(
            "reach.empty",
            "The {where} encloses no area.",
            cure="Give at least three corners that don't lie on one line.",
            where=where,
        )
    raise _crossed(alone, where)


def _crossed(shape: Any, where: str) -> Malformed:
    return Malformed(
        "reach.crossed",
        "The {where} crosses or touches itself, or a hole lies outside or on another: {found}",
        cure="Draw it again at that place so that no two lines cross; separate parts are several polygons.",
        where=where,
        found=shapely.is_valid_reason(shape),
    )


def _turned(ring: Ring, against: bool) -> Ring:
    line = shapely.LinearRing(np.column_stack(ring.unrolled()))
    return ring if shapely.is_ccw(line) == against else ring.backwards()
