"""What a person does about something in quarantine: mends it and has it read again, or dismisses it."""

from typing import Any

import msgspec
from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.errors import Illegal, Malformed
from tocsin.kernel.instants import Instant
from tocsin.packs.feeds import Feed
from tocsin.packs.pack import Pack
from tocsin.spine.journal.actions import Draft, append, append_many
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack
from tocsin.stages.reduction.signals.actions.intake import source_of
from tocsin.stages.reduction.signals.actions.keeping import keep
from tocsin.stages.reduction.signals.decoding import (
    Decoded,
    Fault,
    RawSnapshot,
    Record,
    decode,
    masked,
    polled,
)
from tocsin.stages.reduction.signals.enums import QUARANTINE_LIFE, QuarantineState
from tocsin.stages.reduction.signals.models import Quarantine, Signal
from tocsin.stages.reduction.signals.queries import readers_of
from tocsin.stages.reduction.signals.reading import RecordReader, Statement


@transaction.atomic
def mend(*, act: Act, item: Quarantine, raw: str, name: str = "") -> list[Signal]:
    """Reads what a person made of it: a record where a record was held, else the whole file.

    `name` gives a file the name under which a feed claims it. Raises `Malformed`, saying what is still
    wrong, and then nothing was changed.
    """
    demand(act.by, Power.SIGNAL_MEND)
    held = Quarantine.objects.select_for_update().get(id=item.id)
    state = QUARANTINE_LIFE.after(QuarantineState(held.state), "mend")
    pack = active_pack()
    feed, at = _claimed(held, name, pack)
    said = _read(held, raw, at, readers_of(pack)[feed.id])
    kept = keep(act=act, source=source_of(feed), file=held.file, at=at, said=said, faults=())
    _settle(act, held, state)
    body = {"item": str(held.id), "signals": [str(row.id) for row in kept.fresh], "reason": held.reason}
    append_many(chain=DESK, drafts=[*kept.drafts, Draft("signal.mended", act, body)])
    return kept.fresh


@transaction.atomic
def dismiss(*, act: Act, item: Quarantine) -> Quarantine:
    """Dismisses it, with a word of why."""
    demand(act.by, Power.SIGNAL_MEND)
    require_word(act)
    held = Quarantine.objects.select_for_update().get(id=item.id)
    _settle(act, held, QUARANTINE_LIFE.after(QuarantineState(held.state), "dismiss"))
    append(chain=DESK, kind="signal.dismissed", act=act, body={"item": str(held.id), "reason": held.reason})
    return held


def _settle(act: Act, held: Quarantine, state: QuarantineState) -> None:
    held.state, held.settled_at = state.value, act.at
    held.settled_by, held.word = act.by.name, act.word
    held.save()


def _claimed(held: Quarantine, name: str, pack: Pack) -> tuple[Feed, Instant]:
    """The feed that the thing is of, and when it was polled."""
    if held.source_id and held.source_id not in pack.feeds:
        raise Illegal(
            "quarantine.outside",
            "This came with {file}, which is no file of a feed: it can't be mended here.",
            cure="Mend it in that file and import the file again; then dismiss this.",
            file=held.file,
        )
    if held.source_id:
        return pack.feeds.of(held.source_id), Instant(held.taken_at)
    found = polled(name or held.file, pack.feeds)
    if found is None:
        raise _still(Fault("file.unclaimed", "", name or held.file, ""))
    return pack.feeds.of(found[0]), found[1]


def _read(held: Quarantine, raw: str, at: Instant, reader: RecordReader) -> list[Statement]:
    """What the mended text states. Raises `Malformed` for the first thing that is still unreadable."""
    feed = reader.feed
    if held.part >= 0:
        decoded = Decoded((Record(feed.parts[held.part], held.where, _mapping(raw, feed)),))
    else:
        decoded = decode(RawSnapshot(feed.id, held.file, at, raw.encode(feed.encoding, "replace")), feed)
    reads = [reader.read(record, at) for record in decoded.records]
    for fault in (*decoded.faults, *(fault for read in reads for fault in read.faults)):
        raise _still(fault)
    return [statement for read in reads for statement in read.statements]


def _mapping(raw: str, feed: Feed) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(raw, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError) as fault:
        raise _still(Fault("file.unreadable", "", str(fault), "")) from fault
    record: dict[str, Any] = masked(found, feed.mask)
    return record


def _still(fault: Fault) -> Malformed:
    return Malformed(
        "quarantine.unreadable",
        "It still can't be read: {reason} {detail}",
        cure="Mend that as well, or dismiss it with a word of why.",
        where=fault.where,
        reason=fault.reason,
        detail=fault.detail,
    )
