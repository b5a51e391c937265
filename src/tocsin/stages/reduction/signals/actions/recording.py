"""Recording a signal by hand: a call-taker, a liaison, another system through the API."""

from collections.abc import Sequence

from django.db import transaction

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.feeds import Account
from tocsin.spine.journal.actions import append_many
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.reduction.signals.actions.keeping import digest, fingerprint, keep_marked
from tocsin.stages.reduction.signals.enums import SETTING, Action, SourceState
from tocsin.stages.reduction.signals.models import Signal, Source
from tocsin.stages.reduction.signals.queries import DESK_SOURCE
from tocsin.stages.reduction.signals.reading import Statement

RECORDED = SETTING | {Action.CANCEL, Action.INFORM}
"""What a person can record; the rest only a feed or the desk itself can say."""


@transaction.atomic
def record(
    *,
    act: Act,
    kind: str,
    action: Action,
    areas: Sequence[str],
    title: str,
    text: str = "",
    level: WarningLevel | None = None,
    issued_at: Instant | None = None,
    valid_until: Instant | None = None,
    issuer: str = "",
    ref: str = "",
    key: str = "",
) -> Signal:
    """Records one signal. The same one recorded again is counted, not written twice: the same in all it
    says, or by the `key` that whoever records it gave it.

    Raises `Malformed` for a kind, an action or a place that this desk does not know.
    """
    demand(act.by, Power.SIGNAL_RECORD)
    _check(kind, action, areas, title)
    said = Statement(
        action=action,
        kind=kind,
        level=level,
        areas=gazetteer().spread(areas),
        title=title.strip()[:300],
        text=text or title,
        issued_at=issued_at or act.at,
        valid_until=valid_until,
        issuer={"und": issuer} if issuer else {},
        ref=ref[:120],
        listed=False,
    )
    mark = digest(DESK_SOURCE, act.by.id, key) if key else fingerprint(DESK_SOURCE, said)
    kept = keep_marked(act=act, source=desk_source(), file="", at=act.at, marked={mark: said}, faults=())
    if kept.drafts:
        append_many(chain=DESK, drafts=kept.drafts)
    return (kept.fresh + kept.known)[0]


def desk_source() -> Source:
    """The source of what the desk's own people record."""
    source, _ = Source.objects.get_or_create(
        id=DESK_SOURCE,
        defaults={
            "name": {"en": "Recorded at the desk"},
            "family": DESK_SOURCE,
            "account": Account.MESSAGES.value,
            "state": SourceState.FRESH.value,
        },
    )
    return source


def _check(kind: str, action: Action, areas: Sequence[str], title: str) -> None:
    places = gazetteer()
    wrong = [code for code in areas if code not in places]
    if wrong:
        _refuse("area", "There is no place “{value}”.", wrong[0])
    if kind not in active_pack().kinds and (kind or action is not Action.INFORM):
        _refuse("kind", "There is no kind of event “{value}”.", kind)
    if action not in RECORDED:
        _refuse("action", "“{value}” is nothing that a person can record.", action)
    if not areas and action is not Action.INFORM:
        _refuse("areas", "A warning needs a place.", "")
    if not title.strip():
        _refuse("title", "A signal needs a title.", "")


def _refuse(where: str, text: str, value: str) -> None:
    raise Malformed(
        f"signal.{where}", text, cure="Choose from the list that the page offers.", where=where, value=value
    )
