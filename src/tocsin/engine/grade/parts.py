"""A table's two shapes as one: a part is a flight of rungs, each a step and the conditions that give it.

A scale has a rung for each band; a limb has one rung. Of a band only its lower end counts: above its
upper end the next band begins, and that no gap is left there is the business of the pack's check.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic

from tocsin.engine.grade.verdict import S
from tocsin.packs.measures import Condition, Limb, Measured, Scale
from tocsin.packs.rows import Text, Verified


@dataclass(frozen=True)
class Rung(Generic[S]):
    """A step, and all that must hold for it."""

    step: S
    when: tuple[Condition, ...]
    verified: Verified


@dataclass(frozen=True)
class Part(Generic[S]):
    """A scale or a limb; its rungs from the mildest to the gravest."""

    id: str
    rungs: tuple[Rung[S], ...]
    source: str
    text: Text
    note: Text


def parts(table: Measured, ladder: type[S]) -> Iterator[Part[S]]:
    """All parts of a table, scales first."""
    for scale in table.scales:
        yield _scale(table, scale, ladder)
    for limb in table.limbs:
        yield _limb(table, limb, ladder)


def _scale(table: Measured, scale: Scale, ladder: type[S]) -> Part[S]:
    checked = scale.verified or table.verified
    rungs = (
        Rung(ladder[name], (Condition(counts=scale.counts, start=band.start),), band.verified or checked)
        for name, band in scale.bands.items()
    )
    in_order = tuple(sorted(rungs, key=lambda rung: rung.step))
    return Part(scale.id, in_order, scale.source or table.source, {}, scale.note)


def _limb(table: Measured, limb: Limb, ladder: type[S]) -> Part[S]:
    rung = Rung(ladder[limb.step], limb.when, limb.verified or table.verified)
    return Part(limb.id, (rung,), limb.source or table.source, limb.text, limb.note)
