"""Bulletins: what is known, what is not, what is done, what to do; approved by a second person."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Line, Page, Prose, Texts, Word, page
from tocsin.packs.publishing import Product
from tocsin.spine.people.enums import Power
from tocsin.stages.communication.bulletins import actions, queries
from tocsin.stages.communication.bulletins.content import BulletinContent, Statement
from tocsin.stages.communication.bulletins.enums import BULLETIN_LIFE, BulletinKind, BulletinState
from tocsin.stages.communication.bulletins.models import Bulletin

room = Room("bulletins")


class BulletinOut(Schema):
    """A bulletin. `number` counts the published ones of its series."""

    id: UUID
    incident_id: UUID | None
    series: str
    number: int | None
    kind: BulletinKind
    product: Product
    hazard: str
    issuer: dict[str, str]
    title: dict[str, str]
    content: dict[str, Any]
    corrects_id: UUID | None
    state: BulletinState
    drafted_by: str
    edited_by: str
    submitted_by: str
    approved_by: str
    word: str
    published_at: datetime | None
    moves: list[str]

    @staticmethod
    def resolve_moves(row: Bulletin) -> list[str]:
        return list(BULLETIN_LIFE.open_to(BulletinState(row.state)))


class StatementForm(Schema):
    """Something said to be so, by whom, and whether it was checked."""

    text: Texts
    source: Line
    verified: bool


class BulletinForm(Schema):
    """What a bulletin says."""

    title: Texts
    known: Annotated[list[StatementForm], Field(max_length=200)]
    unknown: Texts | None = None
    done: Texts | None = None
    advice: Texts | None = None

    def content(self) -> BulletinContent:
        """The content as the stage knows it."""
        return BulletinContent(
            title=self.title,
            known=tuple(Statement(said.text, said.source, said.verified) for said in self.known),
            unknown=self.unknown or {},
            done=self.done or {},
            advice=self.advice or {},
        )


class BulletinIn(Word):
    """A bulletin to draft; one that is relayed names its issuer."""

    hazard: Code
    content: BulletinForm
    product: Product = Product.FACTS
    kind: BulletinKind = BulletinKind.OWN
    issuer: Texts | None = None
    incident: UUID | None = None


class ContentIn(Word):
    """What the bulletin says now."""

    content: BulletinForm


class CorrectionIn(Schema):
    """What is right; `word`, which the public reads, is what was wrong."""

    content: BulletinForm | None = None
    word: Prose


@room.look("/bulletins", Page[BulletinOut])
def list_bulletins(
    request: Asked,
    state: BulletinState | None = None,
    incident: UUID | None = None,
    before: UUID | None = None,
    limit: Limit = 50,
) -> Any:
    """Bulletins, the newest first."""
    return page(queries.bulletins(state=state, incident=incident, before=before, limit=limit), limit, "id")


@room.look("/bulletins/{bulletin}", BulletinOut)
def get(request: Asked, bulletin: UUID) -> Any:
    """One bulletin."""
    return queries.bulletin(bulletin)


@room.change("/bulletins", BulletinOut, Power.BULLETIN_DRAFT)
def draft(request: Asked, body: BulletinIn) -> Any:
    """Drafts a bulletin."""
    return actions.draft(
        act=act_of(request, body.word),
        hazard=body.hazard,
        content=body.content.content(),
        product=body.product,
        kind=body.kind,
        issuer=body.issuer,
        incident=body.incident,
    )


@room.change("/bulletins/{bulletin}/revise", BulletinOut, Power.BULLETIN_DRAFT)
def revise(request: Asked, bulletin: UUID, body: ContentIn) -> Any:
    """Changes a draft."""
    return actions.revise(act=act_of(request, body.word), bulletin=bulletin, content=body.content.content())


@room.change("/bulletins/{bulletin}/submit", BulletinOut, Power.BULLETIN_DRAFT)
def submit(request: Asked, bulletin: UUID, body: Word) -> Any:
    """Gives a draft to a second person."""
    return actions.submit(act=act_of(request, body.word), bulletin=bulletin)


@room.change("/bulletins/{bulletin}/approve", BulletinOut, Power.BULLETIN_APPROVE)
def approve(request: Asked, bulletin: UUID, body: Word) -> Any:
    """Approves and publishes; never by whoever drafted, edited or submitted it."""
    return actions.approve(act=act_of(request, body.word), bulletin=bulletin)


@room.change("/bulletins/{bulletin}/return", BulletinOut, Power.BULLETIN_APPROVE)
def return_(request: Asked, bulletin: UUID, body: Word) -> Any:
    """Returns it, with a word of why."""
    return actions.return_(act=act_of(request, body.word), bulletin=bulletin)


@room.change("/bulletins/{bulletin}/discard", BulletinOut, Power.BULLETIN_DRAFT)
def discard(request: Asked, bulletin: UUID, body: Word) -> Any:
    """Throws a draft away, with a word of why."""
    return actions.discard(act=act_of(request, body.word), bulletin=bulletin)


@room.change("/bulletins/{bulletin}/correct", BulletinOut, Power.BULLETIN_DRAFT)
def correct(request: Asked, bulletin: UUID, body: CorrectionIn) -> Any:
    """Drafts the public correction of a published bulletin."""
    content = body.content.content() if body.content else None
    return actions.correct(act=act_of(request, body.word), bulletin=bulletin, content=content)
