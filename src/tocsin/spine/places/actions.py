"""Giving the desk its jurisdiction."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from tocsin.kernel.actors import Act
from tocsin.packs.pack import Pack
from tocsin.packs.places import geometries
from tocsin.packs.reader import load
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.models import Jurisdiction, Place


@transaction.atomic
def settle(*, act: Act, pack: str) -> Jurisdiction:
    """Gives the desk its pack and writes the pack's places down; asked again, reads the pack anew.

    Raises `NotFound` for an unknown pack, `Malformed` for one that can't be read.
    """
    demand(act.by, Power.SETTINGS_CHANGE)
    read = load(pack)
    row, _ = Jurisdiction.objects.update_or_create(
        id=1, defaults={"pack": pack, "name": dict(read.name), "settled_at": act.at}
    )
    Place.objects.exclude(code__in=list(read.places)).delete()
    Place.objects.bulk_create(
        _places(read),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[f.name for f in Place._meta.fields if f.name != "code"],
    )
    body = {"pack": pack, "name": dict(read.name), "places": len(read.places)}
    append(chain=DESK, kind="jurisdiction.settled", act=act, body=body)
    return row


def _places(pack: Pack) -> Iterator[Place]:
    drawn = geometries(pack.lineage)
    for at, row in enumerate(pack.places.values()):
        geometry = drawn.get(row.code)
        west, south, east, north = _box(geometry) if geometry else (None,) * 4
        yield Place(
            code=row.code,
            name=dict(row.name),
            kind=row.kind.value,
            parent=row.parent,
            aliases=list(row.aliases),
            place=at,
            geometry=geometry,
            west=west,
            south=south,
            east=east,
            north=north,
        )


def _box(geometry: Mapping[str, Any]) -> tuple[float, float, float, float]:
    points = list(_points(geometry["coordinates"]))
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _points(coordinates: Any) -> Iterator[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for inner in coordinates:
        yield from _points(inner)
