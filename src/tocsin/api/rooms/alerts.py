"""Alerts to the public: drafted by one person, approved by another, updated and cancelled with references."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field, StringConstraints

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Page, Texts, When, Word, page
from tocsin.kernel.errors import NotFound
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.publishing import Product
from tocsin.spine.people.enums import Power
from tocsin.stages.communication.alerts import actions, queries
from tocsin.stages.communication.alerts.content import Content, Issuer
from tocsin.stages.communication.alerts.enums import ALERT_LIFE, AlertKind, AlertState, MsgType
from tocsin.stages.communication.alerts.models import Alert

room = Room("alerts")
CAP = "application/cap+xml"


class AlertOut(Schema):
    """An alert. `level` counts from 1 (blue) to 4 (red); `word` says why it was returned."""

    id: UUID
    incident_id: UUID | None
    situation_id: UUID | None
    kind: AlertKind
    product: Product
    hazard: str
    level: int | None
    areas: list[str]
    headline: dict[str, str]
    description: dict[str, str]
    instruction: dict[str, str]
    starts_at: datetime
    expires_at: datetime
    sender: str
    sender_name: dict[str, str]
    msg_type: MsgType
    root_id: UUID | None
    previous_id: UUID | None
    state: AlertState
    drafted_by: str
    edited_by: str
    submitted_by: str
    approved_by: str
    word: str
    status: str
    identifier: str | None
    sent_at: datetime | None
    ended_at: datetime | None
    sha256: str
    moves: list[str]

    @staticmethod
    def resolve_moves(row: Alert) -> list[str]:
        return list(ALERT_LIFE.open_to(AlertState(row.state)))


class ContentForm(Schema):
    """What an alert says. `level` by its name: BLUE, YELLOW, ORANGE, RED."""

    level: Annotated[str, StringConstraints(pattern="^(BLUE|YELLOW|ORANGE|RED)$")] | None = None
    areas: Annotated[list[Code], Field(max_length=1000)]
    starts: When
    expires: When
    headline: Texts
    description: Texts
    instruction: Texts

    def content(self) -> Content:
        """The content as the stage knows it. Raises `Malformed` where it would end before it begins."""
        return Content(
            level=WarningLevel[self.level] if self.level else None,
            areas=tuple(self.areas),
            starts=self.starts,
            expires=self.expires,
            headline=self.headline,
            description=self.description,
            instruction=self.instruction,
        )


class IssuerForm(Schema):
    """In whose name an alert is relayed."""

    sender: Annotated[str, StringConstraints(pattern=r"^[^\s,<&]{1,200}$")]
    name: Texts


class AlertIn(Word):
    """An alert to draft; one that is relayed names its issuer."""

    hazard: Code
    content: ContentForm
    kind: AlertKind = AlertKind.OWN
    product: Product = Product.ALERT
    issuer: IssuerForm | None = None
    incident: UUID | None = None
    situation: UUID | None = None


class ContentIn(Word):
    """What the alert says now."""

    content: ContentForm


class NextIn(Word):
    """What the update or the cancellation says; without it, what the alert said."""

    content: ContentForm | None = None


@room.look("/alerts", Page[AlertOut])
def list_alerts(
    request: Asked,
    state: AlertState | None = None,
    incident: UUID | None = None,
    before: UUID | None = None,
    limit: Limit = 50,
) -> Any:
    """Alerts, the newest first."""
    return page(queries.alerts(state=state, incident=incident, before=before, limit=limit), limit, "id")


@room.look("/alerts/{alert}", AlertOut)
def get(request: Asked, alert: UUID) -> Any:
    """One alert."""
    return queries.alert(alert)


@room.look("/alerts/{alert}/chain", list[AlertOut])
def chain(request: Asked, alert: UUID) -> Any:
    """The alert with all its updates and its cancellation, the oldest first."""
    return queries.chain(alert)


@room.look(
    "/alerts/{alert}/cap",
    None,
    responses={200: {"description": "CAP 1.2", "content": {CAP: {"schema": {"type": "string"}}}}},
)
def cap(request: Asked, alert: UUID) -> Any:
    """The CAP 1.2 document exactly as it was published."""
    found = queries.alert(alert)
    if not found.cap_xml:
        raise NotFound("alert.unpublished", "This alert was not published.", cure="Approve it first.")
    return HttpResponse(found.cap_xml.encode(), content_type=CAP)


@room.change("/alerts", AlertOut, Power.ALERT_DRAFT)
def draft(request: Asked, body: AlertIn) -> Any:
    """Drafts an alert; the rule of who may publish what is asked at once."""
    issuer = body.issuer
    return actions.draft(
        act=act_of(request, body.word),
        hazard=body.hazard,
        content=body.content.content(),
        kind=body.kind,
        product=body.product,
        issuer=Issuer(issuer.sender, issuer.name) if issuer else None,
        incident=body.incident,
        situation=body.situation,
    )


@room.change("/alerts/{alert}/revise", AlertOut, Power.ALERT_DRAFT)
def revise(request: Asked, alert: UUID, body: ContentIn) -> Any:
    """Changes a draft."""
    return actions.revise(act=act_of(request, body.word), alert=alert, content=body.content.content())


@room.change("/alerts/{alert}/submit", AlertOut, Power.ALERT_DRAFT)
def submit(request: Asked, alert: UUID, body: Word) -> Any:
    """Gives a draft to a second person."""
    return actions.submit(act=act_of(request, body.word), alert=alert)


@room.change("/alerts/{alert}/approve", AlertOut, Power.ALERT_APPROVE)
def approve(request: Asked, alert: UUID, body: Word) -> Any:
    """Approves and publishes; never by whoever drafted, edited or submitted it."""
    return actions.approve(act=act_of(request, body.word), alert=alert)


@room.change("/alerts/{alert}/return", AlertOut, Power.ALERT_APPROVE)
def return_(request: Asked, alert: UUID, body: Word) -> Any:
    """Returns it, with a word of why."""
    return actions.return_(act=act_of(request, body.word), alert=alert)


@room.change("/alerts/{alert}/discard", AlertOut, Power.ALERT_DRAFT)
def discard(request: Asked, alert: UUID, body: Word) -> Any:
    """Throws a draft away, with a word of why."""
    return actions.discard(act=act_of(request, body.word), alert=alert)


@room.change("/alerts/{alert}/update", AlertOut, Power.ALERT_DRAFT)
def update(request: Asked, alert: UUID, body: NextIn) -> Any:
    """Drafts an update of an alert in force."""
    content = body.content.content() if body.content else None
    return actions.update(act=act_of(request, body.word), alert=alert, content=content)


@room.change("/alerts/{alert}/cancel", AlertOut, Power.ALERT_DRAFT)
def cancel(request: Asked, alert: UUID, body: NextIn) -> Any:
    """Drafts the cancellation of an alert in force, with a word of why."""
    content = body.content.content() if body.content else None
    return actions.cancel(act=act_of(request, body.word), alert=alert, content=content)
