"""Reading the response: what runs, who has what to do, who has not answered."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Model

from tocsin.kernel.errors import NotFound
from tocsin.stages.response.command.enums import WORKING, ActivationState, ReceiptState, TaskState
from tocsin.stages.response.command.models import Activation, Decision, Need, Order, OrderReceipt, Task

Row = TypeVar("Row", bound=Model)


def activations(incident: UUID, *, active_only: bool = False) -> list[Activation]:
    """The plans that ran for an incident, the first one first."""
    rows = Activation.objects.filter(incident_id=incident)
    if active_only:
        rows = rows.filter(state=ActivationState.ACTIVE)
    return list(rows.order_by("started_at", "id"))


def active_of(incident: UUID, plan: str) -> Activation | None:
    """The running activation of a plan for an incident."""
    return Activation.objects.filter(incident_id=incident, plan=plan, state=ActivationState.ACTIVE).first()


def tasks(
    incident: UUID,
    *,
    owners: Iterable[str] | None = None,
    state: TaskState | None = None,
    after: int = 0,
    limit: int = 200,
) -> list[Task]:
    """Tasks of an incident in the order of their numbers; `after` is the last number of the page before."""
    rows = Task.objects.filter(incident_id=incident, number__gt=after).select_related("owner")
    if owners is not None:
        rows = rows.filter(owner__in=list(owners))
    if state is not None:
        rows = rows.filter(state=state)
    return list(rows.order_by("number")[:limit])


def workload(posts: Iterable[str], *, after: UUID | None = None, limit: int = 100) -> list[Task]:
    """The unfinished tasks of some posts in all incidents, by id (the oldest first)."""
    rows = Task.objects.filter(owner__in=list(posts), state__in=WORKING).select_related("owner")
    return list((rows.filter(id__gt=after) if after else rows).order_by("id")[:limit])


def unanswered(
    posts: Iterable[str] | None = None, *, after: UUID | None = None, limit: int = 100
) -> list[OrderReceipt]:
    """The receipts (of some posts, where named) that wait for an answer, by id (the oldest first)."""
    rows = OrderReceipt.objects.filter(state=ReceiptState.OPEN).select_related("order", "post")
    if posts is not None:
        rows = rows.filter(post__in=list(posts))
    return list((rows.filter(id__gt=after) if after else rows).order_by("id")[:limit])


def orders(incident: UUID, *, after: int = 0, limit: int = 100) -> list[Order]:
    """Orders of an incident by number, with their `receipts` and posts already read."""
    rows = Order.objects.filter(incident_id=incident, number__gt=after).prefetch_related("receipts__post")
    return list(rows.order_by("number")[:limit])


def decisions(incident: UUID, *, after: int = 0, limit: int = 100) -> list[Decision]:
    """The decision log of an incident, by number."""
    rows = Decision.objects.filter(incident_id=incident, number__gt=after)
    return list(rows.order_by("number")[:limit])


def needs(incident: UUID, *, after: int = 0, limit: int = 200) -> list[Need]:
    """What an incident's response needs, by number."""
    rows = Need.objects.filter(incident_id=incident, number__gt=after).select_related("owner")
    return list(rows.order_by("number")[:limit])


def task(key: UUID) -> Task:
    """The task with this id. Raises `NotFound`."""
    return found(Task.objects.select_related("owner").filter(id=key).first(), "task", key)


def receipt(key: UUID) -> OrderReceipt:
    """The receipt with this id. Raises `NotFound`."""
    row = OrderReceipt.objects.select_related("order", "post").filter(id=key).first()
    return found(row, "receipt", key)


def found(row: Row | None, thing: str, key: UUID) -> Row:
    """The row, or `NotFound` with the code `<thing>.unknown`."""
    if row is None:
        raise NotFound(
            f"{thing}.unknown",
            "There is no such {thing}.",
            cure="See the incident.",
            thing=thing,
            id=str(key),
        )
    return row
