"""Which places a geometry from outside touches: the desk's own places by their outlines.

Used by whoever takes in points and polygons. A place without an outline can't be found this way; whoever
asks then falls back on names. The tree is made once for each import, not once for each row.
"""

from shapely import STRtree, make_valid
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from tocsin.kernel.areas import Geometry
from tocsin.spine.places.queries import gazetteer, places

TOUCH = 0.01
"""Share of a place, or of the geometry, that must lie in the other: outlines of neighbours never fit."""


class Locator:
    """Finds places by geometry: always the finest that are drawn, a street rather than its district."""

    def __init__(self) -> None:
        drawn = {place.code: place.geometry for place in places() if place.geometry}
        known = gazetteer()
        coarse = {parent for code in drawn for parent in known.parents(code)}
        finest = {code: outline for code, outline in drawn.items() if code not in coarse}
        self._codes = list(finest)
        self._shapes = [make_valid(shape(geometry)) for geometry in finest.values()]
        self._tree = STRtree(self._shapes)

    def at(self, longitude: float, latitude: float) -> str:
        """The code of the place that a point (degrees, WGS 84) lies in; empty where it lies in none."""
        hits = sorted(self._tree.query(Point(longitude, latitude), predicate="intersects"))
        return self._codes[hits[0]] if hits else ""

    def within(self, geometry: Geometry) -> tuple[str, ...]:
        """The codes of the places that a polygon touches by more than a sliver, in the desk's order."""
        wanted = make_valid(shape(geometry))
        hits = sorted(self._tree.query(wanted, predicate="intersects"))
        return tuple(self._codes[hit] for hit in hits if _more_than_a_sliver(self._shapes[hit], wanted))


def _more_than_a_sliver(place: BaseGeometry, wanted: BaseGeometry) -> bool:
    shared = place.intersection(wanted).area
    least = min(place.area, wanted.area)
    return bool(least == 0 or shared >= TOUCH * least)
