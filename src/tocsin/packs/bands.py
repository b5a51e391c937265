"""The bands of a scale: they must rise with the steps and meet without a gap or an overlap.

Grading reads only where a band begins; where it ends is written down so that a table copied from the
law can be held against itself here.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from itertools import pairwise

from tocsin.packs.facts import Fact, Unit
from tocsin.packs.findings import Finding
from tocsin.packs.measures import Measured, Scale


def check(table: Measured, facts: Mapping[str, Fact], where: str) -> Iterator[Finding]:
    """What is wrong with the numbers of one table, and with the facts that it counts."""
    yield from _ids(table, where)
    for scale in table.scales:
        yield from _scale(scale, table.ladder, f"{where} ({scale.id})")
        starts = [band.start for band in scale.bands.values()]
        for fact in _known(scale.counts, facts):
            if fact.unit is Unit.COUNT and any(start % 1 for start in starts):
                yield Finding(
                    f"{where} ({scale.id})",
                    f"counts “{fact.id}” in whole numbers, but a band begins at a fraction",
                    "Write a whole number, or make the fact a measure.",
                )
    for limb in table.limbs:
        for condition in limb.when:
            for fact in _known(condition.counts, facts):
                if fact.unit is Unit.TRUTH and condition.start > len(condition.counts):
                    yield Finding(
                        f"{where} ({limb.id})",
                        f"“{fact.id}” is true or false and can't reach {condition.start}",
                        "Leave out “from” where a truth is asked for.",
                    )
    yield from _counted(table, facts, where)


def _known(counts: tuple[str, ...], facts: Mapping[str, Fact]) -> Iterator[Fact]:
    return (facts[name] for name in counts if name in facts)


def _counted(table: Measured, facts: Mapping[str, Fact], where: str) -> Iterator[Finding]:
    counted = {name for scale in table.scales for name in scale.counts}
    counted |= {name for limb in table.limbs for when in limb.when for name in when.counts}
    for name in sorted(counted - set(facts)):
        yield Finding(where, f"counts “{name}”, which is no fact", "Add it to facts.yaml.")


def _ids(table: Measured, where: str) -> Iterator[Finding]:
    ids = [scale.id for scale in table.scales] + [limb.id for limb in table.limbs]
    if not ids:
        yield Finding(where, "has neither scales nor limbs", "Add what leads to a step.")
    for twice in sorted({part for part in ids if ids.count(part) > 1}):
        yield Finding(where, f"has two parts called “{twice}”", "Give each its own id.")


def _scale(scale: Scale, ladder: type[IntEnum], where: str) -> Iterator[Finding]:
    bands = [(name, scale.bands[name]) for name in ladder.__members__ if name in scale.bands]
    for (lower, below), (upper, above) in pairwise(bands):
        if above.start <= below.start:
            yield Finding(
                where,
                f"{upper} begins at {above.start}, not above {lower} at {below.start}",
                "A graver step must begin at a higher number.",
            )
        elif below.below != above.start:
            kind = "a gap" if below.below is not None and below.below < above.start else "an overlap"
            yield Finding(
                where,
                f"{kind} between {lower} (below {below.below}) and {upper} (from {above.start})",
                "Let each band end where the next begins.",
            )
    name, top = bands[-1]
    if top.below is not None:
        yield Finding(
            where,
            f"{name} ends at {top.below} with nothing above it",
            "Leave out “below” in the highest band: what is graver is never milder.",
        )
