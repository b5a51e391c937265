"""Reads the journal behind a cursor and lets the flows hear each entry exactly once.

What a flow does and the cursor's move are one transaction: after a kill at any moment the entry was
either heard wholly or not at all. A flow that stumbles is undone, written into the journal and left
behind, so that one fault can't deafen the desk.
"""

import logging

from django.db import transaction

from tocsin.flows.hearing import Hearer, hearers
from tocsin.flows.models import Cursor
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.errors import TocsinError
from tocsin.kernel.instants import Instant
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.models import Entry
from tocsin.spine.journal.queries import entries, newest

BATCH = 200
CURSOR = "flows"
ANNOUNCES = {"flow.stumbled": "A flow could not do its part; a person must look."}
log = logging.getLogger(__name__)


def advance() -> int:
    """Lets the flows hear everything that is new. Returns how many entries somebody waited for."""
    heard = 0
    while newest() > _position():
        with transaction.atomic():
            cursor = _cursor()
            batch = entries(after=cursor.seq, limit=BATCH)
            awaited = next((entry for entry in batch if entry.kind in hearers()), None)
            if awaited is not None:
                _tell(awaited)
                heard += 1
            if batch:
                cursor.seq = awaited.seq if awaited is not None else batch[-1].seq
                cursor.save(update_fields=["seq"])
    return heard


def _position() -> int:
    return Cursor.objects.filter(name=CURSOR).values_list("seq", flat=True).first() or 0


def _cursor() -> Cursor:
    Cursor.objects.get_or_create(name=CURSOR)
    return Cursor.objects.select_for_update().get(name=CURSOR)


def _tell(entry: Entry) -> None:
    for hearer in hearers()[entry.kind]:
        try:
            with transaction.atomic():
                hearer(entry)
        except TocsinError as refusal:
            _stumbled(hearer, entry, str(refusal), refusal.code)
        except Exception as fault:  # one flow's fault must not deafen the others; it is shown
            log.exception("flow %s stumbled over entry %s", hearer, entry.seq)
            _stumbled(hearer, entry, str(fault), type(fault).__name__)


def _stumbled(hearer: Hearer, entry: Entry, text: str, code: str) -> None:
    name = getattr(hearer, "__name__", type(hearer).__name__)
    flow = f"{hearer.__module__.rpartition('.')[2]}.{name}"
    act = Act(machine(flow), Instant(entry.at))
    body = {"flow": flow, "heard": entry.seq, "heard_kind": entry.kind, "code": code, "text": text[:500]}
    append(chain=entry.chain or DESK, kind="flow.stumbled", act=act, body=body)
