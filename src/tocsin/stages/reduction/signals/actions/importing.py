"""Recording what others hand over in bulk: rows of a table, CAP messages. One transaction a batch, and the
journal is locked once in it.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Malformed
from tocsin.packs.feeds import Account
from tocsin.packs.rows import Text
from tocsin.spine.journal.actions import append_many
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack
from tocsin.stages.reduction.signals.actions.keeping import Kept, keep_marked
from tocsin.stages.reduction.signals.decoding import Fault
from tocsin.stages.reduction.signals.enums import SourceState
from tocsin.stages.reduction.signals.models import Source
from tocsin.stages.reduction.signals.queries import DESK_SOURCE, INDICATOR_SOURCE
from tocsin.stages.reduction.signals.reading import Statement


@transaction.atomic
def record_many(
    *,
    act: Act,
    source: str,
    name: Text,
    file: str,
    said: Mapping[str, Statement],
    faults: Iterable[Fault] = (),
) -> Kept:
    """Records a batch by fingerprint and holds its faults; what was recorded before is only counted.

    Raises `Malformed` for a source that is a feed of the pack: only its own snapshots speak for it.
    """
    demand(act.by, Power.SIGNAL_RECORD)
    kept = keep_marked(
        act=act, source=_outside(source, name), file=file, at=act.at, marked=said, faults=faults
    )
    if kept.drafts:
        append_many(chain=DESK, drafts=kept.drafts)
    return kept


def _outside(code: str, name: Text) -> Source:
    """The source that an import speaks for, or the indicators: of the desk, never silent."""
    if code in active_pack().feeds or code == DESK_SOURCE:
        raise Malformed(
            "signal.source",
            "“{source}” is a source of its own; nothing can be imported in its name.",
            cure="Give the import a name of its own.",
            where="source",
            source=code,
        )
    source, _ = Source.objects.get_or_create(
        id=code,
        defaults={
            "name": dict(name),
            "family": INDICATOR_SOURCE if code == INDICATOR_SOURCE else DESK_SOURCE,
            "account": Account.MESSAGES.value,
            "state": SourceState.FRESH.value,
        },
    )
    return source
