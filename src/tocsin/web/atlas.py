"""The map of the jurisdiction: its districts as GeoJSON for the moving map, and as a drawing (SVG) that comes
with the page, for whoever has no script, no WebGL, or a sheet of paper.

Outlines are simplified for the eye (about 100 m); the record keeps them whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from shapely import Polygon
from shapely.geometry import mapping, shape

from tocsin.spine.places.queries import jurisdiction, places
from tocsin.web import locality
from tocsin.web.locality import say

TOLERANCE = 0.0012
WIDTH = 800
COLOURS = {1: "blue", 2: "yellow", 3: "orange", 4: "red"}


@dataclass(frozen=True)
class Outline:
    """A district: `geometry` as GeoJSON, `rings` and `label` in degrees."""

    code: str
    name: Mapping[str, str]
    geometry: Mapping[str, Any]
    rings: tuple[tuple[tuple[float, float], ...], ...]
    label: tuple[float, float]


def outlines() -> tuple[Outline, ...]:
    """The districts that somebody has drawn."""
    row = jurisdiction()
    return _outlines(row.pack, row.settled_at.isoformat()) if row else ()


@cache
def _outlines(pack: str, settled: str) -> tuple[Outline, ...]:
    """Simplified once for each time that the desk was given its pack."""
    return tuple(
        _outline(row.code, row.name, row.geometry) for row in places(kinds=["district"]) if row.geometry
    )


def _outline(code: str, name: Mapping[str, str], geometry: Mapping[str, Any]) -> Outline:
    plain = shape(geometry).simplify(TOLERANCE)
    parts: Sequence[Polygon] = list(getattr(plain, "geoms", [plain]))
    biggest = max(parts, key=lambda part: part.area)
    point = biggest.representative_point()
    rings = tuple(tuple(part.exterior.coords) for part in parts if part.area > TOLERANCE**2 * 4)
    return Outline(code, name, mapping(plain), rings, (point.x, point.y))


def features(levels: Mapping[str, int], said: Mapping[str, str], here: Iterable[str] = ()) -> dict[str, Any]:
    """The districts as a GeoJSON FeatureCollection: `level` 1 (blue) to 4 (red), 0 for none; `said` in words.

    Each is followed by the point at which its name (`label`) is written.
    """
    marked = _districts(here)
    found: list[dict[str, Any]] = []
    for outline in outlines():
        told = {"code": outline.code, "name": say(outline.name), "level": levels.get(outline.code, 0)}
        told |= {"said": said.get(outline.code, ""), "here": outline.code in marked}
        found.append({"type": "Feature", "geometry": outline.geometry, "properties": told})
        label = {"type": "Point", "coordinates": outline.label}
        found.append({"type": "Feature", "geometry": label, "properties": {"label": told["name"]}})
    return {"type": "FeatureCollection", "features": found}


def drawing(levels: Mapping[str, int], title: str, here: Iterable[str] = ()) -> SafeString:
    """The same as a drawing."""
    drawn, marked = outlines(), _districts(here)
    if not drawn:
        return SafeString("")
    project, height = _projection([point for outline in drawn for ring in outline.rings for point in ring])
    areas = format_html_join("", '<path class="{}" d="{}"><title>{}</title></path>', (
        (_classes(levels.get(row.code, 0), row.code in marked), _path(row, project), say(row.name))
        for row in drawn
    ))  # fmt: skip
    names = format_html_join("", '<text class="area-name" x="{}" y="{}">{}</text>', (
        (*(f"{value:.0f}" for value in project(outline.label)), say(outline.name)) for outline in drawn
    ))  # fmt: skip
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>',
        WIDTH,
        round(height),
        title,
        areas,
        names,
    )


def _classes(level: int, here: bool) -> str:
    return "area" + (f" area-{COLOURS[level]}" if level in COLOURS else "") + (" area-here" if here else "")


def _path(outline: Outline, project: Any) -> str:
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(project, ring)) + "Z" for ring in outline.rings
    )


def _projection(points: list[tuple[float, float]]) -> tuple[Any, float]:
    """Degrees to the drawing: equirectangular, true to scale at the middle."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrow = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * narrow)

    def project(point: tuple[float, float]) -> tuple[float, float]:
        return (point[0] - west) * narrow * scale, (north - point[1]) * scale

    return project, (north - south) * scale


def _districts(codes: Iterable[str]) -> set[str]:
    """The districts that some places are, lie in, or hold."""
    here = locality.pack()
    found: set[str] = set()
    for code in codes:
        row = here.places.get(code) if here else None
        while row is not None and here is not None and row.code not in found:
            found.add(row.code)
            row = here.places.get(row.parent)
    return found
