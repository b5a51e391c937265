"""Writes statements and faults down: what is new becomes a row and a line in the journal, what is not is
counted.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from tocsin.kernel.actors import Act
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import Instant, iso
from tocsin.spine.journal.actions import Draft
from tocsin.spine.journal.sealing import canonical
from tocsin.stages.reduction.signals.decoding import Fault
from tocsin.stages.reduction.signals.models import Quarantine, Signal, Source
from tocsin.stages.reduction.signals.reading import Statement


@dataclass
class Kept:
    """What was written: new signals, those heard before, the ids valid now, what went to quarantine."""

    fresh: list[Signal] = field(default_factory=list)
    known: list[Signal] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    quarantined: list[Quarantine] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)


def digest(*parts: object) -> str:
    """SHA-256 of the parts in the journal's canonical form, as hex."""
    return hashlib.sha256(canonical(list(parts)).encode()).hexdigest()


def fingerprint(source: str, said: Statement) -> str:
    """What makes two statements one: who says it, what, where, from when, in which words."""
    return digest(
        source, said.action, said.kind, said.level, list(said.areas), iso(said.issued_at), said.text
    )


def keep(
    *, act: Act, source: Source, file: str, at: Instant, said: Sequence[Statement], faults: Iterable[Fault]
) -> Kept:
    """Writes what a source said at `at`; in the caller's transaction, which also journals `drafts`."""
    marked = {fingerprint(source.id, one): one for one in said}
    return keep_marked(act=act, source=source, file=file, at=at, marked=marked, faults=faults)


def keep_marked(
    *,
    act: Act,
    source: Source,
    file: str,
    at: Instant,
    marked: Mapping[str, Statement],
    faults: Iterable[Fault],
) -> Kept:
    """The same for statements whose fingerprints are given: by a caller's key, by a row of a table."""
    kept = Kept()
    _signals(kept, act, source, file, at, marked)
    _quarantine(kept, act, source, file, at, faults)
    return kept


def _signals(
    kept: Kept, act: Act, source: Source, file: str, at: Instant, prints: Mapping[str, Statement]
) -> None:
    known = {row.fingerprint: row for row in Signal.objects.filter(fingerprint__in=list(prints))}
    for mark, one in prints.items():
        row = known.get(mark)
        if row is None:
            row = _signal(source, file, at, mark, one)
            kept.fresh.append(row)
            kept.drafts.append(Draft("signal.received", act, told(row)))
        if one.listed:
            kept.said.append(str(row.id))
    Signal.objects.bulk_create(kept.fresh)
    kept.known = list(known.values())
    _count_again(kept.known, at)


def _signal(source: Source, file: str, at: Instant, mark: str, one: Statement) -> Signal:
    return Signal(
        id=uuid7(),
        source=source,
        action=one.action.value,
        kind=one.kind,
        level=one.level,
        areas=list(one.areas),
        unread=list(one.unread),
        title=one.title,
        text=one.text,
        issuer=dict(one.issuer),
        issued_at=one.issued_at,
        valid_until=one.valid_until,
        received_at=at,
        last_seen_at=at,
        ref=one.ref,
        file=file,
        fingerprint=mark,
    )


def _count_again(rows: list[Signal], at: Instant) -> None:
    """Counts a repeat; one that comes out of its order moves the first and last sight as well."""
    if not rows:
        return
    every = Signal.objects.filter(id__in=[row.id for row in rows])
    every.update(seen_count=F("seen_count") + 1)
    every.filter(last_seen_at__lt=at).update(last_seen_at=at)
    if any(row.received_at > at for row in rows):
        every.filter(received_at__gt=at).update(received_at=at)


def _quarantine(
    kept: Kept, act: Act, source: Source | None, file: str, at: Instant, faults: Iterable[Fault]
) -> None:
    marks = {mark_of(source.id if source else "", file, fault): fault for fault in faults}
    known = set(Quarantine.objects.filter(fingerprint__in=list(marks)).values_list("fingerprint", flat=True))
    for mark, fault in marks.items():
        if mark not in known:
            row = _held(source, file, at, act, mark, fault)
            kept.quarantined.append(row)
            body = {
                "item": str(row.id),
                "reason": fault.reason,
                "file": file,
                "where": fault.where,
                "source": source.id if source else "",
            }
            kept.drafts.append(Draft("signal.quarantined", act, body))
    Quarantine.objects.bulk_create(kept.quarantined)


def refuse(*, act: Act, file: str, at: Instant, fault: Fault) -> Kept:
    """Holds a file that no feed claims."""
    kept = Kept()
    _quarantine(kept, act, None, file, at, [fault])
    return kept


def mark_of(source: str, file: str, fault: Fault) -> str:
    """A record that comes with every poll is held once; a file without content is a new case each time."""
    return digest(source, fault.reason, fault.detail, fault.raw or file)


def _held(source: Source | None, file: str, at: Instant, act: Act, mark: str, fault: Fault) -> Quarantine:
    return Quarantine(
        id=uuid7(),
        source=source,
        file=file,
        taken_at=at,
        where=fault.where[:200],
        part=fault.part,
        reason=fault.reason,
        detail=fault.detail,
        raw=fault.raw,
        fingerprint=mark,
        received_at=act.at,
    )


def told(row: Signal) -> dict[str, object]:
    """What the journal says of a signal."""
    level = None if row.level is None else row.get_level_display()
    return {
        "signal": str(row.id),
        "source": row.source_id,
        "action": row.action,
        "kind": row.kind,
        "level": level,
        "areas": row.areas,
        "title": row.title,
        "issued": iso(Instant(row.issued_at)),
        "file": row.file,
    }
