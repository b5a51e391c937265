"""Where something is: a GeoJSON geometry, administrative codes, or both, and the words that named it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Geometry = Mapping[str, Any]
"""A GeoJSON geometry (RFC 7946): WGS 84, longitude before latitude, degrees."""


@dataclass(frozen=True)
class Area:
    """An area in the words of whoever named it.

    `codes` are administrative codes of the pack's gazetteer; `geometry` may be missing where nobody
    has drawn the place, which is not the same as an empty place.
    """

    name: str
    codes: tuple[str, ...] = ()
    geometry: Geometry | None = None
