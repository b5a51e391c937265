"""From danger to the public's ear.

An agency's warning at or above the disclosure step is relayed in its issuer's name: drafted and
submitted by the machine at once, so that only a second look stands between it and the public. It
waits for no incident and no plan. When the danger is over, what still warns of it is called off the
same way.
"""

from datetime import timedelta
from uuid import UUID

from tocsin.flows.hearing import hears
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.instants import Instant, after
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.disclosure import Ladder, for_kind
from tocsin.packs.publishing import Product
from tocsin.spine.journal.models import Entry
from tocsin.spine.places.queries import active_pack
from tocsin.stages.communication.alerts import actions as alerts
from tocsin.stages.communication.alerts import queries as alerted
from tocsin.stages.communication.alerts.content import Content, Issuer
from tocsin.stages.communication.alerts.enums import AlertKind
from tocsin.stages.communication.wording import in_languages
from tocsin.stages.reduction.signals.models import Signal
from tocsin.stages.reduction.signals.queries import signal as signal_by_id

LASTS = timedelta(hours=24)
"""How long a relayed warning counts where its issuer does not say: the national platform's default."""

WARNS = frozenset({"issue", "upgrade", "extend"})
"""What a message must do to be passed on as a warning: one that lifts or confirms is none."""

OVER = "The danger behind it is over."


@hears("situation.opened", "situation.changed")
def relay(entry: Entry) -> None:
    """Relays each warning behind the situation that the public must be told of at once."""
    situation, act = UUID(entry.facts["situation"]), Act(machine("relay"), Instant(entry.at))
    told = {(alert.starts_at, *alert.headline.values()) for alert in alerted.of_situation(situation)}
    for key in entry.facts["evidence"]:
        signal = signal_by_id(UUID(key))
        if _must_be_told(signal, act.at) and not any(
            signal.issued_at == starts and signal.title in headlines for starts, *headlines in told
        ):
            told.add((signal.issued_at, signal.title))
            _relay(act, situation, signal)


def _must_be_told(signal: Signal, now: Instant) -> bool:
    pack = active_pack()
    rule = for_kind(pack.disclosure, pack.kinds, Ladder.WARNING, signal.kind)
    if rule is None or signal.level is None or signal.action not in WARNS or _ends(signal) <= now:
        return False
    return signal.level >= WarningLevel[rule.at_once]


def _ends(signal: Signal) -> Instant:
    stated = signal.valid_until
    return Instant(stated) if stated else after(Instant(signal.issued_at), LASTS)


def _relay(act: Act, situation: UUID, signal: Signal) -> None:
    language = active_pack().languages[0]
    content = Content(
        level=None if signal.level is None else WarningLevel(signal.level),
        areas=tuple(signal.areas),
        starts=Instant(signal.issued_at),
        expires=_ends(signal),
        headline={language: signal.title},
        description={language: signal.text},
        instruction={},
    )
    drafted = alerts.draft(
        act=act,
        hazard=signal.kind,
        content=content,
        kind=AlertKind.RELAY,
        product=Product.SIGNAL,
        issuer=Issuer(signal.source_id, signal.issuer),
        situation=situation,
    )
    alerts.submit(act=act, alert=drafted.id)


@hears("situation.closed")
def call_off(entry: Entry) -> None:
    """Drafts the end of every relayed warning whose danger is over; a person approves it."""
    words = in_languages(OVER, active_pack().languages[:1])
    act = Act(machine("relay"), Instant(entry.at), *words.values())
    for alert in alerted.of_situation(UUID(entry.facts["situation"])):
        if alert.state == "published" and alert.kind == AlertKind.RELAY and alert.expires_at > act.at:
            drafted = alerts.cancel(act=act, alert=alert.id)
            alerts.submit(act=act, alert=drafted.id)
