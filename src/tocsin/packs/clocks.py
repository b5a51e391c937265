"""Statutory clocks: what starts one, by when which duty is due, from whom to whom.

The events that start a clock are the pack's own words for what happens in the house; the flows know
which entry of the journal each of them is. A clock `by-hand` is started by a person, since the house
can't see its event.
"""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from enum import StrEnum

from tocsin.kernel.instants import Instant
from tocsin.packs.durations import Duration
from tocsin.packs.kinds import Kind, covers
from tocsin.packs.rows import Rule, Text
from tocsin.packs.steps import GradeName
from tocsin.packs.tables import Table


class Event(StrEnum):
    """What may start or stop a clock."""

    SITUATION_OPENED = "situation.opened"
    SITUATION_CLOSED = "situation.closed"
    INCIDENT_OPENED = "incident.opened"
    INCIDENT_GRADED = "incident.graded"
    INCIDENT_CLOSED = "incident.closed"
    CASUALTIES_CHANGED = "casualties.changed"
    ALERT_PUBLISHED = "alert.published"
    ALERT_CANCELLED = "alert.cancelled"
    RESPONSE_ACTIVATED = "response.activated"
    RESPONSE_ENDED = "response.ended"
    ORDER_ISSUED = "order.issued"
    REPORT_SENT = "report.sent"
    BULLETIN_PUBLISHED = "bulletin.published"
    REVIEW_CLOSED = "review.closed"
    PLAN_APPROVED = "plan.approved"
    PLAN_DRILLED = "plan.drilled"
    BY_HAND = "by-hand"


class Days(StrEnum):
    """Which days a deadline counts."""

    CALENDAR = "calendar"
    WORKING = "working"


IMMEDIATELY = "immediately"
PROMPTLY = "promptly"
WORDS = (IMMEDIATELY, PROMPTLY)
"""Deadlines that the law tells in words. How long the house waits before it calls such a duty late
is local policy: the pack's `patience`.
"""


class ClockRule(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One duty with a deadline."""

    starts: Event
    within: str
    """`immediately`, `promptly`, or an ISO 8601 duration."""
    days: Days = Days.CALENDAR
    met: Event = Event.BY_HAND
    """What shows that the duty is done; `by-hand`: a person says so."""
    repeats: str = ""
    """ISO 8601 duration after which it is due again, until `until` (None: for good); empty: once."""
    until: Event | None = None
    by: Text
    to: Text
    does: Text
    kinds: tuple[str, ...] = ()
    """The kinds of event it holds for; none named: all."""
    grades: tuple[GradeName, ...] = ()
    """`IncidentGrade` names it holds for; none named: all, also ungraded."""
    states: tuple[str, ...] = ()
    """What the report or notice must state."""

    def __post_init__(self) -> None:
        if self.within not in WORDS:
            Duration.parse(self.within)
        if self.repeats:
            Duration.parse(self.repeats)


TABLE = Table("clocks", ClockRule)


def started_by(
    rules: Mapping[str, ClockRule],
    kinds: Mapping[str, Kind],
    event: Event,
    kind: str,
    grade: str | None = None,
) -> Iterator[ClockRule]:
    """The clocks that `event` starts for an event of this kind and `IncidentGrade` name, if graded."""
    for rule in rules.values():
        graded = not rule.grades or grade in rule.grades
        if rule.starts is event and graded and covers(kinds, rule.kinds, kind):
            yield rule


def due(rule: ClockRule, start: Instant, zone: tzinfo, patience: Mapping[str, str]) -> Instant:
    """When the duty that began at `start` is due; `patience` turns the law's words into durations."""
    within = Duration.parse(patience.get(rule.within, rule.within))
    return within.after(start, zone, working=rule.days is Days.WORKING)


def due_again(rule: ClockRule, last: Instant, zone: tzinfo) -> Instant | None:
    """When a repeating duty that was due at `last` is due next; None where it is due once."""
    return Duration.parse(rule.repeats).after(last, zone) if rule.repeats else None
