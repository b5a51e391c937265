"""What the record shows by itself: one short function for each kind of finding.

Pure; reads the ordered entries and the table of deadlines that `drawing` has made of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.stages.recovery.reviews.enums import FindingKind, Pattern
from tocsin.stages.recovery.reviews.records import ClockLine, DrawnFinding, Outcome, Seen, Spans, Statistics


@dataclass(frozen=True)
class Record:
    """All that a finding may rest on."""

    entries: Sequence[Seen]
    clocks: Sequence[ClockLine]
    statistics: Statistics
    spans: Spans

    def of(self, *kinds: str) -> list[Seen]:
        """The entries of some kinds, in their order."""
        return [entry for entry in self.entries if entry.kind in kinds]


Findings = Iterator[DrawnFinding]


def find(
    entries: Sequence[Seen], clocks: Sequence[ClockLine], statistics: Statistics, spans: Spans
) -> Findings:
    """All findings, by kind in a fixed order and within a kind by time."""
    record = Record(entries, clocks, statistics, spans)
    for finder in FINDERS:
        yield from finder(record)


def _missed(record: Record) -> Findings:
    for line in record.clocks:
        if line.outcome is Outcome.MISSED:
            facts = {**_clock(line), "due": line.due}
            yield DrawnFinding(FindingKind.CLOCK_MISSED, Pattern.CLOCK_MISSED, facts, _about(record, line))


def _late(record: Record) -> Findings:
    for line in record.clocks:
        if line.late is not None:
            facts = {**_clock(line), "due": line.due, "met": line.met, "minutes": -(-line.late // 60)}
            yield DrawnFinding(FindingKind.CLOCK_LATE, Pattern.CLOCK_LATE, facts, _about(record, line))


def _kept(record: Record) -> Findings:
    counted = record.statistics
    ended = counted.kept + counted.late + counted.missed
    if ended:
        facts = {"met": counted.kept, "ended": ended}
        yield DrawnFinding(FindingKind.CLOCK_MET, Pattern.CLOCKS_KEPT, facts)


def _escalated(record: Record) -> Findings:
    for line in record.clocks:
        climbs = [e for e in record.of("clock.escalated") if e.facts.get("deadline") == line.deadline]
        if climbs:
            facts = {**_clock(line), "times": len(climbs), "to": climbs[-1].facts["to"]}
            entries = tuple(climb.seq for climb in climbs)
            yield DrawnFinding(FindingKind.ESCALATION, Pattern.ESCALATED, facts, entries)


def _clock(line: ClockLine) -> dict[str, Any]:
    return {"name": line.name, "owner": line.owner, "rule": line.rule, "source": line.source}


def _about(record: Record, line: ClockLine) -> tuple[int, ...]:
    return tuple(
        entry.seq
        for entry in record.of("clock.missed", "clock.met_late")
        if entry.facts.get("deadline") == line.deadline
    )


def _changed(record: Record) -> Findings:
    return _proposals(record, "proposal.changed", FindingKind.OVERRIDE, Pattern.PROPOSAL_CHANGED)


def _refused(record: Record) -> Findings:
    return _proposals(record, "proposal.refused", FindingKind.REFUSAL, Pattern.PROPOSAL_REFUSED)


def _proposals(record: Record, kind: str, finding: FindingKind, pattern: Pattern) -> Findings:
    made = {entry.facts.get("proposal"): entry for entry in record.of("proposal.made")}
    for entry in record.of(kind):
        proposal = made.get(entry.facts.get("proposal"))
        facts = {
            "title": proposal.facts.get("title", {}) if proposal else entry.facts.get("rule", ""),
            "rule": entry.facts.get("rule", ""),
            "who": entry.actor,
            "word": entry.word,
            "decision": entry.facts.get("decision"),
        }
        yield DrawnFinding(finding, pattern, facts, ((proposal.seq,) if proposal else ()) + (entry.seq,))


def _unanswered(record: Record) -> Findings:
    """Orders are given to posts; those without an answer in the record never gave one."""
    answered = {
        (entry.facts.get("order"), entry.facts.get("post"))
        for entry in record.of("order.acknowledged", "order.declined")
    }
    for given in record.of("order.given"):
        for post in given.facts.get("to", ()):
            if (given.facts.get("order"), post) not in answered:
                facts = {"post": post, "number": given.facts.get("number"), "text": given.facts.get("text")}
                yield DrawnFinding(FindingKind.GAP, Pattern.ORDER_UNANSWERED, facts, (given.seq,))


def _declined(record: Record) -> Findings:
    for entry in record.of("order.declined"):
        facts = {name: entry.facts.get(name) for name in ("post", "number", "text")}
        yield DrawnFinding(
            FindingKind.GAP, Pattern.ORDER_DECLINED, {**facts, "word": entry.word}, (entry.seq,)
        )


def _warned_ahead(record: Record) -> Findings:
    incident, warning = record.spans.to_incident, record.spans.to_warning
    if incident is not None and warning is not None and warning < incident:
        facts = {"minutes": (incident - warning) // 60}
        seq = record.of("alert.published")[0].seq
        yield DrawnFinding(FindingKind.WORKED, Pattern.WARNED_AHEAD, facts, (seq,))


FINDERS: tuple[Callable[[Record], Findings], ...] = (
    _missed,
    _late,
    _kept,
    _changed,
    _refused,
    _escalated,
    _unanswered,
    _declined,
    _warned_ahead,
)
