"""Points and outlines to measure with, seeded: half of the points spread over a box as wide as China, half in
2,000 towns of very unlike size. They stand for subscribers; where people really live is not in them.
"""

from dataclasses import dataclass

import numpy as np

BOX = (73.0, 18.0, 135.0, 54.0)
TOWNS = 2_000


@dataclass(frozen=True)
class Sample:
    """Points: degrees, and ids in the order in which they came."""

    lon: np.ndarray
    lat: np.ndarray
    ids: np.ndarray


def sample(count: int, chance: np.random.Generator) -> Sample:
    """`count` points."""
    west, south, east, north = BOX
    towns = chance.uniform((75, 20), (130, 50), (TOWNS, 2))
    weight = chance.pareto(1.2, TOWNS) + 0.1
    lived = towns[chance.choice(TOWNS, count - count // 2, p=weight / weight.sum())]
    spread = chance.uniform((west, south), (east, north), (count // 2, 2))
    places = np.concatenate([spread, lived + chance.normal(0, 0.15, lived.shape)])
    places = np.clip(places, (west, south), (east, north))[chance.permutation(count)]
    return Sample(places[:, 0].copy(), places[:, 1].copy(), np.arange(count))


def ring(x: float, y: float, radius: float, corners: int, chance: np.random.Generator) -> list:
    """A closed, ragged line around a place, in degrees."""
    angle = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    wave = 1 + 0.15 * np.sin(3 * angle) + 0.1 * np.sin(7 * angle + 1) + 0.02 * np.sin(41 * angle)
    far = radius * (wave + 0.002 * chance.uniform(-1, 1, corners))
    line = np.column_stack([x + far * np.cos(angle), y + far * np.sin(angle)]).tolist()
    return [*line, line[0]]


def areas(chance: np.random.Generator) -> dict[str, dict]:
    """The outlines, as GeoJSON."""
    parts = [
        [ring(x, y, 0.3, 1_000, chance), *(ring(x + dx, y, 0.05, 120, chance) for dx in (-0.12, 0.12))]
        for x, y in ((112.0, 30.0), (113.0, 30.5), (114.5, 31.0))
    ]
    return {
        "county, 500 corners": _polygon(ring(113.0, 33.0, 0.35, 500, chance)),
        "county, 5,000 corners": _polygon(ring(113.0, 33.0, 0.35, 5_000, chance)),
        "3 parts, 6 holes, 3,720 corners": {"type": "MultiPolygon", "coordinates": parts},
        "province, 5,000 corners": _polygon(ring(113.0, 33.0, 3.0, 5_000, chance)),
    }


def _polygon(shell: list) -> dict:
    return {"type": "Polygon", "coordinates": [shell]}
