"""One step of the worker's loop: what is in the outbox goes to its channels, at most once to each.

A kill can fall between any two lines here. Before `begin` nothing has left, and the lease runs out; after
it the row says `sending`, and the next worker settles it by what the channel can promise (see the port).
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from tocsin.kernel.actors import Act, machine
from tocsin.kernel.instants import Instant
from tocsin.spine.clocks.queries import timepiece
from tocsin.stages.communication.delivery import actions
from tocsin.stages.communication.delivery.models import Delivery
from tocsin.stages.communication.ports import Broadcaster, Message, NotSent, Receipt, Unsure
from tocsin.stages.communication.wording import in_order

log = logging.getLogger(__name__)
STOPPED = "The sender stopped while it was sending, and the channel can't tell whether it has the message."


@dataclass(frozen=True)
class Running:
    """The machine's time from `since` on: a batch of slow channels must not live in its first second."""

    since: Instant
    started: float = field(default_factory=time.monotonic)

    def now(self) -> Instant:
        return Instant(self.since + timedelta(seconds=time.monotonic() - self.started))


def send_due(channels: Sequence[Broadcaster], *, now: Instant) -> int:
    """Sends what is due; `now` is the machine's time. Returns how many deliveries were taken up."""
    clock, by_name = Running(now), {channel.name: channel for channel in channels}
    actions.fan_out(channels=channels, now=now)
    left = actions.orphans(channels=list(by_name), now=now)
    for delivery in left:
        _settle(by_name[delivery.channel], delivery, clock)
    due = actions.lease(channels=list(by_name), now=clock.now())
    for delivery in due:
        _send(by_name[delivery.channel], delivery, clock)
    return len(left) + len(due)


def _settle(channel: Broadcaster, orphan: Delivery, clock: Running) -> None:
    receipt = channel.already_has(orphan.key) if channel.can_tell else None
    if receipt is not None:
        actions.confirm(act=_act(), delivery=orphan.id, receipt=receipt)
    elif channel.can_tell or channel.idempotent:
        _send(channel, orphan, clock)
    else:
        actions.doubt(act=_act(), leased=orphan, reason=STOPPED)


def _send(channel: Broadcaster, leased: Delivery, clock: Running) -> None:
    begun = actions.begin(leased=leased, now=clock.now())
    if begun is None:
        return
    try:
        receipt = _hand_over(channel, message_of(begun))
    except NotSent as refusal:
        actions.fail(act=_act(), leased=begun, reason=str(refusal), now=clock.now())
    except Unsure as doubt:
        _unsure(channel, begun, str(doubt), clock)
    except Exception as fault:  # whatever a channel stumbles over, it may have the message
        log.exception("channel %s", channel.name)
        _unsure(channel, begun, type(fault).__name__, clock)  # its text may quote an address with a secret
    else:
        actions.confirm(act=_act(), delivery=begun.id, receipt=receipt)


def _hand_over(channel: Broadcaster, message: Message) -> Receipt:
    if message.exercise and channel.live:
        raise NotSent("An exercise never goes to a live channel.")
    return channel.send(message)


def _unsure(channel: Broadcaster, begun: Delivery, reason: str, clock: Running) -> None:
    if channel.idempotent:
        actions.fail(act=_act(), leased=begun, reason=reason, now=clock.now())
    else:
        actions.doubt(act=_act(), leased=begun, reason=reason)


def _act() -> Act:
    return Act(machine("delivery"), timepiece().now())


def message_of(delivery: Delivery) -> Message:
    """The message of a delivery, as a channel is given it."""
    held = delivery.message
    return Message(
        key=delivery.key,
        kind=held.kind,
        subject=held.subject,
        title=in_order(held.title, held.languages),
        text=in_order(held.text, held.languages),
        sent_at=Instant(held.sent_at),
        exercise=held.exercise,
        cap_xml=held.cap_xml,
    )
