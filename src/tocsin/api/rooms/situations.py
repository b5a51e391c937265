"""Situations and the state of every place."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Limit, Page, When, Word, page
from tocsin.spine.clocks.queries import timepiece
from tocsin.spine.people.enums import Power
from tocsin.stages.reduction.situations import actions, queries
from tocsin.stages.reduction.situations.enums import SITUATION_LIFE, Basis, SituationState
from tocsin.stages.reduction.situations.models import Situation

room = Room("situations")


class SituationOut(Schema):
    """A situation. `level` is the highest in force now, from 1 (blue) to 4 (red)."""

    id: UUID
    kind: str
    state: SituationState
    in_force: bool
    level: int | None
    highest: int | None
    basis: Basis
    areas: list[str]
    evidence: list[UUID]
    opened_at: datetime
    changed_at: datetime
    assessed_at: datetime | None
    closed_at: datetime | None
    closing: dict[str, Any]
    moves: list[str]

    @staticmethod
    def resolve_moves(row: Situation) -> list[str]:
        return list(SITUATION_LIFE.open_to(SituationState(row.state)))


class WatchOut(Schema):
    """The state at an instant: each district and sea area, each place in it, each hazard in force with its
    level, since when, on which account and which messages; `messages` holds each message once, by its id.
    """

    at: datetime
    jurisdiction: dict[str, str]
    sources: list[dict[str, Any]]
    areas: list[dict[str, Any]]
    messages: dict[str, Any]


@room.look("/watch", WatchOut)
def watch_state(request: Asked, at: When | None = None) -> Any:
    """What is in force where, now or at any past instant, and what it rests on."""
    return queries.watch_state(at or timepiece().now())


@room.look("/situations", Page[SituationOut])
def list_situations(
    request: Asked,
    state: SituationState | None = None,
    before: UUID | None = None,
    limit: Limit = 50,
) -> Any:
    """Situations, the last opened first."""
    return page(queries.situations(state=state, before=before, limit=limit), limit, "id")


@room.look("/situations/{situation}", SituationOut)
def get(request: Asked, situation: UUID) -> Any:
    """One situation."""
    return queries.situation(situation)


@room.change("/situations/{situation}/assess", SituationOut, Power.SITUATION_ASSESS)
def assess(request: Asked, situation: UUID, body: Word) -> Any:
    """A person has looked at it again, with a word of what was seen."""
    return actions.assess(act=act_of(request, body.word), situation=queries.situation(situation))


@room.change("/situations/{situation}/close", SituationOut, Power.SITUATION_CLOSE)
def close(request: Asked, situation: UUID, body: Word) -> Any:
    """Closes a situation, with a word of why."""
    return actions.close(act=act_of(request, body.word), situation=queries.situation(situation))
