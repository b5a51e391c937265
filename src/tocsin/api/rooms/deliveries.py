"""The outbox: which channel has which message, and what a person must decide."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Limit, Page, Word, page
from tocsin.spine.people.enums import Power
from tocsin.stages.communication.delivery import actions, queries
from tocsin.stages.communication.delivery.enums import DELIVERY_LIFE, DeliveryState
from tocsin.stages.communication.delivery.models import Delivery

room = Room("deliveries")


class DeliveryOut(Schema):
    """A message on its way to one channel; `subject` is the alert or bulletin."""

    id: UUID
    kind: str
    subject: UUID
    channel: str
    state: DeliveryState
    attempts: int
    sent_at: datetime | None
    receipt: str
    reason: str
    moves: list[str]

    @staticmethod
    def resolve_kind(row: Delivery) -> str:
        return row.message.kind

    @staticmethod
    def resolve_subject(row: Delivery) -> UUID:
        return row.message.subject

    @staticmethod
    def resolve_moves(row: Delivery) -> list[str]:
        open_moves = DELIVERY_LIFE.open_to(DeliveryState(row.state))
        return [move for move in open_moves if move in ("resend", "settle")]


@room.look("/deliveries", Page[DeliveryOut])
def list_deliveries(
    request: Asked,
    subject: UUID | None = None,
    state: DeliveryState | None = None,
    before: UUID | None = None,
    limit: Limit = 100,
) -> Any:
    """Deliveries, the newest first."""
    rows = queries.deliveries(subject=subject, state=state, before=before, limit=limit)
    return page(rows, limit, "id")


@room.change("/deliveries/{delivery}/resend", DeliveryOut, Power.ALERT_APPROVE)
def resend(request: Asked, delivery: UUID, body: Word) -> Any:
    """Lets a message be sent again that is perhaps sent, or was given up; with a word of why."""
    return actions.resend(act=act_of(request, body.word), delivery=delivery)


@room.change("/deliveries/{delivery}/settle", DeliveryOut, Power.ALERT_APPROVE)
def settle(request: Asked, delivery: UUID, body: Word) -> Any:
    """Says that the channel has the message, with a word of how one knows."""
    return actions.settle(act=act_of(request, body.word), delivery=delivery)
