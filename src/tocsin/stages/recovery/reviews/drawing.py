"""Drawing a review from the record: the timeline, the deadlines, and what they show.

Pure and deterministic: the same entries and deadlines, in any order, give the same review. It judges
nobody: it says what was late, what was refused and why, what was never answered. What it means is for
the people who write the review.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import median_low
from typing import Any

from tocsin.kernel.instants import Instant, iso
from tocsin.stages.recovery.reviews.findings import find
from tocsin.stages.recovery.reviews.records import (
    Category,
    Clock,
    ClockLine,
    Drawn,
    Moment,
    Outcome,
    Seen,
    Spans,
    Statistics,
)

LANES: Mapping[str, Category] = {
    "signal": Category.SIGNAL,
    "situation": Category.SIGNAL,
    "proposal": Category.DECISION,
    "decision": Category.DECISION,
    "incident": Category.DECISION,
    "response": Category.RESPONSE,
    "task": Category.RESPONSE,
    "order": Category.RESPONSE,
    "need": Category.RESPONSE,
    "alert": Category.WARNING,
    "bulletin": Category.WARNING,
    "report": Category.REPORT,
    "clock": Category.LATENESS,
}
"""Which lane a room's entries stand in; the entries of other rooms are not on the timeline."""

QUIET = frozenset(
    {
        "clock.started",
        "clock.met",
        "clock.cancelled",
        "task.accepted",
        "need.supplied",
        "report.drafted",
        "report.revised",
        "alert.drafted",
        "alert.revised",
        "bulletin.drafted",
        "bulletin.revised",
    }
)
"""Steps on the way; the timeline shows where they led."""

WARNED = "alert.published"
LABELS = ("title", "name", "text", "matter", "what")


def draw(*, entries: Sequence[Seen], clocks: Sequence[Clock], first_signal: Instant | None = None) -> Drawn:
    """The review of one incident.

    `entries` are those of the incident's chain and those before it that led there (signals, the
    proposal to open it). `first_signal`: when the first signal came, where it is not among them.
    """
    ordered = sorted({entry.seq: entry for entry in entries}.values(), key=lambda e: (e.at, e.seq))
    missed = {entry.facts.get("deadline") for entry in ordered if entry.kind == "clock.missed"}
    lines = tuple(_line(clock, missed) for clock in sorted(clocks, key=lambda c: (c.due_at, c.id)))
    spans = _spans(ordered, first_signal)
    statistics = _statistics(lines)
    return Drawn(
        timeline=tuple(_timeline(ordered)),
        clocks=lines,
        statistics=statistics,
        spans=spans,
        findings=tuple(find(ordered, lines, statistics, spans)),
    )


def _timeline(entries: Iterable[Seen]) -> Iterable[Moment]:
    for entry in entries:
        category = LANES.get(entry.kind.partition(".")[0])
        if category is not None and entry.kind not in QUIET:
            yield Moment(
                seq=entry.seq,
                at=iso(entry.at),
                kind=entry.kind,
                category=category,
                actor=entry.actor,
                actor_kind=entry.actor_kind,
                word=entry.word,
                label=_label(entry.facts),
            )


def _label(facts: Mapping[str, Any]) -> dict[str, str]:
    for name in LABELS:
        text = facts.get(name)
        if isinstance(text, dict):
            return text
        if isinstance(text, str) and text:
            return {"und": text}
    return {}


def _line(clock: Clock, missed: set[str | None]) -> ClockLine:
    outcome = _outcome(clock, missed)
    late = outcome is Outcome.LATE and clock.met_at is not None
    return ClockLine(
        deadline=clock.id,
        subject=clock.subject,
        rule=clock.rule,
        name=dict(clock.name),
        owner=clock.owner,
        due=iso(clock.due_at),
        met=iso(clock.met_at) if clock.met_at else None,
        outcome=outcome,
        late=_seconds(clock.due_at, clock.met_at) if late else None,
        escalated=clock.escalated,
        source=clock.source,
    )


_OUTCOMES = {
    "met": Outcome.KEPT,
    "met_late": Outcome.LATE,
    "missed": Outcome.MISSED,
    "running": Outcome.RUNNING,
}


def _outcome(clock: Clock, missed: set[str | None]) -> Outcome:
    """What was missed and then called off stays missed: calling off mends nothing."""
    if clock.state == "cancelled":
        return Outcome.MISSED if clock.id in missed else Outcome.CALLED_OFF
    return _OUTCOMES[clock.state]


def _statistics(lines: Sequence[ClockLine]) -> Statistics:
    count = Counter(line.outcome for line in lines)
    late = [line.late for line in lines if line.late is not None]
    return Statistics(
        kept=count[Outcome.KEPT],
        late=count[Outcome.LATE],
        missed=count[Outcome.MISSED],
        called_off=count[Outcome.CALLED_OFF],
        running=count[Outcome.RUNNING],
        median_late=median_low(late) if late else None,
    )


def _spans(entries: Sequence[Seen], first_signal: Instant | None) -> Spans:
    signals = (entry.at for entry in entries if LANES.get(entry.kind.partition(".")[0]) is Category.SIGNAL)
    start = first_signal or next(signals, None)
    return Spans(
        to_incident=_seconds(start, _first(entries, "incident.opened")),
        to_activation=_seconds(start, _first(entries, "response.activated")),
        to_warning=_seconds(start, _first(entries, WARNED)),
    )


def _first(entries: Iterable[Seen], kind: str) -> Instant | None:
    """`entries` are in order."""
    return next((entry.at for entry in entries if entry.kind == kind), None)


def _seconds(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else int((end - start).total_seconds())
