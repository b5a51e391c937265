"""An ended incident is reviewed: the record draws the review, people say what it means.

When the review is closed, so is the incident, in the name of whoever closed the review.
"""

from collections.abc import Iterator
from uuid import UUID

from tocsin.flows.acting import act_of
from tocsin.flows.hearing import hears
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.instants import Instant
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.incidents import actions as incidents
from tocsin.spine.incidents.models import Incident
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.models import Entry
from tocsin.spine.journal.queries import entries
from tocsin.stages.recovery.reviews import actions as reviews
from tocsin.stages.recovery.reviews.drawing import draw
from tocsin.stages.recovery.reviews.records import Clock, Drawn, Seen
from tocsin.stages.reduction.situations.queries import situation

BEFORE = ("proposal.made", "proposal.signed", "proposal.changed", "proposal.refused", "proposal.withdrawn")
"""Entries on the desk's chain that lead to an incident before it has a chain of its own."""


@hears("incident.ended")
def open_review(entry: Entry) -> None:
    """Opens the review with what the record shows."""
    incident = incident_by_id(UUID(entry.chain))
    act = Act(machine("review"), Instant(entry.at))
    reviews.open_review(act=act, incident=incident.id, drawn=drawn(incident))


@hears("review.closed")
def close_incident(entry: Entry) -> None:
    """Closes the incident behind a closed review."""
    incidents.close(act=act_of(entry), incident=UUID(entry.chain))


def drawn(incident: Incident) -> Drawn:
    """The review of an incident as the journal draws it now."""
    seen = [_seen(entry) for entry in (*_chain(str(incident.id)), *_before(incident))]
    clocks = [
        Clock(
            id=str(row.id),
            subject=row.subject,
            rule=row.rule,
            name=row.name,
            owner=row.owner,
            started_at=Instant(row.started_at),
            due_at=Instant(row.due_at),
            state=row.state,
            met_at=Instant(row.met_at) if row.met_at else None,
            escalated=row.escalated,
            source=row.source,
        )
        for row in deadlines(incident=incident.id, limit=10_000)
    ]
    return draw(entries=seen, clocks=clocks, first_signal=_first_signal(incident))


def _chain(chain: str) -> Iterator[Entry]:
    after = 0
    while page := entries(chain=chain, after=after, limit=1000):
        yield from page
        after = page[-1].seq


def _before(incident: Incident) -> Iterator[Entry]:
    subject = f"situation:{incident.situation_id}"
    for entry in entries(chain=DESK, kinds=BEFORE, limit=100_000):
        if entry.facts["subject"] == subject:
            yield entry


def _first_signal(incident: Incident) -> Instant | None:
    if incident.situation_id is None:
        return None
    return Instant(situation(incident.situation_id).opened_at)


def _seen(entry: Entry) -> Seen:
    return Seen(
        seq=entry.seq,
        at=Instant(entry.at),
        kind=entry.kind,
        actor=entry.actor_name,
        actor_kind=entry.actor_kind,
        word=entry.word,
        facts=entry.facts,
    )
