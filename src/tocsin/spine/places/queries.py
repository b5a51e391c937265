"""Whose desk this is, by which pack it works, and where its places are."""

from collections.abc import Iterable, Mapping
from functools import cache

from tocsin.kernel.errors import NotFound
from tocsin.packs.pack import Pack
from tocsin.packs.places import geometries
from tocsin.packs.reader import load
from tocsin.spine.places.models import Jurisdiction, Place
from tocsin.spine.places.naming import Gazetteer
from tocsin.spine.places.neighbours import neighbours as neighbours_by


def jurisdiction() -> Jurisdiction | None:
    """The jurisdiction, once the desk has been given one."""
    return Jurisdiction.objects.first()


def active_pack() -> Pack:
    """The pack that the desk works by. Raises `NotFound` before it was given one."""
    row = jurisdiction()
    if row is None:
        raise NotFound(
            "jurisdiction.unsettled",
            "This desk has no jurisdiction yet.",
            cure="Run “tocsin init PACK” once.",
        )
    return load(row.pack)


def gazetteer() -> Gazetteer:
    """The places of the active pack. Raises `NotFound` before there is one."""
    return gazetteer_of(active_pack())


@cache
def gazetteer_of(pack: Pack) -> Gazetteer:
    """The places of a pack; made once in a process."""
    return Gazetteer(pack.places.values())


def neighbours() -> Mapping[str, frozenset[str]]:
    """The districts of the active pack that have an outline, and those that lie beside each."""
    return neighbours_of(active_pack())


@cache
def neighbours_of(pack: Pack) -> Mapping[str, frozenset[str]]:
    """The same of a pack; found once in a process."""
    drawn, districts = geometries(pack.lineage), gazetteer_of(pack).districts
    return neighbours_by({code: drawn[code] for code in districts if code in drawn})


def places(*, kinds: Iterable[str] | None = None, parent: str | None = None) -> list[Place]:
    """Places in the pack's order, with their outlines."""
    rows = Place.objects.all()
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    if parent is not None:
        rows = rows.filter(parent=parent)
    return list(rows.order_by("place"))


def place(code: str) -> Place:
    """One place. Raises `NotFound`."""
    found = Place.objects.filter(code=code).first()
    if found is None:
        raise NotFound("place.unknown", "There is no place “{code}”.", cure="See the list.", code=code)
    return found
