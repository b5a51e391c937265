"""What grading answers: the grade, how each part of the table reads, and what could still change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from tocsin.kernel.ladders import IncidentGrade, ResponseLevel
from tocsin.packs.rows import Text, Verified

S = TypeVar("S", IncidentGrade, ResponseLevel)


@dataclass(frozen=True)
class Weighed:
    """One condition against what is known: the sum of `counts` lies from `low` to `high` (None: open)."""

    counts: tuple[str, ...]
    threshold: Decimal
    low: Decimal
    high: Decimal | None

    @property
    def met(self) -> bool:
        """Whether it holds for sure. A threshold of 0 still needs something to be known: that an event
        has at least no deaths says nothing.
        """
        return self.low >= self.threshold and (self.low > 0 or self.high is not None)

    @property
    def possible(self) -> bool:
        """Whether it holds, or may turn out to hold."""
        return self.high is None or self.high >= self.threshold


@dataclass(frozen=True)
class Reading(Generic[S]):
    """How one part of the table (a scale or a limb) reads.

    `step` is what it gives for sure, None where it gives nothing yet; `ceiling` is the highest it may
    turn out to give. `conditions` are those of `step`, or where it gives nothing those it waits for.
    """

    part: str
    step: S | None
    ceiling: S | None
    conditions: tuple[Weighed, ...]
    source: str
    verified: Verified
    text: Text
    note: Text


@dataclass(frozen=True)
class Need:
    """One condition that is not met yet: the sum of `counts` would have to reach `threshold`.

    `alone` says for each fact of which more may be learned the number that would do it alone; it is
    empty where only several together can.
    """

    counts: tuple[str, ...]
    threshold: Decimal
    alone: Mapping[str, Decimal]


@dataclass(frozen=True)
class Opening(Generic[S]):
    """What would raise the result to `step`: all of `needs`."""

    step: S
    part: str
    needs: tuple[Need, ...]
    source: str
    verified: Verified


@dataclass(frozen=True)
class Verdict(Generic[S]):
    """The answer of one table.

    `step` is what is sure (None: nothing known suffices), `ceiling` what it may rise to as facts come.
    """

    table: str
    step: S | None
    ceiling: S | None
    readings: tuple[Reading[S], ...]
    openings: tuple[Opening[S], ...]
    unused: tuple[str, ...]
    """Facts that were given and that this table does not ask for."""

    @property
    def grade(self) -> S | None:
        """The step, under the name that one says for an event."""
        return self.step

    @property
    def decisive(self) -> tuple[Reading[S], ...]:
        """The readings that give the step: of all criteria the highest decides."""
        return tuple(r for r in self.readings if self.step is not None and r.step == self.step)

    @property
    def unverified(self) -> bool:
        """Whether the step rests on no part that was read in the legal text itself."""
        return self.step is not None and not any(
            reading.verified is Verified.TEXT for reading in self.decisive
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts of which more could raise the step, in the table's order."""
        names = [name for o in self.openings for need in o.needs for name in need.counts]
        return tuple(dict.fromkeys(names))
