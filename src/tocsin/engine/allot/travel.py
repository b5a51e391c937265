"""How long it takes from here to there: the port that dispatch, supplies and siting share, and its
simplest answer.

Great-circle distance on a sphere (haversine), lengthened by a detour and divided by a speed:

    (1)  h = sin²(Δφ/2) + cos φ₁ · cos φ₂ · sin²(Δλ/2)
    (2)  metres  = 2 · R · asin √h
    (3)  seconds = metres · detour / (speed_kmh / 3.6)

The sphere is within 0.6 % of the ellipsoid. A detour of 1.3 is common between towns; across water or a ridge
no detour is right, and only a road network (`roads`) knows. Haversine: Sinnott, Virtues of the Haversine,
Sky and Telescope 68 (1984) 158.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from tocsin.kernel.errors import Malformed

Floats = npt.NDArray[np.float64]
RADIUS = 6_371_008.8
"""Metres; the mean radius of WGS 84."""


class TravelTimes(Protocol):
    """Anything that knows how long it takes."""

    def seconds(self, origins: Floats, destinations: Floats) -> Floats:
        """From each of `origins` (n, 2) to each of `destinations` (m, 2), in lon/lat degrees WGS 84: (n, m)
        seconds, inf where there is no way. Raises `Malformed` for a point that is no place on Earth."""
        ...


@dataclass(frozen=True)
class StraightLine:
    """As the crow flies, at `speed_kmh`, along a way `detour` times as long: equations (1) to (3)."""

    speed_kmh: float = 40.0
    detour: float = 1.3

    def __post_init__(self) -> None:
        if not (0 < self.speed_kmh < float("inf") and 1 <= self.detour < float("inf")):
            raise Malformed(
                "allot.speed",
                "A speed of {speed} km/h with a detour of {detour} is no way to travel.",
                cure="Give a speed above 0 and a detour of at least 1.",
                where="StraightLine",
                speed=self.speed_kmh,
                detour=self.detour,
            )

    def seconds(self, origins: Floats, destinations: Floats) -> Floats:
        """Equation (3); every place is reached from every other."""
        times: Floats = metres(origins, destinations) * (self.detour * 3.6 / self.speed_kmh)
        return times


def metres(origins: Floats, destinations: Floats) -> Floats:
    """Great-circle metres between every two of (n, 2) and (m, 2) lon/lat degrees: (n, m), by (1) and (2)."""
    here, there = np.radians(places(origins, "origins")), np.radians(places(destinations, "destinations"))
    half = np.sin((there[None] - here[:, None]) / 2) ** 2
    h = half[..., 1] + np.cos(here[:, None, 1]) * np.cos(there[None, :, 1]) * half[..., 0]
    found: Floats = 2 * RADIUS * np.arcsin(np.sqrt(np.minimum(h, 1.0)))
    return found


def places(points: Floats, name: str) -> Floats:
    """The points as (n, 2) float64, each of them a longitude and a latitude.

    Raises `Malformed` with the number of the first point (from 0) that isn't.
    """
    found = np.asarray(points, dtype=np.float64)
    if found.size == 0:
        return found.reshape(0, 2)
    if found.ndim != 2 or found.shape[1] != 2:
        raise Malformed(
            "allot.places",
            "{where} has the shape {shape}; places are rows of longitude and latitude.",
            cure="Give an array of n rows and 2 columns.",
            where=name,
            shape=found.shape,
        )
    within = (np.abs(found[:, 0]) <= 180) & (np.abs(found[:, 1]) <= 90)
    if not within.all():
        at = int(np.flatnonzero(~within)[0])
        raise Malformed(
            "allot.place",
            "{where} {row}: longitude {lon}, latitude {lat} is no place on Earth.",
            cure="Write degrees, longitude first; if they are swapped, turn them round.",
            where=name,
            row=at,
            lon=float(found[at, 0]),
            lat=float(found[at, 1]),
        )
    return found
