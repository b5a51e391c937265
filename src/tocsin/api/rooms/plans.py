"""Plans as versioned documents: read, linted, drafted by one person, approved by another."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Line, Page, Prose, Word, page
from tocsin.spine.people.enums import Power
from tocsin.spine.places.queries import active_pack
from tocsin.stages.readiness.plans import actions, queries
from tocsin.stages.readiness.plans.document import parse
from tocsin.stages.readiness.plans.enums import VERSION_LIFE, VersionState
from tocsin.stages.readiness.plans.lint import lint as findings_of
from tocsin.stages.readiness.plans.models import PlanVersion

room = Room("plans")
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
PlanText = Annotated[str, StringConstraints(min_length=1, max_length=500_000)]


class PlanOut(Schema):
    """A plan by its code."""

    code: str
    title: dict[str, str]
    hazards: list[str]


class VersionOut(Schema):
    """One version, without its text. `shipped`: it came with the pack, no person here wrote it."""

    id: UUID
    plan: str
    number: int
    state: VersionState
    shipped: bool
    author: str
    approver: str
    drafted_at: datetime
    approved_at: datetime | None
    superseded_at: datetime | None
    filed_at: datetime | None
    review_due: datetime | None
    reason: str
    basis: UUID | None
    moves: list[str]

    @staticmethod
    def resolve_plan(row: PlanVersion) -> str:
        return str(row.plan_id)

    @staticmethod
    def resolve_moves(row: PlanVersion) -> list[str]:
        return list(VERSION_LIFE.open_to(VersionState(row.state)))


class VersionWhole(VersionOut):
    """One version with its text, which is the plan."""

    text: str


class FindingOut(Schema):
    """One thing to mend in a plan: where, what, how."""

    where: str
    what: str
    cure: str


class TextIn(Schema):
    """A plan's text."""

    text: PlanText


class DraftIn(Word):
    """A new version: its text, why it is written, and the corrective action that asked for it."""

    text: PlanText
    reason: Prose
    basis: UUID | None = None


class ReviseIn(Word):
    """The text of a draft."""

    text: PlanText


class FiledIn(Word):
    """With which office a plan was filed."""

    to: Line


@room.look("/plans", list[PlanOut])
def list_plans(request: Asked) -> Any:
    """All plans."""
    return queries.plans()


@room.look("/plans/{plan}/versions", Page[VersionOut])
def list_versions(request: Asked, plan: Code, before: Number | None = None, limit: Limit = 50) -> Any:
    """The versions of a plan, the newest first."""
    queries.plan(plan)
    return page(queries.versions(plan, before=before, limit=limit), limit, "number")


@room.look("/plans/{plan}/versions/{number}", VersionWhole)
def get_version(request: Asked, plan: Code, number: Number) -> Any:
    """One version with its text."""
    return queries.numbered(plan, number)


@room.change("/plans/lint", list[FindingOut], Power.PLAN_DRAFT)
def lint(request: Asked, body: TextIn) -> Any:
    """Reads a plan's text and tells all that must be mended; keeps nothing."""
    return findings_of(parse(body.text), active_pack())


@room.change("/plans", VersionWhole, Power.PLAN_DRAFT)
def draft(request: Asked, body: DraftIn) -> Any:
    """Drafts a new version of the plan that the text names."""
    return actions.draft(act=act_of(request, body.word), text=body.text, reason=body.reason, basis=body.basis)


@room.change("/versions/{version}/revise", VersionWhole, Power.PLAN_DRAFT)
def revise(request: Asked, version: UUID, body: ReviseIn) -> Any:
    """Rewrites a draft; whoever does so is its author from now on."""
    return actions.revise(act=act_of(request, body.word), version=version, text=body.text)


@room.change("/versions/{version}/submit", VersionOut, Power.PLAN_DRAFT)
def submit(request: Asked, version: UUID, body: Word) -> Any:
    """Hands a draft to whoever approves it."""
    return actions.submit(act=act_of(request, body.word), version=version)


@room.change("/versions/{version}/approve", VersionOut, Power.PLAN_APPROVE)
def approve(request: Asked, version: UUID, body: Word) -> Any:
    """Puts a submitted version into force; never by its author."""
    return actions.approve(act=act_of(request, body.word), version=version)


@room.change("/versions/{version}/return", VersionOut, Power.PLAN_APPROVE)
def return_(request: Asked, version: UUID, body: Word) -> Any:
    """Sends a submitted version back to its author, with a word of why."""
    return actions.return_(act=act_of(request, body.word), version=version)


@room.change("/versions/{version}/file", VersionOut, Power.PLAN_DRAFT)
def file(request: Asked, version: UUID, body: FiledIn) -> Any:
    """A version in force was filed, as the law asks: it meets that duty."""
    return actions.file_plan(act=act_of(request, body.word), version=version, to=body.to)


@room.change("/versions/{version}/withdraw", VersionOut, Power.PLAN_DRAFT)
def withdraw(request: Asked, version: UUID, body: Word) -> Any:
    """Takes a draft or a submitted version back, with a word of why."""
    return actions.withdraw(act=act_of(request, body.word), version=version)
