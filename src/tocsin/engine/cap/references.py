"""Which messages a message is about: the chain that tells what an Update replaces and a Cancel ends.

A reference is "sender,identifier,sent" (§3.2.1). An update names the message before it and every one that
this one named, so that a receiver who missed some of the chain still knows all that has been superseded.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from tocsin.engine.cap.complaints import complain, malformed
from tocsin.engine.cap.enums import MsgType, ResponseType, Scope, Urgency
from tocsin.engine.cap.leaves import TIME, Unfit, stamp
from tocsin.engine.cap.records import Alert, Info
from tocsin.kernel.errors import Illegal


class Reference(NamedTuple):
    """The name of a message. Two spellings of one instant are one name."""

    sender: str
    identifier: str
    sent: datetime

    def __str__(self) -> str:
        """As it stands in a references element."""
        return f"{self.sender},{self.identifier},{stamp(self.sent)}"


def reference_to(alert: Alert) -> Reference:
    """The name under which others refer to this message."""
    return Reference(alert.sender, alert.identifier, alert.sent.replace(microsecond=0))


def parse(text: str) -> tuple[Reference, ...]:
    """The references in the order written. Raises `Malformed` (cap.references) at the first that is none."""
    return tuple(_one(part) for part in text.split())


def build(references: Iterable[Reference]) -> str:
    """The text of a references element, each name once, in the order given."""
    return " ".join(str(reference) for reference in dict.fromkeys(references))


def chain(alert: Alert) -> tuple[Reference, ...]:
    """Every message of the chain up to this one, this one last. Raises `Malformed` as `parse` does."""
    return tuple(dict.fromkeys((*parse(alert.references), reference_to(alert))))


def update_of(
    previous: Alert, *, identifier: str, sent: datetime, info: tuple[Info, ...], note: str = ""
) -> Alert:
    """The Update that supersedes `previous` and all before it, with new information.

    Sender, status, scope, addresses, codes and incidents stay; extras (a signature above all) do not.
    Raises `Malformed` (cap.later, cap.references), `Illegal` (cap.cancelled).
    """
    return _next(previous, MsgType.UPDATE, identifier, sent, info, note)


def cancel_of(
    previous: Alert,
    *,
    identifier: str,
    sent: datetime,
    info: tuple[Info, ...] | None = None,
    note: str = "",
) -> Alert:
    """The Cancel that ends `previous` and all before it.

    Where no information is given, that of `previous` is repeated as past and all clear, so that a receiver
    who never saw it can still tell what is over, and where. Raises as `update_of` does.
    """
    if info is None:
        info = tuple(
            replace(one, response_type=(ResponseType.ALL_CLEAR,), urgency=Urgency.PAST, extras=())
            for one in previous.info
        )
    return _next(previous, MsgType.CANCEL, identifier, sent, info, note)


def ack_of(received: Alert, *, identifier: str, sender: str, sent: datetime, note: str = "") -> Alert:
    """The Ack by which `sender` says that it has `received` the message and accepts it (§3.2.1, msgType).

    It goes to the one who sent the message, so it is Private and addressed to it; it has no information.
    Raises `Malformed` (cap.later for a time before the message's, cap.time).
    """
    return _answer(received, MsgType.ACK, identifier, sender, sent, note)


def error_of(received: Alert, *, identifier: str, sender: str, sent: datetime, note: str) -> Alert:
    """The Error by which `sender` says that it refuses the message, and in `note` why. Raises as `ack_of`
    does, and `Malformed` (cap.note.error) for an empty note.
    """
    if not note.strip():
        raise malformed(complain("cap.note.error", "/alert/note"))
    return _answer(received, MsgType.ERROR, identifier, sender, sent, note)


def _answer(
    received: Alert, msg_type: MsgType, identifier: str, sender: str, sent: datetime, note: str
) -> Alert:
    _aware(sent)
    if sent < received.sent:
        raise malformed(complain("cap.later", "/alert/sent", stamp(sent), stamp(received.sent)))
    return Alert(
        identifier=identifier,
        sender=sender,
        sent=sent,
        status=received.status,
        msg_type=msg_type,
        scope=Scope.PRIVATE,
        addresses=f'"{received.sender}"' if " " in received.sender else received.sender,
        note=note,
        references=str(reference_to(received)),
        incidents=received.incidents,
    )


def _aware(sent: datetime) -> None:
    if sent.tzinfo is None:
        raise malformed(complain("cap.time", "/alert/sent", sent.isoformat()))


def _next(
    previous: Alert, msg_type: MsgType, identifier: str, sent: datetime, info: tuple[Info, ...], note: str
) -> Alert:
    if previous.msg_type not in (MsgType.ALERT, MsgType.UPDATE):
        fault = complain("cap.cancelled", "/alert/msgType", previous.msg_type)
        raise Illegal(fault.code, fault.rule, cure=fault.cure, found=fault.found)
    _aware(sent)
    if sent <= previous.sent:
        raise malformed(complain("cap.later", "/alert/sent", stamp(sent), stamp(previous.sent)))
    return replace(
        previous,
        identifier=identifier,
        sent=sent,
        msg_type=msg_type,
        references=build(chain(previous)),
        info=info,
        note=note,
        extras=(),
    )


def _one(text: str) -> Reference:
    parts = text.split(",")
    try:
        sender, identifier, sent = parts
        if sender and identifier:
            return Reference(sender, identifier, TIME.take(sent).replace(microsecond=0))
    except (ValueError, Unfit):
        pass
    raise malformed(complain("cap.references", "/alert/references", text))
