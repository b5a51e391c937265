"""Which of many messages are in force at an instant, in whatever order they came.

A message m of type Alert or Update stands, at an instant t, as the first of these that holds:

    (1) ahead       m was sent after t
    (2) cancelled   some Cancel c, sent in (m.sent, t], names m
    (3) superseded  some Update u, sent in (m.sent, t], names m
    (4) expired     every info of m has an expires, and none of them is after t
    (5) in force    else

where "names" is a reference of §3.2.1 by a message of the same sender and the same status: a stranger can't
end a warning, and an exercise can't end a real one. A Cancel, Ack or Error informs about others and is itself
never in force (spent).

Since only later messages end earlier ones, nothing can end itself, directly or around a circle. What ended
stays so: the Cancel of an update does not bring back what the update replaced. Where the message that ended m
is missing from those given, m still stands: absence of data is no all-clear. A reference that can't be read
ends nothing, and none beside it is lost.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tocsin.engine.cap.complaints import complain, malformed
from tocsin.engine.cap.enums import MsgType, Status
from tocsin.engine.cap.records import Alert
from tocsin.engine.cap.references import Reference, parse, reference_to
from tocsin.kernel.errors import Malformed


class State(StrEnum):
    """How a message stands at an instant."""

    AHEAD = "ahead"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    SPENT = "spent"


class Standing(NamedTuple):
    """How one message stands, and the earliest message that brought it there."""

    state: State
    by: Reference | None = None


class _End(NamedTuple):
    sent: datetime
    by: Reference


_Ended = tuple[Reference, Status, MsgType]


def standings(alerts: Sequence[Alert], at: datetime) -> tuple[Standing, ...]:
    """How each of the alerts stands at that instant, in their order. O(messages + references).

    Raises `Malformed` (cap.time) for a naive instant.
    """
    if at.tzinfo is None:
        raise malformed(complain("cap.time", "at", at.isoformat()))
    ends = _ends(alerts, at)
    return tuple(_standing(alert, ends, at) for alert in alerts)


def in_force(alerts: Sequence[Alert], at: datetime) -> tuple[Alert, ...]:
    """Those of the alerts that are in force at that instant, in their order, doubles once."""
    standing = zip(alerts, standings(alerts, at), strict=True)
    return tuple(dict.fromkeys(alert for alert, (state, _) in standing if state is State.IN_FORCE))


def _standing(alert: Alert, ends: Mapping[_Ended, _End], at: datetime) -> Standing:
    if alert.msg_type not in (MsgType.ALERT, MsgType.UPDATE):
        return Standing(State.SPENT)
    name = reference_to(alert)
    if name.sent > at:
        return Standing(State.AHEAD)  # (1)
    if end := ends.get((name, alert.status, MsgType.CANCEL)):
        return Standing(State.CANCELLED, end.by)  # (2)
    if end := ends.get((name, alert.status, MsgType.UPDATE)):
        return Standing(State.SUPERSEDED, end.by)  # (3)
    if alert.info and all(info.expires is not None and info.expires <= at for info in alert.info):
        return Standing(State.EXPIRED)  # (4)
    return Standing(State.IN_FORCE)  # (5)


def _ends(alerts: Iterable[Alert], at: datetime) -> dict[_Ended, _End]:
    """Of every message named by a later Update or Cancel of its own sender, the earliest, sent by then."""
    found: dict[_Ended, _End] = {}
    for alert in alerts:
        end = _End(alert.sent, reference_to(alert))
        if alert.msg_type in (MsgType.UPDATE, MsgType.CANCEL) and end.by.sent <= at:
            for name in _named(alert):
                if name.sender == alert.sender and name.sent < end.by.sent:
                    key = (name, alert.status, alert.msg_type)
                    found[key] = min(found.get(key, end), end)
    return found


def _named(alert: Alert) -> Iterator[Reference]:
    for part in alert.references.split():
        try:
            yield from parse(part)
        except Malformed:
            continue
