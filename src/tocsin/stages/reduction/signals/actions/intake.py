"""Taking a snapshot in: one transaction, however much is in it, and the same result however often.

What it says becomes signals, what can't be read goes to quarantine beside them, and the sources of the
same family are looked at again: a message that the standing account has not answered in time is how its
silence is noticed.
"""

import hashlib
from dataclasses import dataclass, field

from django.db import transaction

from tocsin.kernel.actors import Act
from tocsin.kernel.instants import Instant, iso
from tocsin.packs.feeds import Feed
from tocsin.packs.pack import Pack
from tocsin.packs.rows import say
from tocsin.spine.journal.actions import Draft, append_many
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack
from tocsin.stages.reduction.signals.actions.keeping import Kept, digest, fingerprint, keep, refuse
from tocsin.stages.reduction.signals.decoding import Fault, RawSnapshot, decode
from tocsin.stages.reduction.signals.enums import Action, SourceState
from tocsin.stages.reduction.signals.models import Quarantine, Signal, Snapshot, Source
from tocsin.stages.reduction.signals.queries import last_snapshot, readers_of, silence_at
from tocsin.stages.reduction.signals.reading import Statement
from tocsin.stages.reduction.signals.silence import Silent


@dataclass(frozen=True)
class Intake:
    """What came of a snapshot. `known` where it had been taken before and nothing was done."""

    known: bool = False
    changed: bool = False
    """Whether it said anything new, or listed other things than the snapshot before."""
    fresh: list[Signal] = field(default_factory=list)
    repeated: int = 0
    quarantined: list[Quarantine] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)


@transaction.atomic
def take_snapshot(*, act: Act, snapshot: RawSnapshot) -> Intake:
    """Takes one snapshot in. Never raises on its content."""
    demand(act.by, Power.SIGNAL_RECORD)
    pack = active_pack()
    feed = pack.feeds.get(snapshot.feed)
    if feed is None:
        return _unclaimed(act, snapshot)
    seal = hashlib.sha256(snapshot.content).hexdigest()
    if Snapshot.objects.filter(name=snapshot.name, digest=seal).exists():
        return Intake(known=True)
    source = source_of(feed)
    decoded = decode(snapshot, feed)
    reader = readers_of(pack)[feed.id]
    reads = [reader.read(record, snapshot.taken_at) for record in decoded.records]
    said = [statement for read in reads for statement in read.statements]
    faults = [*decoded.faults, *(fault for read in reads for fault in read.faults)]
    at = snapshot.taken_at
    kept = keep(act=act, source=source, file=snapshot.name, at=at, said=said, faults=faults)
    readable = all(fault.part >= 0 for fault in decoded.faults)
    before = last_snapshot(source.id, at) if readable else None
    row = Snapshot.objects.create(
        source=source,
        name=snapshot.name,
        digest=seal,
        taken_at=at,
        said=kept.said,
        said_digest=digest(sorted(kept.said)),
        records=len(decoded.records),
        readable=readable,
    )
    back = _heard(kept, act, source, row)
    silent = _look(kept, act, pack, feed.family, at)
    append_many(chain=DESK, drafts=kept.drafts)
    changed = readable and (before is None or before.said_digest != row.said_digest)
    return Intake(
        changed=changed or bool(kept.fresh or silent or back),
        fresh=kept.fresh,
        repeated=len(kept.known),
        quarantined=kept.quarantined,
        silent=silent,
        back=back,
    )


@transaction.atomic
def sweep(*, act: Act) -> list[str]:
    """Looks at every source at the act's instant. Returns the ids of those that have fallen silent."""
    demand(act.by, Power.SIGNAL_RECORD)
    pack, kept = active_pack(), Kept()
    found: list[str] = []
    for family in sorted({feed.family for feed in pack.feeds.values()}):
        found += _look(kept, act, pack, family, act.at)
    if kept.drafts:
        append_many(chain=DESK, drafts=kept.drafts)
    return found


def source_of(feed: Feed) -> Source:
    """The source that keeps a feed's signals, made when the feed is first heard."""
    source, _ = Source.objects.get_or_create(
        id=feed.id,
        defaults={"name": dict(feed.name), "family": feed.family, "account": feed.account.value},
    )
    return source


def _unclaimed(act: Act, snapshot: RawSnapshot) -> Intake:
    """Holds a file of which no feed of the pack is known; its text is kept as far as it is text."""
    text = snapshot.content.decode("utf-8", errors="replace")[:20_000].replace("\0", " ")
    fault = Fault("file.unclaimed", "", snapshot.name, text)
    kept = refuse(act=act, file=snapshot.name, at=snapshot.taken_at, fault=fault)
    if kept.drafts:
        append_many(chain=DESK, drafts=kept.drafts)
    return Intake(known=not kept.quarantined, quarantined=kept.quarantined)


def _heard(kept: Kept, act: Act, source: Source, row: Snapshot) -> list[str]:
    """A source that answers is fresh again. An older snapshot that comes late changes nothing."""
    if not row.readable or (source.last_at is not None and row.taken_at <= source.last_at):
        return []
    was = source.state
    source.state, source.last_at = SourceState.FRESH.value, row.taken_at
    source.silent_since, source.reason = None, ""
    source.save()
    if was != SourceState.SILENT:
        return []
    kept.drafts.append(Draft("source.back", act, {"source": source.id, "at": iso(Instant(row.taken_at))}))
    return [source.id]


def _look(kept: Kept, act: Act, pack: Pack, family: str, at: Instant) -> list[str]:
    """Which sources of a family have fallen silent by `at`."""
    rows = Source.objects.filter(family=family, state=SourceState.FRESH)
    found: list[str] = []
    for source in rows:
        feed = pack.feeds.get(source.id)
        last = last_snapshot(source.id, at)
        silence = silence_at(feed, at, last) if feed and last and feed.silence.spans else None
        if feed and last and silence and source.last_at == last.taken_at:
            _silenced(kept, act, source, feed, silence, at)
            found.append(source.id)
    return found


def _silenced(kept: Kept, act: Act, source: Source, feed: Feed, silence: Silent, at: Instant) -> None:
    source.state, source.silent_since, source.reason = SourceState.SILENT.value, silence.since, silence.reason
    source.save()
    last = Instant(source.last_at) if source.last_at else at
    body = {
        "source": source.id,
        "since": iso(silence.since),
        "reason": silence.reason,
        "last": iso(last),
    }
    kept.drafts.append(Draft("source.silent", act, body))
    said = Statement(
        action=Action.SILENCE,
        kind="",
        level=None,
        areas=(),
        title=say(feed.name, "") or feed.id,
        text=silence.reason,
        issued_at=silence.since,
        valid_until=None,
        issuer={},
        ref=iso(last),
        listed=False,
    )
    mark = fingerprint(source.id, said)
    if not Signal.objects.filter(fingerprint=mark).exists():
        own = keep(act=act, source=source, file="", at=at, said=[said], faults=())
        kept.fresh += own.fresh
        kept.drafts += own.drafts
