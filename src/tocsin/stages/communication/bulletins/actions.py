"""Drafting, approving and correcting bulletins. A correction is a bulletin of its own that names the earlier
one and says what was wrong; the earlier stays readable as it was.
"""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from tocsin.kernel.actors import Act, ActorKind, require_word
from tocsin.kernel.errors import Contended, Forbidden, Malformed
from tocsin.packs.publishing import Mode, Product
from tocsin.packs.rows import Text
from tocsin.spine.clocks.queries import replay
from tocsin.spine.incidents.models import Incident
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack
from tocsin.stages.communication.bulletins.content import BulletinContent, read, whole
from tocsin.stages.communication.bulletins.enums import BULLETIN_LIFE, BulletinKind, BulletinState
from tocsin.stages.communication.bulletins.models import Bulletin
from tocsin.stages.communication.bulletins.queries import bulletin as bulletin_by_id
from tocsin.stages.communication.delivery.actions import enqueue
from tocsin.stages.communication.permission import demand_second, joined, permit, require_stated
from tocsin.stages.communication.wording import in_order


@transaction.atomic
def draft(
    *,
    act: Act,
    hazard: str,
    content: BulletinContent,
    product: Product = Product.FACTS,
    kind: BulletinKind = BulletinKind.OWN,
    issuer: Text | None = None,
    incident: UUID | None = None,
) -> Bulletin:
    """Drafts a bulletin. Raises `Forbidden` with the rule where the pack doesn't let this desk publish it."""
    demand(act.by, Power.BULLETIN_DRAFT)
    permit(active_pack(), product, hazard, Mode(kind.value))
    row = Bulletin(
        incident_id=incident,
        series=str(incident) if incident else DESK,
        kind=kind,
        product=product.value,
        hazard=hazard,
        issuer=dict(_issuer(kind, issuer)),
    )
    return _write(act, row, content)


def _issuer(kind: BulletinKind, named: Text | None) -> Text:
    if (kind is BulletinKind.OWN) == (named is None):
        return active_pack().name if named is None else named
    raise Malformed(
        "bulletin.issuer",
        "The desk's own bulletin has no other issuer; what is passed on needs the one who issued it.",
        cure="Name the issuer of what is passed on, and nobody for the desk's own.",
        where="issuer",
    )


@transaction.atomic
def revise(*, act: Act, bulletin: UUID, content: BulletinContent) -> Bulletin:
    """Changes a draft, or one that was returned."""
    demand(act.by, Power.BULLETIN_DRAFT)
    row = _locked(bulletin)
    _fill(row, content, act)
    row.edited_by = act.by.name
    return _move(act, row, "revise", "bulletin.revised")


@transaction.atomic
def discard(*, act: Act, bulletin: UUID) -> Bulletin:
    """Throws a draft away, with a word of why."""
    demand(act.by, Power.BULLETIN_DRAFT)
    require_word(act)
    row = _locked(bulletin)
    row.word = act.word
    return _move(act, row, "discard", "bulletin.discarded")


@transaction.atomic
def submit(*, act: Act, bulletin: UUID) -> Bulletin:
    """Gives a draft to a second person; a person submits it, whoever drafted it. Raises `Malformed` with all
    that must be stated and is not.
    """
    demand(act.by, Power.BULLETIN_DRAFT)
    if act.by.kind is ActorKind.MACHINE:
        raise Forbidden(
            "bulletin.machine_submits",
            "The machine drafts a bulletin; a person reads and submits it.",
            cure="Read the draft, mend it and submit it.",
        )
    row = _locked(bulletin)
    _check(row)
    row.submitted_by, row.word = act.by.name, ""
    row.hands = joined(row.hands, act.by)
    return _move(act, row, "submit", "bulletin.submitted")


@transaction.atomic
def return_(*, act: Act, bulletin: UUID) -> Bulletin:
    """Gives a bulletin back to whoever drafted it, with a word of why."""
    demand(act.by, Power.BULLETIN_APPROVE)
    require_word(act)
    row = _locked(bulletin)
    row.word = act.word
    return _move(act, row, "return", "bulletin.returned")


@transaction.atomic
def approve(*, act: Act, bulletin: UUID) -> Bulletin:
    """Publishes a bulletin under the next number of its series; the one it corrects is marked as corrected.

    Raises `Forbidden` for whoever had a hand in it, `Contended` where another took the number just now.
    """
    demand(act.by, Power.BULLETIN_APPROVE)
    row = _locked(bulletin)
    row.state = BULLETIN_LIFE.after(BulletinState(row.state), "approve")
    demand_second(act, row.hands)
    _check(row)
    row.approved_by, row.published_at = act.by.name, act.at
    _number(row)
    if row.corrects_id:
        corrected = _locked(row.corrects_id)
        _move(act, corrected, "correct", "bulletin.corrected", by=str(row.id), by_number=row.number)
    _journal(act, "bulletin.published", row)
    _enqueue(row)
    return row


def _number(row: Bulletin) -> None:
    last = Bulletin.objects.filter(series=row.series, number__isnull=False).order_by("-number").first()
    row.number = (last.number or 0) + 1 if last else 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        raise Contended(
            "bulletin.number",
            "Another bulletin was published at the same moment.",
            cure="Approve this one again.",
        ) from fault


def _enqueue(row: Bulletin) -> None:
    drill = row.incident_id is not None and Incident.objects.filter(id=row.incident_id, drill=True).exists()
    title = in_order(row.title, active_pack().languages)
    enqueue(
        kind="bulletin",
        subject=row.id,
        incident=row.incident_id,
        title=title,
        text=whole(read({**row.content, "title": title})),
        sent_at=row.published,
        exercise=drill or replay() is not None,
    )


@transaction.atomic
def correct(*, act: Act, bulletin: UUID, content: BulletinContent | None = None) -> Bulletin:
    """Drafts the correction of a published bulletin; without `content` it begins as a copy. What was wrong
    stands in the content's `correction` and is public.
    """
    demand(act.by, Power.BULLETIN_DRAFT)
    earlier = bulletin_by_id(bulletin)
    BULLETIN_LIFE.after(BulletinState(earlier.state), "correct")
    row = Bulletin(
        incident_id=earlier.incident_id,
        series=earlier.series,
        kind=earlier.kind,
        product=earlier.product,
        hazard=earlier.hazard,
        issuer=earlier.issuer,
        corrects=earlier,
    )
    return _write(act, row, content or read({**earlier.content, "correction": {}}))


def _write(act: Act, row: Bulletin, content: BulletinContent) -> Bulletin:
    row.drafted_at, row.drafted_by = act.at, act.by.name
    _fill(row, content, act)
    row.save()
    _journal(act, "bulletin.drafted", row)
    return row


def _fill(row: Bulletin, content: BulletinContent, act: Act) -> None:
    row.title, row.content = dict(content.title), content.plain()
    row.hands = joined(row.hands, act.by)


def _check(row: Bulletin) -> None:
    pack = active_pack()
    rule = permit(pack, Product(row.product), row.hazard, Mode(row.kind))
    content = read(row.content)
    first = pack.languages[0]
    languages = set(content.title) | ({first} if row.kind == BulletinKind.OWN else set())
    stated = {
        "title": bool(languages) and all(content.title.get(language, "").strip() for language in languages),
        "known": bool(content.known)
        and all(said.text.get(language, "").strip() for said in content.known for language in languages),
        "correction": any(content.correction.values()),
    }
    fields = ["title", "known"] + (["correction"] if row.corrects_id else [])
    require_stated(stated, fields, rule.source)


def _locked(key: UUID) -> Bulletin:
    return Bulletin.objects.select_for_update().filter(id=key).first() or bulletin_by_id(key)


def _move(act: Act, row: Bulletin, move: str, kind: str, **more: Any) -> Bulletin:
    row.state = BULLETIN_LIFE.after(BulletinState(row.state), move)
    row.save()
    _journal(act, kind, row, **more)
    return row


def _journal(act: Act, kind: str, row: Bulletin, **more: Any) -> None:
    body = {
        "bulletin": str(row.id),
        "number": row.number,
        "title": row.title,
        "hazard": row.hazard,
        "product": row.product,
        "kind": row.kind,
        "corrects": str(row.corrects_id) if row.corrects_id else None,
    }
    append(chain=row.series, kind=kind, act=act, body={**body, **more})
