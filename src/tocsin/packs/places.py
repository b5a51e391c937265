"""Places of a jurisdiction: areas by their codes, and the words by which people name them.

A word such as “the whole city” is a place too: a `group`, which stands for its members. A place that
no authority has given a code bears one of the pack's own, and its note says so.
"""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from tocsin.packs.rows import Text
from tocsin.packs.tables import Table


class PlaceKind(StrEnum):
    """What a place is. Warnings are issued for `LEAVES`; the others are made of them."""

    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    TOWN = "town"
    SEA = "sea"
    GROUP = "group"


LEAVES = frozenset({PlaceKind.STREET, PlaceKind.TOWN, PlaceKind.SEA})


class PlaceRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One place."""

    code: str
    name: Text
    kind: PlaceKind
    parent: str = ""
    """Code of the place that it lies in."""
    aliases: tuple[str, ...] = ()
    """Other words for it, in any language; a word of two places means the first of them."""
    members: tuple[str, ...] = ()
    """Codes that a group stands for."""
    note: Text = {}


TABLE = Table("places", PlaceRow, key="code")

ROOT = Path(__file__).parent
GEOMETRY = "geometry.geojson"


def geometries(lineage: Iterable[str], root: Path = ROOT) -> Mapping[str, Mapping[str, Any]]:
    """GeoJSON geometries by code (WGS 84) from `geometry.geojson` of the packs named, nearest first.

    A code without a geometry is a place that nobody has drawn, not an empty one.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for name in lineage:
        path = root / name / GEOMETRY
        features = json.loads(path.read_text("utf-8"))["features"] if path.is_file() else []
        for feature in features:
            found.setdefault(feature["properties"]["code"], feature["geometry"])
    return found
