"""Deadlines as people read them: what many posts have to do by the same instant is one line.

An order to eleven districts starts eleven clocks. Each is met, missed and escalated for itself; as long as
they stand alike, a person reads them once, with the posts that are meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tocsin.spine.clocks.models import Deadline


@dataclass(frozen=True)
class Duty:
    """Deadlines that stand alike. `first` speaks for all of them; `owners` are their posts, in order."""

    first: Deadline
    owners: list[str] = field(default_factory=list)


def duties(deadlines: Iterable[Deadline]) -> list[Duty]:
    """The deadlines in their order, those that stand alike in the place of the first."""
    found: dict[tuple[object, ...], Duty] = {}
    for deadline in deadlines:
        duty = found.setdefault(_standing(deadline), Duty(deadline))
        if deadline.owner and deadline.owner not in duty.owners:
            duty.owners.append(deadline.owner)
    return list(found.values())


def _standing(deadline: Deadline) -> tuple[object, ...]:
    """What a reader is told of a deadline beside its owner."""
    name = tuple(sorted(deadline.name.items()))
    met = deadline.met_at and deadline.met_at.replace(second=0, microsecond=0)
    due = deadline.due_at.replace(second=0, microsecond=0)
    return name, deadline.incident_id, deadline.rule, due, deadline.state, met, deadline.escalated_to
