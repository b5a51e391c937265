"""What the public must be told at once, and how often the rest is looked at again.

Below the step from which something is told at once it can't silently drop out of sight: it is
re-assessed on a clock, at the interval of its step.
"""

from collections.abc import Mapping
from enum import StrEnum

from tocsin.packs.durations import Duration
from tocsin.packs.kinds import Kind, covers
from tocsin.packs.rows import Rule
from tocsin.packs.tables import Table


class Ladder(StrEnum):
    """The ladder that a disclosure rule reads."""

    WARNING = "warning"
    INCIDENT = "incident"


class Disclosure(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From the step `at_once` on the public is told at once; below it, `reassess` says when to look again."""

    ladder: Ladder
    kinds: tuple[str, ...] = ()
    at_once: str
    reassess: dict[str, str] = {}
    """Step below `at_once` to an ISO 8601 duration."""
    stepless: str
    """The duration for what has no step yet: an ungraded incident, a signal without a colour."""

    def interval(self, step: str | None) -> Duration | None:
        """How long until something at `step` is looked at again; None where it is told at once."""
        span = self.stepless if step is None else self.reassess.get(step)
        return Duration.parse(span) if span else None


TABLE = Table("disclosure", Disclosure)


def for_kind(
    rules: Mapping[str, Disclosure], kinds: Mapping[str, Kind], ladder: Ladder, kind: str
) -> Disclosure | None:
    """The rule for this kind of event: the last one in the pack that covers it, so that an exception
    stands below its rule.
    """
    found = [r for r in rules.values() if r.ladder is ladder and covers(kinds, r.kinds, kind)]
    return found[-1] if found else None
