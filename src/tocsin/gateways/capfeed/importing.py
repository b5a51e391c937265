"""Taking CAP in: one file, whatever it holds, in one transaction; the same file again adds nothing.

An update or a cancellation names what it follows. Where that came in before, an update becomes a step up,
a step down or an extension of it, and a cancellation without places of its own lifts it where it was.
What is no actual warning (a test, an exercise, a receipt) goes to quarantine with that reason, so that it
can never raise an alarm, and what can't be read goes there with the reader's own complaint.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tocsin.engine.cap import Alert, Complaint, MsgType, Status, read_all
from tocsin.engine.cap.references import parse, reference_to
from tocsin.gateways.capfeed.meaning import Meaning, Reader
from tocsin.gateways.locating import Locator
from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, instant
from tocsin.packs.rows import Text
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.reduction.signals import actions
from tocsin.stages.reduction.signals.actions.keeping import digest
from tocsin.stages.reduction.signals.decoding import Fault
from tocsin.stages.reduction.signals.enums import Action
from tocsin.stages.reduction.signals.models import Signal
from tocsin.stages.reduction.signals.queries import signals_named
from tocsin.stages.reduction.signals.reading import Statement

SUFFIXES = (".cap", ".xml", ".atom", ".rss", ".edxlde")
LONGEST = 20_000
"""Characters that quarantine keeps of a file that can't be read."""


@dataclass(frozen=True)
class Imported:
    """What came of it: signals that are new, those known from before, and what went to quarantine."""

    new: int = 0
    repeated: int = 0
    faults: tuple[Fault, ...] = ()

    def plus(self, other: "Imported") -> "Imported":
        """Both together."""
        return Imported(self.new + other.new, self.repeated + other.repeated, (*self.faults, *other.faults))


def files(path: Path) -> Iterator[Path]:
    """The CAP files at a path: the file itself, or those in a folder and below it, by name."""
    if path.is_dir():
        yield from sorted(one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES)
    else:
        yield path


def import_cap(*, act: Act, content: bytes, file: str, source: str, name: Text) -> Imported:
    """Takes in what one file holds: a message, a feed, an envelope, a list. Never raises on its content."""
    reader = Reader(active_pack(), gazetteer(), Locator())
    try:
        read = read_all(content)
        faults = [held for held in map(_held, read) if held is not None]
    except Malformed as refusal:
        read, faults = [], [_refused(refusal, content)]
    warnings = [one for one in read if isinstance(one, Alert) and _held(one) is None]
    said: dict[str, Statement] = {}
    for alert in sorted(warnings, key=lambda one: one.sent):
        said |= _statements(alert, reader, source, said)
    kept = actions.record_many(act=act, source=source, name=name, file=file[:200], said=said, faults=faults)
    return Imported(len(kept.fresh), len(said) - len(kept.fresh), tuple(faults))


def _refused(fault: Malformed, content: bytes) -> Fault:
    raw = content[:LONGEST].decode("utf-8", errors="replace").replace("\0", " ")
    return Fault("cap.unread", str(fault.data.get("where", "/")), str(fault)[:300], raw)


def _held(one: Alert | Complaint) -> Fault | None:
    """Why this is not taken for a warning; None where it is one."""
    if isinstance(one, Complaint):
        return Fault("cap.unread", one.path[:200], str(one)[:300], "")
    if one.status is not Status.ACTUAL:
        return Fault("cap.unactual", "/alert/status", one.status.value, str(reference_to(one)))
    if one.msg_type in (MsgType.ACK, MsgType.ERROR):
        return Fault("cap.unactual", "/alert/msgType", one.msg_type.value, str(reference_to(one)))
    return None


def _statements(
    alert: Alert, reader: Reader, source: str, before: Mapping[str, Statement]
) -> dict[str, Statement]:
    followed = _followed(alert, source, before)
    meanings = list(reader.meanings(alert))
    if not meanings:
        return {_mark(source, alert, number): _lifted(alert, one) for number, one in enumerate(followed)}
    return {
        _mark(source, alert, number): _statement(alert, meaning, followed)
        for number, meaning in enumerate(meanings)
    }


@dataclass(frozen=True)
class _Followed:
    """What an earlier message said, as far as a later one needs it."""

    kind: str
    level: int | None
    areas: tuple[str, ...]
    title: str
    issuer: Mapping[str, str]


def _followed(alert: Alert, source: str, before: Mapping[str, Statement]) -> list[_Followed]:
    """What the messages that this one refers to said: in this file, or taken in before. Newest first."""
    try:
        names = {_name(reference.sender, reference.identifier) for reference in parse(alert.references)}
    except Malformed:
        return []
    here = [one for one in before.values() if one.ref in names]
    rows: list[Statement | Signal] = [*here, *signals_named(source, names)]
    rows.sort(key=lambda one: one.issued_at, reverse=True)
    return [
        _Followed(row.kind, row.level, tuple(row.areas), row.title, row.issuer)
        for row in rows
        if row.action != Action.CANCEL
    ]


def _statement(alert: Alert, meaning: Meaning, followed: list[_Followed]) -> Statement:
    info = meaning.infos[0]
    same = next((one for one in followed if one.kind == meaning.kind), None)
    areas = meaning.areas
    if not areas and not info.area and same is not None:
        areas = same.areas
    return Statement(
        action=_action(alert, meaning, same),
        kind=meaning.kind,
        level=meaning.level,
        areas=areas,
        title=(info.headline or info.event or alert.identifier)[:300],
        text=_text(meaning),
        issued_at=instant(alert.sent),
        valid_until=_until(meaning),
        issuer={one.language: one.sender_name or alert.sender for one in meaning.infos},
        ref=_name(alert.sender, alert.identifier),
        listed=False,
        unread=meaning.unread,
    )


def _lifted(alert: Alert, one: _Followed) -> Statement:
    """A message without any text can only end what it refers to."""
    return Statement(
        action=Action.CANCEL if alert.msg_type is MsgType.CANCEL else Action.INFORM,
        kind=one.kind,
        level=None,
        areas=one.areas,
        title=one.title,
        text=alert.note or alert.msg_type.value,
        issued_at=instant(alert.sent),
        valid_until=None,
        issuer=dict(one.issuer),
        ref=_name(alert.sender, alert.identifier),
        listed=False,
    )


def _action(alert: Alert, meaning: Meaning, before: _Followed | None) -> Action:
    if alert.msg_type is MsgType.CANCEL:
        return Action.CANCEL
    if not meaning.kind:
        return Action.INFORM
    if alert.msg_type is MsgType.ALERT or before is None:
        return Action.ISSUE
    was, now = before.level or 0, meaning.level or 0
    return Action.UPGRADE if now > was else Action.DOWNGRADE if now < was else Action.EXTEND


def _text(meaning: Meaning) -> str:
    """The whole of it, in each language: nothing of the source is lost."""
    parts = (
        part for info in meaning.infos for part in (info.headline, info.description, info.instruction) if part
    )
    return "\n\n".join(dict.fromkeys(parts)) or meaning.infos[0].event


def _until(meaning: Meaning) -> Instant | None:
    ends = [info.expires for info in meaning.infos if info.expires is not None]
    return instant(max(ends)) if ends else None


def _name(sender: str, identifier: str) -> str:
    """The name of a message on this desk: its own where it is short enough, else its digest."""
    named = f"{sender},{identifier}"
    return named if len(named) <= 120 else digest(named)


def _mark(source: str, alert: Alert, number: int) -> str:
    return digest(source, *(str(part) for part in reference_to(alert)), number)
