"""Putting a message into the outbox, and carrying it to each channel at most once.

A delivery is leased, then marked `sending` in a transaction of its own, and only then handed to the
channel. Whatever is killed at whatever moment, the row says how far it had come: a lease that ran out
before `sending` is simply leased again; one that ran out in `sending` is asked about, and where the
channel can't tell, a person decides. `lease` is a token, so that a
worker that wakes up late can't speak for a delivery that is no longer its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import Instant, after
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.communication.delivery.enums import (
    ATTEMPTS,
    BACKOFF,
    DELIVERY_LIFE,
    LEASE,
    READY,
    DeliveryState,
)
from tocsin.stages.communication.delivery.models import Delivery, Outgoing
from tocsin.stages.communication.delivery.queries import delivery as delivery_by_id
from tocsin.stages.communication.ports import Broadcaster, Receipt

BATCH = 50


@transaction.atomic
def enqueue(
    *,
    kind: str,
    subject: UUID,
    incident: UUID | None,
    title: Mapping[str, str],
    text: Mapping[str, str],
    sent_at: Instant,
    exercise: bool,
    cap_xml: str = "",
) -> Outgoing:
    """Writes a message into the outbox, in the transaction of the action that publishes it. The languages of
    `title` are shown in its order.
    """
    return Outgoing.objects.create(
        kind=kind,
        subject=subject,
        incident_id=incident,
        languages=list(title),
        title=dict(title),
        text=dict(text),
        cap_xml=cap_xml,
        sent_at=sent_at,
        exercise=exercise,
    )


@transaction.atomic
def fan_out(*, channels: Iterable[Broadcaster], now: Instant, limit: int = BATCH) -> int:
    """Gives each new message a delivery for each channel; an exercise gets none to a live channel.

    Returns how many messages were new. A channel added later does not get what was published before.
    """
    reach = list(channels)
    fresh = list(
        Outgoing.objects.select_for_update(skip_locked=True).filter(fanned=False).order_by("id")[:limit]
    )
    Delivery.objects.bulk_create(
        Delivery(
            message=message,
            channel=channel.name,
            key=f"{message.kind}-{message.subject}-{channel.name}",
            next_try_at=now,
        )
        for message in fresh
        for channel in reach
        if not (message.exercise and channel.live)
    )
    Outgoing.objects.filter(id__in=[message.id for message in fresh]).update(fanned=True)
    return len(fresh)


@transaction.atomic
def lease(*, channels: Sequence[str], now: Instant, limit: int = BATCH) -> list[Delivery]:
    """Takes what is due on these channels, the oldest first, for `LEASE`; `now` is the machine's time."""
    due = _unleased(now).filter(channel__in=channels, state__in=READY, next_try_at__lte=now)
    return _take(due.order_by("id")[:limit], now)


@transaction.atomic
def orphans(*, channels: Sequence[str], now: Instant, limit: int = BATCH) -> list[Delivery]:
    """Takes what was being sent when its worker died."""
    left = _unleased(now).filter(channel__in=channels, state=DeliveryState.SENDING)
    return _take(left.order_by("id")[:limit], now)


def _unleased(now: Instant) -> "QuerySet[Delivery]":
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.select_related("message").filter(free)


def _take(rows: Iterable[Delivery], now: Instant) -> list[Delivery]:
    taken = list(rows)
    for row in taken:
        if row.state != DeliveryState.SENDING:
            row.state = DELIVERY_LIFE.after(DeliveryState(row.state), "lease")
        row.lease, row.lease_until = uuid7(), after(now, LEASE)
    Delivery.objects.bulk_update(taken, ["state", "lease", "lease_until"])
    return taken


@transaction.atomic
def begin(*, leased: Delivery, now: Instant) -> Delivery | None:
    """Writes down that the message is about to leave, before it does. None where the lease was lost."""
    row = _held(leased)
    if row is None:
        return None
    row.state = DELIVERY_LIFE.after(DeliveryState(row.state), "begin")
    row.attempts += 1
    row.lease_until = after(now, LEASE)
    row.save(update_fields=["state", "attempts", "lease_until"])
    return row


def _held(leased: Delivery) -> Delivery | None:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("message")
    return rows.filter(id=leased.id, lease=leased.lease).first()


@transaction.atomic
def confirm(*, act: Act, delivery: UUID, receipt: Receipt) -> Delivery:
    """The channel has it, and its word counts wherever the row stands. What is sent stays as it was."""
    row = _locked(delivery)
    if row.state == DeliveryState.SENT:
        return row
    row.sent_at, row.receipt = act.at, receipt.note[:2000]
    return _move(act, row, "confirm", "delivery.sent")


@transaction.atomic
def fail(*, act: Act, leased: Delivery, reason: str, now: Instant) -> Delivery | None:
    """The channel surely does not have it: tried again after a while, given up after `ATTEMPTS`. None where
    the lease was lost: then it is no longer this worker's to tell.
    """
    row = _held(leased)
    if row is None:
        return None
    row.reason = reason[:2000]
    if row.attempts >= ATTEMPTS:
        return _move(act, row, "die", "delivery.dead", reason=row.reason)
    row.next_try_at = after(now, BACKOFF[min(row.attempts, len(BACKOFF)) - 1])
    return _move(act, row, "fail", "")


@transaction.atomic
def doubt(*, act: Act, leased: Delivery, reason: str) -> Delivery | None:
    """Nobody can say whether the channel has it: it waits for a person. None where the lease was lost."""
    row = _held(leased)
    if row is None:
        return None
    row.reason = reason[:2000]
    return _move(act, row, "doubt", "delivery.uncertain", reason=row.reason)


@transaction.atomic
def resend(*, act: Act, delivery: UUID) -> Delivery:
    """A person lets it be sent again, with a word of why."""
    demand(act.by, Power.ALERT_APPROVE)
    require_word(act)
    row = _locked(delivery)
    row.attempts = 0
    return _move(act, row, "resend", "delivery.resent")


@transaction.atomic
def settle(*, act: Act, delivery: UUID) -> Delivery:
    """A person found that the channel has it, or reached its readers otherwise; with a word of why."""
    demand(act.by, Power.ALERT_APPROVE)
    require_word(act)
    row = _locked(delivery)
    row.sent_at, row.receipt = act.at, act.word
    return _move(act, row, "settle", "delivery.settled")


def _locked(key: UUID) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("message")
    return rows.filter(id=key).first() or delivery_by_id(key)


def _move(act: Act, row: Delivery, move: str, kind: str, **more: Any) -> Delivery:
    row.state = DELIVERY_LIFE.after(DeliveryState(row.state), move)
    row.lease = row.lease_until = None
    row.save()
    if kind:
        body = {
            "delivery": str(row.id),
            "channel": row.channel,
            "kind": row.message.kind,
            "subject": str(row.message.subject),
            "attempts": row.attempts,
        }
        incident = row.message.incident_id
        append(chain=str(incident) if incident else DESK, kind=kind, act=act, body={**body, **more})
    return row
