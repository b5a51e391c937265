"""Signals, their sources, and what could not be read."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Page, Prose, When, Word, page
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.feeds import Account
from tocsin.spine.clocks.queries import timepiece
from tocsin.spine.people.enums import Power
from tocsin.spine.places.queries import active_pack
from tocsin.stages.reduction.signals import actions, queries
from tocsin.stages.reduction.signals.enums import (
    QUARANTINE_LIFE,
    Action,
    QuarantineState,
    SourceState,
)
from tocsin.stages.reduction.signals.models import Quarantine, Signal
from tocsin.stages.reduction.signals.queries import SourceView
from tocsin.stages.reduction.situations.actions import watch

room = Room("signals")


class SignalOut(Schema):
    """A signal. `level` counts from 1 (blue) to 4 (red); `unread` are words for places that nobody knows."""

    id: UUID
    source_id: str
    action: Action
    kind: str
    level: int | None
    areas: list[str]
    unread: list[str]
    title: str
    text: str
    issuer: dict[str, str]
    issued_at: datetime
    valid_until: datetime | None
    received_at: datetime
    last_seen_at: datetime
    seen_count: int
    ref: str
    file: str


class SignalIn(Word):
    """A signal recorded by hand, or by another system.

    `key` is the caller's own name for it: the same key is the same signal, however often it is sent.
    """

    kind: Code | None = None
    action: Action
    areas: Annotated[list[Code], Field(max_length=1000)] = []
    title: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    text: Prose = ""
    level: Annotated[str, StringConstraints(pattern="^(BLUE|YELLOW|ORANGE|RED)$")] | None = None
    issued_at: When | None = None
    valid_until: When | None = None
    issuer: Annotated[str, StringConstraints(max_length=200)] = ""
    key: Annotated[str, StringConstraints(max_length=200)] = ""


class HeldOut(Schema):
    """Something that came in and could not be read; `where` is its place in the file."""

    id: UUID
    source_id: str | None
    file: str
    where: str
    reason: str
    detail: str
    raw: str
    state: QuarantineState
    received_at: datetime
    settled_at: datetime | None
    settled_by: str
    word: str
    moves: list[str]

    @staticmethod
    def resolve_moves(row: Quarantine) -> list[str]:
        return list(QUARANTINE_LIFE.open_to(QuarantineState(row.state)))


class MendIn(Word):
    """What a person made of it. `name` gives a file the name under which a feed claims it."""

    raw: Annotated[str, StringConstraints(min_length=1, max_length=1_000_000)]
    name: Annotated[str, StringConstraints(max_length=200)] = ""


class SourceOut(Schema):
    """A source as it stood at an instant."""

    id: str
    name: dict[str, str]
    account: Account
    state: SourceState
    last_at: datetime | None
    silent_since: datetime | None
    reason: str

    @staticmethod
    def resolve_id(view: SourceView) -> str:
        return str(view.source.id)

    @staticmethod
    def resolve_name(view: SourceView) -> dict[str, str]:
        return dict(view.source.name)

    @staticmethod
    def resolve_account(view: SourceView) -> str:
        return str(view.source.account)


@room.look("/signals", Page[SignalOut])
def list_signals(
    request: Asked,
    kind: Code | None = None,
    source: Code | None = None,
    action: Action | None = None,
    area: Code | None = None,
    since: When | None = None,
    until: When | None = None,
    before: UUID | None = None,
    limit: Limit = 50,
) -> Any:
    """Signals, the last received first."""
    rows = queries.signals(
        before=before,
        limit=limit,
        kind=kind,
        source=source,
        actions=None if action is None else [action],
        area=area,
        since=since,
        until=until,
    )
    return page(rows, limit, "id")


@room.look("/signals/{signal}", SignalOut)
def get(request: Asked, signal: UUID) -> Any:
    """One signal, its text kept whole."""
    return queries.signal(signal)


@room.change("/signals", SignalOut, Power.SIGNAL_RECORD)
def record(request: Asked, body: SignalIn) -> Any:
    """Records a signal; the watch list looks at it at once."""
    made = actions.record(
        act=act_of(request, body.word),
        kind=body.kind or "",
        action=body.action,
        areas=body.areas,
        title=body.title,
        text=body.text,
        level=WarningLevel[body.level] if body.level else None,
        issued_at=body.issued_at,
        valid_until=body.valid_until,
        issuer=body.issuer,
        key=body.key,
    )
    _look_again()
    return made


@room.look("/quarantine", Page[HeldOut])
def list_quarantine(
    request: Asked,
    state: QuarantineState | None = QuarantineState.WAITING,
    before: UUID | None = None,
    limit: Limit = 50,
) -> Any:
    """What could not be read, the last first; what waits, unless another state is named."""
    return page(queries.quarantined(state=state, before=before, limit=limit), limit, "id")


@room.look("/quarantine/{item}", HeldOut)
def get_quarantine(request: Asked, item: UUID) -> Any:
    """One thing that could not be read, kept whole."""
    return queries.quarantine(item)


@room.change("/quarantine/{item}/mend", list[SignalOut], Power.SIGNAL_MEND)
def mend(request: Asked, item: UUID, body: MendIn) -> list[Signal]:
    """Reads what a person made of it; answers the signals that came of it."""
    held = queries.quarantine(item)
    made = actions.mend(act=act_of(request, body.word), item=held, raw=body.raw, name=body.name)
    _look_again()
    return made


@room.change("/quarantine/{item}/dismiss", HeldOut, Power.SIGNAL_MEND)
def dismiss(request: Asked, item: UUID, body: Word) -> Any:
    """Dismisses it, with a word of why."""
    return actions.dismiss(act=act_of(request, body.word), item=queries.quarantine(item))


@room.look("/sources", list[SourceOut])
def list_sources(request: Asked, at: When | None = None) -> Any:
    """What the desk listens to, and who has fallen silent, now or at an instant."""
    return queries.sources(at or timepiece().now(), active_pack())


def _look_again() -> None:
    """The watch list follows by itself: whoever may record need not have the right to assess."""
    watch(act=Act(machine("watch"), timepiece().now()))
