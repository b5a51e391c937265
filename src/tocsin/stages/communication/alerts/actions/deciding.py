"""Submitting an alert, returning or approving it, and letting it run out.

Approval is where the public is told: the CAP document is written, checked by the reader that would read a
stranger's, frozen, journalled with its hash and put into the outbox, all in one transaction.
"""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from tocsin.engine.cap import Alert as CapAlert
from tocsin.engine.cap import read, write
from tocsin.kernel.actors import Act, ActorKind, machine, require_word
from tocsin.kernel.clock import Clock
from tocsin.kernel.errors import Forbidden, Malformed
from tocsin.packs.publishing import Publication
from tocsin.spine.clocks.queries import replay
from tocsin.spine.incidents.models import Incident
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack
from tocsin.stages.communication.alerts.actions.ground import journal, lock, move, permitted
from tocsin.stages.communication.alerts.document import document
from tocsin.stages.communication.alerts.enums import AlertKind, AlertState, CapStatus, MsgType
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.alerts.record import places
from tocsin.stages.communication.delivery.actions import enqueue
from tocsin.stages.communication.permission import demand_second, joined, require_stated
from tocsin.stages.communication.wording import in_order

BATCH = 200


@transaction.atomic
def submit(*, act: Act, alert: UUID) -> Alert:
    """Gives a draft to a second person. Raises `Malformed` with all that must be stated and is not.

    The machine may submit what it passes on; what goes out in this desk's own name is read by a person
    before it is approved by another.
    """
    demand(act.by, Power.ALERT_DRAFT)
    row = lock(alert)
    if act.by.kind is ActorKind.MACHINE and row.kind == AlertKind.OWN:
        raise Forbidden(
            "alert.machine_submits",
            "The machine drafts the desk's own alert; a person reads and submits it.",
            cure="Read the draft, mend it and submit it.",
        )
    move(row, "submit")
    _check(row, permitted(row.product, row.hazard, row.kind), act)
    row.submitted_by, row.word = act.by.name, ""
    row.hands = joined(row.hands, act.by)
    row.save()
    journal(act, "alert.submitted", row)
    return row


@transaction.atomic
def return_(*, act: Act, alert: UUID) -> Alert:
    """Gives an alert back to whoever drafted it, with a word of why."""
    demand(act.by, Power.ALERT_APPROVE)
    require_word(act)
    row = lock(alert)
    move(row, "return")
    row.word = act.word
    row.save()
    journal(act, "alert.returned", row)
    return row


@transaction.atomic
def approve(*, act: Act, alert: UUID) -> Alert:
    """Publishes an alert, its update or its cancellation; the earlier message ends at the same moment.

    Raises `Forbidden` for whoever had a hand in it and where the pack's rule does not allow it, `Illegal`
    where it is not waiting or what it follows has been followed already.
    """
    demand(act.by, Power.ALERT_APPROVE)
    row = lock(alert)
    move(row, "approve_cancel" if row.msg_type == MsgType.CANCEL else "approve")
    demand_second(act, row.hands)
    _check(row, permitted(row.product, row.hazard, row.kind), act)
    row.approved_by = act.by.name
    _time(row, act)
    earlier = None if row.previous_id is None else _end(row.previous_id, row)
    message = _freeze(row, earlier)
    row.save()
    _announce(act, row, message)
    return row


def _time(row: Alert, act: Act) -> None:
    """CAP tells times to the second, and what follows must be later than what it follows."""
    sent = act.at.replace(microsecond=0)
    if row.previous is not None:
        sent = max(sent, row.previous.sent + timedelta(seconds=1))
    row.sent_at = sent


def _check(row: Alert, rule: Publication, act: Act) -> None:
    cancelled = row.msg_type == MsgType.CANCEL
    if not cancelled and row.expires_at <= act.at:
        raise Malformed(
            "alert.over",
            "The alert would be over before anybody could read it.",
            cure="Set a later end.",
            where="expires",
        )
    stated = {
        "headline": _said(row, row.headline),
        "category": True,
        "level": row.level is not None,
        "starts": True,
        "area": bool(row.areas),
        "cautions": _said(row, row.description),
        "measures": _said(row, row.instruction),
        "text": _said(row, row.description),
        "issuer": any(row.sender_name.values()),
        "issued": True,
    }
    fields = ("headline", "text") if cancelled else ("headline", *rule.fields)
    if row.kind == AlertKind.RELAY:  # what its issuer left out is not ours to add
        fields = ("headline", "text", "issuer")
    require_stated(stated, fields, rule.source)


def _said(row: Alert, text: dict[str, str]) -> bool:
    languages = set(row.headline) | ({active_pack().languages[0]} if row.kind == AlertKind.OWN else set())
    return bool(languages) and all(text.get(language, "").strip() for language in languages)


def _end(key: UUID, row: Alert) -> Alert:
    previous = lock(key)
    move(previous, "cancel" if row.msg_type == MsgType.CANCEL else "update")
    previous.ended_at = row.sent_at
    previous.save(update_fields=["state", "ended_at"])
    return previous


def _freeze(row: Alert, earlier: Alert | None) -> CapAlert:
    incident = Incident.objects.filter(id=row.incident_id).first() if row.incident_id else None
    exercise = replay() is not None or (incident is not None and incident.drill)
    row.status = CapStatus.EXERCISE if exercise else CapStatus.ACTUAL
    if earlier is not None:
        row.status = earlier.status
    message = document(
        row,
        pack=active_pack(),
        places=places(row.areas),
        previous=read(earlier.cap_xml.encode()) if earlier is not None else None,
        incident=incident.number if incident else "",
        web=f"{settings.BASE_URL}/public/alerts/{row.id}/",
    )
    published = write(message)  # strict: a single complaint of the standard's checks refuses it
    row.identifier = message.identifier
    row.cap_xml = published.decode()
    row.sha256 = hashlib.sha256(published).hexdigest()
    return message


def _announce(act: Act, row: Alert, message: CapAlert) -> None:
    headline = in_order(row.headline, active_pack().languages)
    enqueue(
        kind="alert",
        subject=row.id,
        incident=row.incident_id,
        title=headline,
        text={language: _whole(row, language) for language in headline},
        sent_at=row.sent,
        exercise=row.status == CapStatus.EXERCISE,
        cap_xml=row.cap_xml,
    )
    journal(
        act,
        "alert.cancelled" if row.msg_type == MsgType.CANCEL else "alert.published",
        row,
        identifier=row.identifier,
        references=message.references,
        sha256=row.sha256,
        status=row.status,
    )


def _whole(row: Alert, language: str) -> str:
    parts = (row.description.get(language, ""), row.instruction.get(language, ""))
    return "\n\n".join(part for part in parts if part)


def expire(*, clock: Clock) -> int:
    """Marks what has run out. Returns how many there were."""
    now, expired = clock.now(), 0
    while True:
        with transaction.atomic():
            over = list(
                Alert.objects.select_for_update()
                .filter(state=AlertState.PUBLISHED, expires_at__lte=now)
                .order_by("expires_at", "id")[:BATCH]
            )
            for row in over:
                move(row, "expire")
                row.save(update_fields=["state"])
                journal(Act(machine("alerts"), now), "alert.expired", row)
        expired += len(over)
        if len(over) < BATCH:
            return expired
