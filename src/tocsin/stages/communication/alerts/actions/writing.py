"""Drafting an alert, changing the draft, throwing it away; and what follows a published one: its update and
its cancellation, which are drafts like any other and need a second person like any other.
"""

from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.instants import Instant
from tocsin.packs.publishing import Product
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.communication.alerts.actions.ground import (
    content_of,
    fill,
    issuer_of,
    journal,
    lock,
    move,
    permitted,
)
from tocsin.stages.communication.alerts.content import Content, Issuer
from tocsin.stages.communication.alerts.enums import ALERT_LIFE, AlertKind, AlertState, MsgType
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.alerts.queries import alert as alert_by_id
from tocsin.stages.communication.alerts.record import lifted


@transaction.atomic
def draft(
    *,
    act: Act,
    hazard: str,
    content: Content,
    kind: AlertKind = AlertKind.OWN,
    product: Product = Product.ALERT,
    issuer: Issuer | None = None,
    incident: UUID | None = None,
    situation: UUID | None = None,
) -> Alert:
    """Drafts an alert. Raises `Forbidden` with the rule where the pack doesn't let this desk publish it."""
    demand(act.by, Power.ALERT_DRAFT)
    permitted(product, hazard, kind)
    named = issuer_of(kind, issuer)
    alert = Alert(
        incident_id=incident,
        situation_id=situation,
        kind=kind,
        product=product.value,
        hazard=hazard,
        sender=named.sender,
        sender_name=dict(named.name),
    )
    return _write(act, alert, content)


@transaction.atomic
def revise(*, act: Act, alert: UUID, content: Content) -> Alert:
    """Changes a draft, or one that was returned."""
    demand(act.by, Power.ALERT_DRAFT)
    row = lock(alert)
    move(row, "revise")
    fill(row, content, act)
    row.edited_by = act.by.name
    row.save()
    journal(act, "alert.revised", row)
    return row


@transaction.atomic
def discard(*, act: Act, alert: UUID) -> Alert:
    """Throws a draft away, with a word of why."""
    demand(act.by, Power.ALERT_DRAFT)
    require_word(act)
    row = lock(alert)
    move(row, "discard")
    row.word = act.word
    row.save()
    journal(act, "alert.discarded", row)
    return row


@transaction.atomic
def update(*, act: Act, alert: UUID, content: Content | None = None) -> Alert:
    """Drafts the update of a published alert; without `content` it says what the alert says."""
    demand(act.by, Power.ALERT_DRAFT)
    earlier = _followed(alert, "update")
    return _follow(act, earlier, MsgType.UPDATE, content or content_of(earlier))


@transaction.atomic
def cancel(*, act: Act, alert: UUID, content: Content | None = None) -> Alert:
    """Drafts the cancellation of a published alert; without `content` it says that the alert is lifted."""
    demand(act.by, Power.ALERT_DRAFT)
    earlier = _followed(alert, "cancel")
    return _follow(act, earlier, MsgType.CANCEL, content or _lifting(earlier))


def _followed(key: UUID, name: str) -> Alert:
    earlier = alert_by_id(key)
    ALERT_LIFE.after(AlertState(earlier.state), name)
    return earlier


def _lifting(earlier: Alert) -> Content:
    headline, description = lifted(earlier.headline)
    said = content_of(earlier)
    starts, expires = Instant(earlier.starts_at), Instant(earlier.expires_at)
    return Content(said.level, said.areas, starts, expires, headline, description, {})


def _follow(act: Act, earlier: Alert, msg_type: MsgType, content: Content) -> Alert:
    alert = Alert(
        incident_id=earlier.incident_id,
        situation_id=earlier.situation_id,
        kind=earlier.kind,
        product=earlier.product,
        hazard=earlier.hazard,
        sender=earlier.sender,
        sender_name=earlier.sender_name,
        msg_type=msg_type,
        root_id=earlier.first,
        previous=earlier,
    )
    return _write(act, alert, content)


def _write(act: Act, alert: Alert, content: Content) -> Alert:
    alert.drafted_at, alert.drafted_by = act.at, act.by.name
    fill(alert, content, act)
    alert.save()
    journal(act, "alert.drafted", alert)
    return alert
