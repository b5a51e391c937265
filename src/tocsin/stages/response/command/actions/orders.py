"""Orders, and the answers that posts give to them.

An answer may also be “no”, with a word of why: an order that can't be carried out must be known at once.
Either answer stops the clock; only silence climbs the roster.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, after, iso
from tocsin.spine.clocks.actions import cancel, meet, start
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand, demand_post
from tocsin.stages.response.command.actions.ground import (
    journal,
    lock_open,
    next_number,
    require_posts,
)
from tocsin.stages.response.command.enums import RECEIPT_LIFE, ClockRule, ReceiptState
from tocsin.stages.response.command.models import Activation, Order, OrderReceipt
from tocsin.stages.response.command.planned import PlannedOrder, Text
from tocsin.stages.response.command.queries import receipt as receipt_by_id


@transaction.atomic
def give_order(
    *, act: Act, incident: UUID, text: Text, to: Sequence[str], acknowledge_within: timedelta
) -> Order:
    """Gives an order to posts; each must acknowledge it within the span. Raises `Malformed` without any."""
    demand(act.by, Power.ORDER_GIVE)
    lock_open(incident)
    if not to or not any(text.values()):
        raise Malformed(
            "order.empty",
            "An order needs a text and somebody who gets it.",
            cure="Write what is to be done and choose at least one post.",
            where="to" if not to else "text",
        )
    require_posts(to)
    return write_order(act, incident, None, PlannedOrder("", text, tuple(to), acknowledge_within))


def write_order(act: Act, incident: UUID, activation: Activation | None, planned: PlannedOrder) -> Order:
    """Writes one order with its receipts and their clocks; the incident is locked, the right asked for."""
    order = Order.objects.create(
        incident_id=incident,
        number=next_number(Order, incident),
        activation=activation,
        key=planned.key,
        text=dict(planned.text),
        issued_by=act.by.name,
        issued_at=act.at,
    )
    due, to = after(act.at, planned.acknowledge_within), list(dict.fromkeys(planned.to))
    body = {"order": str(order.id), "number": order.number, "key": order.key, "text": order.text}
    journal(act, "order.given", incident, **body, to=to, due=iso(due))
    for post in to:
        _await_answer(act, OrderReceipt.objects.create(order=order, post_id=post, due_at=due), due)
    return order


def _await_answer(act: Act, receipt: OrderReceipt, due: Instant) -> None:
    start(
        act=act,
        subject=receipt.subject,
        rule=ClockRule.ORDER,
        name=receipt.order.text,
        due=due,
        incident=receipt.order.incident_id,
        owner=receipt.post_id,
    )


@transaction.atomic
def acknowledge(*, act: Act, receipt: UUID) -> OrderReceipt:
    """A post has read the order and carries it out."""
    return _answer(act, receipt, "acknowledge", "order.acknowledged")


@transaction.atomic
def decline(*, act: Act, receipt: UUID) -> OrderReceipt:
    """A post can't carry the order out; the word says why."""
    return _answer(act, receipt, "decline", "order.declined")


def _answer(act: Act, key: UUID, move: str, kind: str) -> OrderReceipt:
    demand(act.by, Power.ORDER_ACKNOWLEDGE)
    locked = OrderReceipt.objects.select_for_update().filter(id=key).first() or receipt_by_id(key)
    demand_post(act.by, Power.ORDER_ACKNOWLEDGE, [locked.post_id])
    if move == "decline":
        require_word(act)
        locked.reason = act.word
    locked.answered_at, locked.answered_by = act.at, act.by.name
    meet(act=act, subject=locked.subject)
    return _move(act, locked, move, kind, reason=locked.reason)


def drop_receipt(act: Act, locked: OrderReceipt) -> OrderReceipt:
    """Gives up waiting for an answer; the receipt is locked already."""
    cancel(act=act, subject=locked.subject)
    return _move(act, locked, "lapse", "order.lapsed")


def _move(act: Act, receipt: OrderReceipt, move: str, kind: str, **more: Any) -> OrderReceipt:
    receipt.state = RECEIPT_LIFE.after(ReceiptState(receipt.state), move)
    receipt.save()
    order = receipt.order
    body = {"order": str(order.id), "number": order.number, "text": order.text, "receipt": str(receipt.id)}
    journal(act, kind, order.incident_id, **body, post=receipt.post_id, **more)
    return receipt
