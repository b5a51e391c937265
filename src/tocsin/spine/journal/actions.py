"""Writing the journal: the only way in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from tocsin.kernel.actors import Act
from tocsin.kernel.clock import SystemClock
from tocsin.spine.journal.enums import GENESIS, WHOLE
from tocsin.spine.journal.models import Entry, Head
from tocsin.spine.journal.sealing import canonical, seal


@dataclass(frozen=True)
class Draft:
    """An entry before it is sealed."""

    kind: str
    act: Act
    body: Mapping[str, Any]


def append(*, chain: str, kind: str, act: Act, body: Mapping[str, Any]) -> Entry:
    """Seals one entry at the end of `chain`, in the caller's transaction."""
    return append_many(chain=chain, drafts=[Draft(kind, act, body)])[0]


def append_many(*, chain: str, drafts: Sequence[Draft]) -> list[Entry]:
    """Seals several entries in their order; the journal is locked once. Returns them with their `seq`."""
    with transaction.atomic():
        whole, head = _locked(WHOLE), _locked(chain)
        sealed = []
        for draft in drafts:
            whole.number += 1
            entry = _sealed(draft, whole.number, head)
            head.number, head.hash = entry.number, entry.hash
            sealed.append(entry)
        for one in (whole, head):
            Head.objects.filter(chain=one.chain).update(number=one.number, hash=one.hash)
        return Entry.objects.bulk_create(sealed)


def _locked(chain: str) -> Head:
    """The head of a chain, which nobody else may move until the transaction ends; made if it is the first."""
    found = Head.objects.select_for_update().filter(chain=chain).first()
    if found is None:
        Head.objects.get_or_create(chain=chain, defaults={"hash": GENESIS})
        found = Head.objects.select_for_update().get(chain=chain)
    return found


def _sealed(draft: Draft, seq: int, head: Head) -> Entry:
    act = draft.act
    entry = Entry(
        seq=seq,
        chain=head.chain,
        number=head.number + 1,
        kind=draft.kind,
        at=act.at,
        recorded_at=SystemClock().now(),
        actor_kind=act.by.kind.value,
        actor_id=act.by.id,
        actor_name=act.by.name,
        word=str(act.word),  # what is sealed must be what a text column gives back
        body=canonical(dict(draft.body)),
        previous=head.hash,
    )
    entry.hash = seal(entry.columns())
    return entry
