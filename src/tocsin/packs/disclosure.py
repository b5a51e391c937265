"""What the public must be told at once, and how often the rest is looked at again.

Below the step from which something is told at once it can't silently drop out of sight: it is
re-assessed on a clock, at the interval of its step.
"""

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from tocsin.kernel.ladders import IncidentGrade, WarningLevel
from tocsin.packs.durations import Duration
from tocsin.packs.kinds import Kind, covers
from tocsin.packs.rows import Rule
from tocsin.packs.steps import GradeName, WarningName
from tocsin.packs.tables import Table


class Ladder(StrEnum):
    """The ladder that a disclosure rule reads."""

    WARNING = "warning"
    INCIDENT = "incident"

    @property
    def steps(self) -> Mapping[str, IntEnum]:
        """Its steps by name, from the mildest."""
        return {"warning": WarningLevel, "incident": IncidentGrade}[self].__members__


class Disclosure(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From the step `at_once` on the public is told at once; below it, `reassess` says when to look again."""

    ladder: Ladder
    kinds: tuple[str, ...] = ()
    at_once: GradeName | WarningName
    reassess: dict[GradeName | WarningName, str] = {}
    """Step below `at_once` to an ISO 8601 duration."""
    stepless: str
    """The duration for what has no step yet: an ungraded incident, a signal without a colour."""

    def __post_init__(self) -> None:
        for span in (self.stepless, *self.reassess.values()):
            Duration.parse(span)
        steps = tuple(self.ladder.steps)
        below = steps[: steps.index(self.at_once)] if self.at_once in steps else ()
        if self.at_once not in steps or set(self.reassess) != set(below):
            raise ValueError(
                f"reassess must name each step of the {self.ladder} ladder below at_once, no other"
            )

    def interval(self, step: str | None) -> Duration | None:
        """How long until something at `step` is looked at again; None where it is told at once."""
        spans = [span for name, span in self.reassess.items() if name == step]
        if step is None:
            spans = [self.stepless]
        return Duration.parse(spans[0]) if spans else None


TABLE = Table("disclosure", Disclosure)


def for_kind(
    rules: Mapping[str, Disclosure], kinds: Mapping[str, Kind], ladder: Ladder, kind: str
) -> Disclosure | None:
    """The rule for this kind of event: the last one in the pack that covers it, so that an exception
    stands below its rule.
    """
    found = [r for r in rules.values() if r.ladder is ladder and covers(kinds, r.kinds, kind)]
    return found[-1] if found else None
