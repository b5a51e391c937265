"""What the response needs, and how much of it has come."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Malformed
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand, demand_post
from tocsin.stages.response.command.actions.ground import journal, lock_open, next_number, require_posts
from tocsin.stages.response.command.enums import NEED_LIFE, NeedState
from tocsin.stages.response.command.models import Activation, Need
from tocsin.stages.response.command.planned import PlannedNeed, Text
from tocsin.stages.response.command.queries import found

LARGEST = Decimal("99999999999.999")


@transaction.atomic
def raise_need(
    *, act: Act, incident: UUID, what: Text, quantity: Decimal, unit: Text, owner: str = ""
) -> Need:
    """Says that something is needed; `owner` is the post that is asked for it, empty: nobody yet."""
    demand(act.by, Power.TASK_WORK)
    _check(quantity)
    lock_open(incident)
    require_posts({owner} if owner else ())
    return write_need(act, incident, None, PlannedNeed("", what, quantity, unit, owner))


def write_need(act: Act, incident: UUID, activation: Activation | None, planned: PlannedNeed) -> Need:
    """Writes one need; the incident is locked and the right was asked for."""
    need = Need.objects.create(
        incident_id=incident,
        number=next_number(Need, incident),
        activation=activation,
        key=planned.key,
        what=dict(planned.what),
        quantity=planned.quantity,
        unit=dict(planned.unit),
        owner_id=planned.owner or None,
        raised_at=act.at,
    )
    _journal(act, "need.raised", need)
    return need


@transaction.atomic
def meet_need(*, act: Act, need: UUID, quantity: Decimal) -> Need:
    """So much of it has come; what has come adds up until the need is met.

    Done by the post that was asked for it (or one above); where nobody was, by whoever assigns tasks.
    """
    demand(act.by, Power.TASK_WORK)
    _check(quantity)
    locked = found(Need.objects.select_for_update().filter(id=need).first(), "need", need)
    if locked.owner_id:
        demand_post(act.by, Power.TASK_WORK, [locked.owner_id])
    else:
        demand(act.by, Power.TASK_ASSIGN)
    locked.met += quantity
    enough = locked.met >= locked.quantity
    locked.met_at = act.at if enough else None
    return _move(act, locked, "meet" if enough else "supply", "need.met" if enough else "need.supplied")


def drop_need(act: Act, locked: Need) -> Need:
    """Gives a need up; it is locked already."""
    return _move(act, locked, "lapse", "need.lapsed")


def _move(act: Act, need: Need, move: str, kind: str) -> Need:
    need.state = NEED_LIFE.after(NeedState(need.state), move)
    need.save()
    _journal(act, kind, need)
    return need


def _check(quantity: Decimal) -> None:
    if not (quantity.is_finite() and 0 < quantity <= LARGEST):
        raise Malformed(
            "need.quantity",
            "“{quantity}” is no quantity.",
            cure="Give a number above zero.",
            where="quantity",
            quantity=str(quantity),
        )


def _journal(act: Act, kind: str, need: Need, **more: Any) -> None:
    body = {"need": str(need.id), "number": need.number, "what": need.what, "unit": need.unit}
    amounts = {"quantity": str(need.quantity), "met": str(need.met), "owner": need.owner_id or ""}
    journal(act, kind, need.incident_id, **body, **amounts, **more)
