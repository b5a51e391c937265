"""A link between two reports, why it is drawn, and the candidate incident that links make.

A reason carries its weight (natural logarithm of how much likelier the agreement is within one event than
between two) and what it was drawn from. A weight below zero speaks against the link and is told all the same.
"""

from dataclasses import dataclass
from math import exp

from tocsin.engine.gather.reports import Report

AGREEMENT = ("", "other names", "both at", "the one within the other at", "same place")
"""The levels of names of `evidence`, in words."""


@dataclass(frozen=True, slots=True)
class Where:
    """`metres` is what their positions are apart for certain, None if they can't tell; `shared` names, and
    how well the names agree (a level of `evidence`)."""

    weight: float
    metres: float | None
    shared: tuple[str, ...]
    agreement: int

    def __str__(self) -> str:
        apart = "" if self.metres is None else f"{self.metres:.0f} m apart"
        names = f"{AGREEMENT[self.agreement]} {' & '.join(self.shared)}".strip()
        return ", ".join(part for part in (names, apart) if part) or "places can't be compared"


@dataclass(frozen=True, slots=True)
class When:
    """`seconds` between them."""

    weight: float
    seconds: float

    def __str__(self) -> str:
        return f"{self.seconds / 60:.0f} min apart" if self.seconds >= 60 else f"{self.seconds:.0f} s apart"


@dataclass(frozen=True, slots=True)
class What:
    """Kinds of both, and their channels."""

    weight: float
    kinds: tuple[str, str]
    channels: tuple[str, str]

    def __str__(self) -> str:
        ours, theirs = (
            f"{channel} {kind}".strip() or "unknown"
            for channel, kind in zip(self.channels, self.kinds, strict=True)
        )
        return f"{ours} ~ {theirs}"


@dataclass(frozen=True, slots=True)
class Words:
    """Telling words that both texts hold."""

    weight: float
    shared: tuple[str, ...]

    def __str__(self) -> str:
        return f"words {', '.join(self.shared)}" if self.shared else "no word shared"


@dataclass(frozen=True, slots=True)
class Said:
    """A person said that they belong together; nothing outweighs it."""

    by: str
    why: str
    weight: float = float("inf")

    def __str__(self) -> str:
        return f"{self.by or 'a person'}: {self.why}" if self.why else f"said by {self.by or 'a person'}"


Reason = Where | When | What | Words | Said


@dataclass(frozen=True, slots=True)
class Link:
    """Ids of both, the older first; the probability that both are one event; why, strongest first."""

    a: str
    b: str
    confidence: float
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return f"{self.a} - {self.b} {self.confidence:.3f}: {'; '.join(map(str, self.reasons))}"


@dataclass(frozen=True, slots=True)
class Group:
    """A candidate incident: every report of it in order of time, and the links within it.

    `late`: its one report came too late to be compared with others.
    """

    reports: tuple[Report, ...]
    links: tuple[Link, ...] = ()
    late: bool = False

    @property
    def id(self) -> str:
        """The id of its first report."""
        return self.reports[0].id

    @property
    def confidence(self) -> float:
        """The strongest link of the report whose strongest is the weakest; 1 for a report alone, of which
        nothing is claimed."""
        if len(self.reports) == 1:
            return 1.0
        best = dict.fromkeys((report.id for report in self.reports), 0.0)
        for link in self.links:
            for end in (link.a, link.b):
                best[end] = max(best[end], link.confidence)
        return min(best.values())


def confidence(weight: float) -> float:
    """Equation (3) of `evidence`."""
    return 1.0 / (1.0 + exp(-weight)) if weight > -700.0 else 0.0
