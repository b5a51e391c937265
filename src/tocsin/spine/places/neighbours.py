"""Which places lie beside each other, by their outlines. Pure.

Two places are neighbours if their outlines touch or come as near as `NEAR` kilometres: outlines that were
simplified leave gaps where there are none, and a river or a bay between two districts parts nobody.
Distances are taken on a plane that is true to scale at the middle of them all, which for a city or a province
is right to a hundredth.
"""

from collections.abc import Mapping
from math import cos, radians
from typing import Any

import numpy as np
import shapely

NEAR = 1.0
"""Kilometres."""
DEGREE = 111.32
"""Kilometres of a degree of latitude."""


def neighbours(outlines: Mapping[str, Mapping[str, Any]], near: float = NEAR) -> dict[str, frozenset[str]]:
    """The neighbours of each place, by its code; `outlines` are GeoJSON geometries (WGS 84). A place that
    nobody has drawn is not among them."""
    codes = list(outlines)
    if not codes:
        return {}
    shapes = _plane(np.array([shapely.geometry.shape(outlines[code]) for code in codes]))
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=near)
    found: dict[str, set[str]] = {code: set() for code in codes}
    for a, b in zip(one, other, strict=True):
        if a != b:
            found[codes[a]].add(codes[b])
    return {code: frozenset(beside) for code, beside in found.items()}


def _plane(shapes: Any) -> Any:
    """Degrees as kilometres."""
    _, south, _, north = shapely.total_bounds(shapes)
    wide = DEGREE * cos(radians((south + north) / 2.0))
    return shapely.transform(shapes, lambda points: points * [wide, DEGREE])
