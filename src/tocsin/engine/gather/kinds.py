"""Which kinds go together: the ambulance's 'vehicle accident' and the fire brigade's 'vehicle fire' may be
one event, a 'vehicle accident' and a 'stroke' hardly.

A kind belongs to the families whose telling words it holds; two kinds with a family in common are kin. A kind
without any family says nothing for or against. The family of persons is special: each of its reports is about
one person, so two of them at one address (a home for the elderly) are two events more often than one. What a
fire company does for others (help, an investigation, a landing helicopter) belongs to several families.

The table is a start for calls in English; another dispatch centre hands over its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.kernel.errors import Malformed

AT_MOST = 60
PERSONS = "persons"
FAMILIES: Mapping[str, tuple[str, ...]] = {
    PERSONS: (
        "emergency",
        "medical",
        "special service",
        "investigation",
        "helicopter landing",
        "gas",
        "carbon monoxide",
        "pain",
        "injury",
        "victim",
        "syncopal",
        "seizure",
        "weakness",
        "hemorrhag",
        "mental status",
        "unresponsive",
        "unconscious",
        "overdose",
        "stroke",
        "nausea",
        "dizziness",
        "fever",
        "allergic",
        "fracture",
        "laceration",
        "choking",
        "maternity",
        "dehydration",
        "poisoning",
        "bite",
        "amputation",
        "stabbing",
        "shooting",
    ),
    "road": (
        "vehicle accident",
        "vehicle fire",
        "leaking fuel",
        "disabled vehicle",
        "road obstruction",
        "road conditions",
        "debris",
        "fire police",
        "helicopter landing",
        "rescue",
        "special service",
        "investigation",
    ),
    "fire": ("fire", "burn", "electrocution", "smoke", "explosion"),
    "gas": ("gas", "carbon monoxide", "hazardous material", "poisoning", "leaking fuel"),
}
"""Family: words of which one must stand in the kind."""


@dataclass(frozen=True, eq=False)
class Kinds:
    """Families of kinds, a bit for each in their order, the lowest being the first."""

    families: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        if len(self.families) > AT_MOST:
            raise Malformed(
                "gather.families",
                "{count} families of kinds",
                cure="Name at most 60 families.",
                where="families",
                count=len(self.families),
            )

    def of(self, kind: str) -> int:
        """The sum of the bits of the families of a kind; 0 if it has none."""
        lower = kind.lower()
        return sum(
            1 << bit
            for bit, words in enumerate(self.families.values())
            if any(word in lower for word in words)
        )

    @property
    def persons(self) -> int:
        """The bit of the family of persons; 0 if there is none."""
        return 1 << list(self.families).index(PERSONS) if PERSONS in self.families else 0


DEFAULT = Kinds(FAMILIES)
