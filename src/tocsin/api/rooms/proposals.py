"""What the machine proposes, and what people make of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Prose, Word
from tocsin.spine.incidents import actions, queries
from tocsin.spine.incidents.enums import PROPOSAL_LIFE, ProposalKind, ProposalState
from tocsin.spine.incidents.models import Proposal
from tocsin.spine.people.enums import Power

room = Room("proposals")


class ProposalOut(Schema):
    """A proposal. `offer` is what signing it does, `decision` the offer as it was signed."""

    id: UUID
    kind: ProposalKind
    subject: str
    incident_id: UUID | None
    title: dict[str, str]
    reasons: list[dict[str, str]]
    rule: str
    source: str
    offer: dict[str, Any]
    decision: dict[str, Any] | None
    state: ProposalState
    made_at: datetime
    decided_at: datetime | None
    decided_by: str
    word: str
    moves: list[str]

    @staticmethod
    def resolve_moves(row: Proposal) -> list[str]:
        return list(PROPOSAL_LIFE.open_to(ProposalState(row.state)))


class ChangesIn(Schema):
    """What is signed differently from the offer, and why."""

    changes: dict[Code, Any]
    word: Prose


@room.look("/proposals", list[ProposalOut])
def list_proposals(
    request: Asked,
    state: ProposalState | None = None,
    incident: UUID | None = None,
    limit: Limit = 50,
) -> Any:
    """Proposals, the newest first."""
    return queries.proposals(incident=incident, state=state, limit=limit)


@room.look("/proposals/{proposal}", ProposalOut)
def get(request: Asked, proposal: UUID) -> Any:
    """One proposal."""
    return queries.proposal(proposal)


@room.change("/proposals/{proposal}/sign", ProposalOut, Power.PROPOSAL_DECIDE)
def sign(request: Asked, proposal: UUID, body: Word) -> Any:
    """Agrees to it as it stands."""
    return actions.sign(act=act_of(request, body.word), proposal=proposal)


@room.change("/proposals/{proposal}/change", ProposalOut, Power.PROPOSAL_DECIDE)
def change(request: Asked, proposal: UUID, body: ChangesIn) -> Any:
    """Agrees to it with changes, and a word of why."""
    return actions.sign(act=act_of(request, body.word), proposal=proposal, changes=body.changes)


@room.change("/proposals/{proposal}/refuse", ProposalOut, Power.PROPOSAL_DECIDE)
def refuse(request: Asked, proposal: UUID, body: Word) -> Any:
    """Refuses it, with a word of why."""
    return actions.refuse(act=act_of(request, body.word), proposal=proposal)
