"""Kinds of events, as a tree: classes at the top (natural disaster, accident …), members below.

A rule that names a class holds for all of its members.
"""

from collections.abc import Iterator, Mapping, Sequence

from tocsin.packs.rows import Rule
from tocsin.packs.tables import Table


class Kind(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of event."""

    parent: str = ""
    """The kind it belongs to; empty for a class."""
    code: str = ""
    """Its code in the standard that the source names; empty where none is known."""
    cap: str = "Other"
    """CAP 1.2 `info.category`: Geo, Met, Safety, Security, Rescue, Fire, Health, Env …"""
    restricted: bool = False
    """Restricted: only named persons see it, nothing about it is automated or published by itself."""


TABLE = Table("kinds", Kind)


def lineage(kinds: Mapping[str, Kind], kind: str) -> Iterator[str]:
    """The kind, then its parent, up to its class. A loop in the table ends the walk."""
    seen: set[str] = set()
    while kind and kind not in seen:
        seen.add(kind)
        yield kind
        row = kinds.get(kind)
        kind = row.parent if row else ""


def covers(kinds: Mapping[str, Kind], named: Sequence[str], kind: str) -> bool:
    """Whether a rule for the kinds `named` (none named means all) holds for `kind`."""
    return not named or any(ancestor in named for ancestor in lineage(kinds, kind))
