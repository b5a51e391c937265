"""When a source counts as silent. Pure.

Absence of data is not data: a feed that does not answer is told to the desk as such, with the rule by
which it was noticed and the instant from which it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.kernel.instants import Instant, after
from tocsin.packs.feeds import Silence


@dataclass(frozen=True)
class Silent:
    """Since when, and by which rule of the feed."""

    since: Instant
    reason: str


def silent(
    rule: Silence, *, now: Instant, last: Instant, in_force: bool, newer: Sequence[Instant]
) -> Silent | None:
    """Whether a feed that was last heard at `last` counts as silent at `now`.

    `in_force`: whether it then said that anything is in force. `newer`: when messages of its siblings
    came in that were issued after `last`.
    """
    due: list[Silent] = []
    spans = rule.spans
    if "unanswered" in spans and newer:
        due.append(Silent(after(min(newer), spans["unanswered"]), "unanswered"))
    if "in_force" in spans and in_force:
        due.append(Silent(after(last, spans["in_force"]), "in_force"))
    if "ever" in spans:
        due.append(Silent(after(last, spans["ever"]), "ever"))
    past = [one for one in due if one.since <= now]
    return min(past, key=lambda one: one.since) if past else None
