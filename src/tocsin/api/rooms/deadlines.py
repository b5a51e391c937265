"""Deadlines: what is due, what is late, where it climbed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from tocsin.api.caller import Asked
from tocsin.api.room import Room
from tocsin.api.words import Limit, When
from tocsin.spine.clocks import queries
from tocsin.spine.clocks.enums import DeadlineState

room = Room("deadlines")


class DeadlineOut(Schema):
    """A deadline. `verified` tells how well its rule is verified: text, copy, memory; empty: a plan's own."""

    id: UUID
    subject: str
    rule: str
    name: dict[str, str]
    source: str
    verified: str
    incident_id: UUID | None
    owner: str
    started_at: datetime
    due_at: datetime
    state: DeadlineState
    met_at: datetime | None
    escalated: int
    escalated_to: str


@room.look("/deadlines", list[DeadlineOut])
def list_deadlines(
    request: Asked,
    incident: UUID | None = None,
    open_only: bool = False,
    until: When | None = None,
    limit: Limit = 200,
) -> Any:
    """Deadlines, the next due first; `until` leaves out what is due later."""
    return queries.deadlines(incident=incident, open_only=open_only, until=until, limit=limit)
