"""Incidents: the thing that all the rest hangs on."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Page, Prose, Texts, When, Word, page
from tocsin.kernel.errors import Malformed
from tocsin.kernel.ladders import IncidentGrade
from tocsin.spine.incidents import actions, queries
from tocsin.spine.incidents.enums import INCIDENT_LIFE, IncidentState
from tocsin.spine.incidents.models import Incident
from tocsin.spine.people.enums import Power
from tocsin.spine.places.queries import active_pack

room = Room("incidents")


class IncidentOut(Schema):
    """An incident. `grade` counts from 1 (ordinary) to 4; none: not judged yet."""

    id: UUID
    number: str
    title: dict[str, str]
    kind: str
    grade: int | None
    state: IncidentState
    areas: list[str]
    situation_id: UUID | None
    drill: bool
    facts: dict[str, Any]
    occurred_at: datetime | None
    opened_at: datetime
    ended_at: datetime | None
    closed_at: datetime | None
    moves: list[str]

    @staticmethod
    def resolve_moves(row: Incident) -> list[str]:
        return list(INCIDENT_LIFE.open_to(IncidentState(row.state)))


class IncidentIn(Word):
    """What has to be said to open an incident."""

    kind: Code
    title: Texts
    areas: list[Code] = []
    situation: UUID | None = None
    occurred_at: When | None = None
    facts: dict[Code, Any] = {}


class GradeIn(Word):
    """A grade as its name in the ladder, with the facts and the reasons it rests on."""

    grade: str
    facts: dict[Code, Any] = {}
    reasons: list[Prose] = []


@room.look("/incidents", Page[IncidentOut])
def list_incidents(
    request: Asked, state: IncidentState | None = None, before: When | None = None, limit: Limit = 50
) -> Any:
    """Incidents, the newest first."""
    return page(queries.incidents(state=state, before=before, limit=limit), limit, "opened_at")


@room.look("/incidents/{incident}", IncidentOut)
def get(request: Asked, incident: UUID) -> Any:
    """One incident."""
    return queries.incident(incident)


@room.change("/incidents", IncidentOut, Power.INCIDENT_OPEN)
def open_incident(request: Asked, body: IncidentIn) -> Any:
    """Opens an incident of a kind that the pack knows."""
    _check_kind(body.kind)
    return actions.open_incident(
        act=act_of(request, body.word),
        kind=body.kind,
        title=body.title,
        areas=body.areas,
        situation=body.situation,
        occurred_at=body.occurred_at,
        facts=body.facts,
    )


@room.change("/incidents/{incident}/grade", IncidentOut, Power.INCIDENT_GRADE)
def grade(request: Asked, incident: UUID, body: GradeIn) -> Any:
    """Sets the grade by what is known now; every earlier grade stays in the journal."""
    return actions.regrade(
        act=act_of(request, body.word),
        incident=incident,
        grade=_grade(body.grade),
        facts=body.facts,
        reasons=body.reasons,
    )


@room.change("/incidents/{incident}/end", IncidentOut, Power.INCIDENT_CLOSE)
def end(request: Asked, incident: UUID, body: Word) -> Any:
    """Ends the response; the review begins."""
    return actions.end(act=act_of(request, body.word), incident=incident)


@room.change("/incidents/{incident}/reopen", IncidentOut, Power.INCIDENT_OPEN)
def reopen(request: Asked, incident: UUID, body: Word) -> Any:
    """Takes up an ended incident again, with a word of why."""
    return actions.reopen(act=act_of(request, body.word), incident=incident)


@room.change("/incidents/{incident}/close", IncidentOut, Power.INCIDENT_CLOSE)
def close(request: Asked, incident: UUID, body: Word) -> Any:
    """Closes an incident for good, after its review."""
    return actions.close(act=act_of(request, body.word), incident=incident)


def _check_kind(kind: str) -> None:
    if kind not in active_pack().kinds:
        raise Malformed(
            "incident.kind",
            "This desk knows no kind of event “{kind}”.",
            cure="Choose one of the pack's kinds.",
            where="kind",
            kind=kind,
        )


def _grade(name: str) -> IncidentGrade:
    if name not in IncidentGrade.__members__:
        raise Malformed(
            "incident.grade",
            "“{grade}” is no grade.",
            cure="Choose one of: {grades}.",
            where="grade",
            grade=name,
            grades=", ".join(IncidentGrade.__members__),
        )
    return IncidentGrade[name]
