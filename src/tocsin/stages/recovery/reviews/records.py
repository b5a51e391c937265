"""What the drawing of a review reads and gives: frozen records, no database.

`Seen` is an entry of the journal and `Clock` a deadline, as plain data. `Drawn` is the review as far as
it writes itself.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from tocsin.kernel.instants import Instant
from tocsin.stages.recovery.reviews.enums import FindingKind, Pattern

Text = Mapping[str, str]


@dataclass(frozen=True)
class Seen:
    """One entry of the journal."""

    seq: int
    at: Instant
    kind: str
    actor: str
    actor_kind: str
    word: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Clock:
    """One deadline; `state` in the clocks' own words: running, missed, met, met_late, cancelled."""

    id: str
    subject: str
    rule: str
    name: Text
    owner: str
    started_at: Instant
    due_at: Instant
    state: str
    met_at: Instant | None = None
    escalated: int = 0
    source: str = ""


class Category(StrEnum):
    """The lanes of the timeline."""

    SIGNAL = "signal"
    DECISION = "decision"
    RESPONSE = "response"
    WARNING = "warning"
    REPORT = "report"
    LATENESS = "lateness"


class Outcome(StrEnum):
    """How a deadline came out. `called_off`: cancelled before it was due, or not seen as missed."""

    KEPT = "kept"
    LATE = "late"
    MISSED = "missed"
    CALLED_OFF = "called_off"
    RUNNING = "running"


@dataclass(frozen=True)
class Moment:
    """A line of the timeline. `label` is the text by language that the entry bears, if any."""

    seq: int
    at: str
    kind: str
    category: Category
    actor: str
    actor_kind: str
    word: str
    label: Text


@dataclass(frozen=True)
class ClockLine:
    """A line of the table of deadlines; times as ISO 8601; `late` in seconds, None unless it was late."""

    deadline: str
    subject: str
    rule: str
    name: Text
    owner: str
    due: str
    met: str | None
    outcome: Outcome
    late: int | None
    escalated: int
    source: str


@dataclass(frozen=True)
class Statistics:
    """How many deadlines came out how; the median of the lateness of those met late, in seconds."""

    kept: int
    late: int
    missed: int
    called_off: int
    running: int
    median_late: int | None


@dataclass(frozen=True)
class Spans:
    """Seconds from the first signal; None where either end is not on the record."""

    to_incident: int | None
    to_activation: int | None
    to_warning: int | None


@dataclass(frozen=True)
class DrawnFinding:
    """A finding with the facts of its sentence and the entries (`seq`) that it rests on."""

    kind: FindingKind
    pattern: Pattern
    facts: Mapping[str, Any]
    entries: tuple[int, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A review as far as it writes itself."""

    timeline: tuple[Moment, ...]
    clocks: tuple[ClockLine, ...]
    statistics: Statistics
    spans: Spans
    findings: tuple[DrawnFinding, ...]

    def plain(self) -> dict[str, Any]:
        """As JSON, without the findings, which have rows of their own."""
        return {
            "timeline": [asdict(moment) for moment in self.timeline],
            "clocks": [asdict(line) for line in self.clocks],
            "statistics": asdict(self.statistics),
            "spans": asdict(self.spans),
        }
