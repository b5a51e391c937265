"""An area in which people or things may be: polygons, circles, the outlines of admin codes, and their union.

What is checked when it is built, no search has to ask again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tocsin.engine.reach.circles import Circle, checked, table
from tocsin.engine.reach.columns import Floats
from tocsin.engine.reach.outline import Outline, all_inside, outlined
from tocsin.engine.reach.rings import HALF, ROUND, Polygon, Ring, polygon
from tocsin.kernel.areas import Geometry
from tocsin.kernel.errors import Malformed, NotFound

HOLDERS = {"FeatureCollection": "features", "GeometryCollection": "geometries", "Feature": "geometry"}
"""GeoJSON objects that hold others, and where."""


@dataclass(frozen=True)
class Region:
    """The union of polygons and circles. Its border belongs to it."""

    polygons: tuple[Polygon, ...] = ()
    circles: tuple[Circle, ...] = ()

    def __or__(self, other: "Region") -> "Region":
        return Region(self.polygons + other.polygons, self.circles + other.circles)

    @property
    def crosses(self) -> bool:
        """Whether a ring of it jumps across the 180th meridian."""
        return any(ring.turns.any() for rings in self.polygons for ring in rings)

    @cached_property
    def outline(self) -> Outline:
        """The area as the loops see it."""
        lines = [line for rings in self.polygons for line in _sheets(rings)]
        return outlined(lines, table(self.circles))

    def covers(self, lon: Floats, lat: Floats) -> Any:
        """Which of these points it holds; shape of `lon`. A point that is no place is in no area."""
        lon, lat = (np.ascontiguousarray(column, dtype=np.float64) for column in (lon, lat))
        return all_inside(self.outline, lon, lat)


def from_geojson(given: Geometry) -> Region:
    """The region of a GeoJSON Polygon or MultiPolygon, or of features and collections of them.

    Raises `Malformed` that names the ring, the place in it, and how to mend it.
    """
    found = tuple(polygon(rings, name) for rings, name in _polygons(given, ""))
    if not found:
        raise _no_area(given, "area")
    return Region(found)


def circle(lon: float, lat: float, radius: float) -> Region:
    """The region within `radius` kilometres of a place, on the sphere. Raises `Malformed`."""
    return Region(circles=(checked(Circle(lon, lat, radius)),))


def from_codes(codes: Iterable[str], outlines: Mapping[str, Geometry]) -> Region:
    """The region of admin codes. Raises `NotFound` for one without an outline, else `Malformed`."""
    region = Region()
    for code in codes:
        if code not in outlines:
            raise NotFound(
                "reach.code",
                "There is no outline of {code}.",
                cure="Check the code, or give a file of outlines that has it.",
                where=code,
                code=code,
            )
        region |= from_geojson(outlines[code])
    return region


def _sheets(rings: Polygon) -> Iterator[tuple[Floats, Floats]]:
    """The lines of a polygon, as often as it shows on the map between -180 and 180, borders included."""
    lon = rings[0].unrolled()[0]
    for turn in (-2.0, -1.0, 0.0, 1.0, 2.0):
        if lon.max() + ROUND * turn >= -HALF and lon.min() + ROUND * turn <= HALF:
            yield from (ring.unrolled(turn) for ring in rings)


def _polygons(given: Any, name: str) -> Iterator[tuple[Any, str]]:
    """Lists of rings, and the name of each."""
    kind = given.get("type") if isinstance(given, Mapping) else None
    if kind in HOLDERS:
        held = given.get(HOLDERS[kind])
        parts = held if isinstance(held, list | tuple) else [held]
        for at, part in enumerate(parts, 1):
            yield from _polygons(part, f"{name}part {at}, " if len(parts) > 1 else name)
    elif kind == "Polygon":
        yield given.get("coordinates"), f"{name}polygon"
    elif kind == "MultiPolygon" and isinstance(given.get("coordinates"), list | tuple):
        for at, rings in enumerate(given["coordinates"], 1):
            yield rings, f"{name}polygon {at}"
    else:
        raise _no_area(given, name.removesuffix(", ") or "area")


def _no_area(given: Any, where: str) -> Malformed:
    kind = given.get("type") if isinstance(given, Mapping) else type(given).__name__
    return Malformed(
        "reach.geometry",
        "The {where} is no polygon but {found}.",
        cure="Give a GeoJSON Polygon or MultiPolygon; for the surroundings of a place, give a circle.",
        where=where,
        found=str(kind)[:60],
    )


__all__ = ["Circle", "Region", "Ring", "circle", "from_codes", "from_geojson"]
