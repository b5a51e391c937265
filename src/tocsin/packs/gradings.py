"""Grading tables: how grave an event is, by what it has done. `step` names are `IncidentGrade`'s."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import ClassVar

from tocsin.kernel.ladders import IncidentGrade
from tocsin.packs.kinds import Kind, covers
from tocsin.packs.measures import Measured
from tocsin.packs.tables import Table


class Basis(StrEnum):
    """What a table judges by."""

    HARM = "harm"
    """What the event has done."""
    DANGER = "danger"
    """What it threatens to do."""
    FIRST = "first"
    """A first judgement before the harm is known; harm overrules it."""


class Grading(Measured, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One grading table of one source."""

    ladder: ClassVar[type[IntEnum]] = IncidentGrade
    basis: Basis = Basis.HARM


TABLE = Table("gradings", Grading)


def for_kind(gradings: Mapping[str, Grading], kinds: Mapping[str, Kind], kind: str) -> tuple[Grading, ...]:
    """The tables that grade this kind of event, in the pack's order. None: it has no grade by law."""
    return tuple(row for row in gradings.values() if covers(kinds, row.kinds, kind))
