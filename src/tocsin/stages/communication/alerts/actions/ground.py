"""What every action on an alert stands on: the locked row, its content, and its line in the journal."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, iso
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.publishing import Mode, Product, Publication
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.places.queries import active_pack
from tocsin.stages.communication.alerts.content import Content, Issuer
from tocsin.stages.communication.alerts.enums import ALERT_LIFE, AlertKind, AlertState
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.alerts.queries import alert as alert_by_id
from tocsin.stages.communication.alerts.record import places
from tocsin.stages.communication.permission import joined, permit


def lock(key: UUID) -> Alert:
    """The alert, locked until the transaction ends. Raises `NotFound`."""
    return Alert.objects.select_for_update().filter(id=key).first() or alert_by_id(key)


def permitted(product: str, hazard: str, kind: str) -> Publication:
    """The pack's rule for this alert. Raises `Forbidden` where it isn't this desk's to publish."""
    return permit(active_pack(), Product(product), hazard, Mode(kind))


def own() -> Issuer:
    """This jurisdiction: CAP's sender is the address that its desk is reached at."""
    return Issuer(urlsplit(settings.BASE_URL).netloc, active_pack().name)


def issuer_of(kind: AlertKind, named: Issuer | None) -> Issuer:
    """In whose name it goes out. Raises `Malformed` where the kind and the named issuer don't fit."""
    mine = own()
    if kind is AlertKind.OWN and named is None:
        return mine
    if kind is AlertKind.RELAY and named is not None and named.sender != mine.sender:
        return named
    raise Malformed(
        "alert.issuer_kind",
        "An own alert has no other issuer; what is passed on needs the one who issued it.",
        cure="Name the issuer of what is passed on, and nobody for the desk's own alert.",
        where="issuer",
    )


def fill(alert: Alert, content: Content, act: Act) -> None:
    """Puts the content into the row, and the actor among those who had a hand in it."""
    places(content.areas)
    alert.level = content.level
    alert.areas = list(content.areas)
    alert.starts_at, alert.expires_at = content.starts, content.expires
    alert.headline = dict(content.headline)
    alert.description = dict(content.description)
    alert.instruction = dict(content.instruction)
    alert.hands = joined(alert.hands, act.by)


def content_of(alert: Alert) -> Content:
    """What the alert says."""
    return Content(
        level=WarningLevel(alert.level) if alert.level else None,
        areas=tuple(alert.areas),
        starts=Instant(alert.starts_at),
        expires=Instant(alert.expires_at),
        headline=alert.headline,
        description=alert.description,
        instruction=alert.instruction,
    )


def move(alert: Alert, name: str) -> None:
    """Makes a move of the alert's life. Raises `Illegal`."""
    alert.state = ALERT_LIFE.after(AlertState(alert.state), name)


def journal(act: Act, kind: str, alert: Alert, **more: Any) -> None:
    """Writes the line on the incident's chain, or on the desk's."""
    body = {
        "alert": str(alert.id),
        "kind": alert.kind,
        "product": alert.product,
        "hazard": alert.hazard,
        "level": WarningLevel(alert.level).name if alert.level else None,
        "areas": alert.areas,
        "msg_type": alert.msg_type,
        "headline": alert.headline,
        "expires": iso(Instant(alert.expires_at)),
        "root": str(alert.first),
        "previous": _text(alert.previous_id),
        "situation": _text(alert.situation_id),
    }
    chain = str(alert.incident_id) if alert.incident_id else DESK
    append(chain=chain, kind=kind, act=act, body={**body, **more})


def _text(key: UUID | None) -> str | None:
    return str(key) if key else None
