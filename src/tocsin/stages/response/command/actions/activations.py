"""Starting a plan, changing its level, ending it.

Everything a level starts is started in one transaction: either the whole plan runs or none of it. A
change of level adds what the new level starts and is not there yet; it takes nothing away, since a
task that somebody has begun is called off by a person, not by arithmetic.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Illegal, NotFound
from tocsin.kernel.ladders import ResponseLevel
from tocsin.spine.clocks.actions import start
from tocsin.spine.clocks.enums import OPEN
from tocsin.spine.clocks.models import Deadline
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.response.command.actions.ground import journal, lock_open, require_posts
from tocsin.stages.response.command.actions.needs import drop_need, write_need
from tocsin.stages.response.command.actions.orders import drop_receipt, write_order
from tocsin.stages.response.command.actions.tasks import drop_task, write_task
from tocsin.stages.response.command.enums import (
    ACTIVATION_LIFE,
    WORKING,
    ActivationState,
    NeedState,
    ReceiptState,
)
from tocsin.stages.response.command.models import Activation, Need, Order, OrderReceipt, Task
from tocsin.stages.response.command.planned import PlannedNeed, PlannedOrder, PlannedTask, PlanOrders
from tocsin.stages.response.command.queries import active_of

Planned = TypeVar("Planned", PlannedTask, PlannedOrder, PlannedNeed)


@transaction.atomic
def activate(*, act: Act, incident: UUID, plan: PlanOrders, level: ResponseLevel) -> Activation:
    """Starts a plan at a level: its tasks, orders, needs and clocks.

    Raises `Malformed` where the plan does not state what the law asks for or names posts that this desk
    does not have; `Illegal` where it runs already or the incident is over.
    """
    demand(act.by, Power.RESPONSE_ACTIVATE)
    _check(plan)
    lock_open(incident)
    if active_of(incident, plan.code):
        raise Illegal(
            "response.active",
            "The plan “{plan}” runs already.",
            cure="Raise or lower its level instead.",
            plan=plan.code,
        )
    activation = Activation(incident_id=incident, plan=plan.code, started_at=act.at)
    _state(activation, plan, level)
    _journal(act, "response.activated", activation)
    _start_all(act, activation, plan)
    return activation


@transaction.atomic
def raise_level(*, act: Act, incident: UUID, level: ResponseLevel, plan: PlanOrders) -> Activation:
    """Raises a running plan to a higher level and adds what that level starts."""
    return _change_level(act, incident, level, plan, "raise")


@transaction.atomic
def lower_level(*, act: Act, incident: UUID, level: ResponseLevel, plan: PlanOrders) -> Activation:
    """Lowers a running plan to a milder level; what has been started stays."""
    return _change_level(act, incident, level, plan, "lower")


_KINDS = {"raise": "response.level_raised", "lower": "response.level_lowered"}


def _change_level(act: Act, incident: UUID, level: ResponseLevel, plan: PlanOrders, move: str) -> Activation:
    demand(act.by, Power.RESPONSE_LEVEL)
    _check(plan)
    lock_open(incident)
    activation = _running(incident, plan.code)
    was = activation.level
    if (level > was) != (move == "raise") or level == was:
        raise Illegal(
            f"response.{move}",
            "The response is at level {was} already; this would make it {level}.",
            cure="Choose a level on the other side of the present one, or the other action.",
            was=ResponseLevel(was).name,
            level=level.name,
        )
    activation.state = ACTIVATION_LIFE.after(ActivationState(activation.state), move)
    _state(activation, plan, level)
    _journal(act, _KINDS[move], activation, was=was)
    _start_all(act, activation, plan)
    return activation


@transaction.atomic
def end_response(*, act: Act, incident: UUID, plan: str | None = None) -> list[Activation]:
    """Ends the response by one plan, or by all. What is still open is called off and its clocks stop.

    Reports and other duties of the law run on. Raises `NotFound` where nothing runs.
    """
    demand(act.by, Power.RESPONSE_LEVEL)
    running = list(_active(incident))
    ending = [activation for activation in running if plan in (None, activation.plan)]
    if not ending:
        raise _not_running(plan or "")
    open_work = _lock_open_work(incident, ending, loose=len(ending) == len(running))
    for activation in ending:
        activation.state = ACTIVATION_LIFE.after(ActivationState(activation.state), "end")
        activation.ended_at = act.at
        activation.save(update_fields=["state", "ended_at"])
        _journal(act, "response.ended", activation)
    _drop_all(act, *open_work)
    return ending


def _lock_open_work(
    incident: UUID, ending: Iterable[Activation], *, loose: bool
) -> tuple[list[Task], list[OrderReceipt], list[Need]]:
    """What is still open in these activations; `loose`: also what belongs to none.

    Rows and their deadlines are locked here, before the journal is: everybody locks in this order.
    """
    of = Q(activation__in=list(ending)) | (Q(activation__isnull=True) if loose else Q(pk__in=[]))
    tasks = Task.objects.select_for_update().filter(of, incident_id=incident, state__in=WORKING)
    orders = Order.objects.filter(of, incident_id=incident)
    receipts = OrderReceipt.objects.select_for_update(of=("self",)).filter(
        order__in=orders, state=ReceiptState.OPEN
    )
    needs = Need.objects.select_for_update().filter(of, incident_id=incident, state=NeedState.OPEN)
    work = (
        list(tasks.order_by("number")),
        list(receipts.select_related("order").order_by("id")),
        list(needs.order_by("number")),
    )
    clocks = Deadline.objects.select_for_update().filter(incident_id=incident, state__in=OPEN)
    list(clocks.order_by("next_step_at"))
    return work


def _drop_all(act: Act, tasks: list[Task], receipts: list[OrderReceipt], needs: list[Need]) -> None:
    for task in tasks:
        drop_task(act, task)
    for receipt in receipts:
        drop_receipt(act, receipt)
    for need in needs:
        drop_need(act, need)


def _check(plan: PlanOrders) -> None:
    plan.check()
    require_posts(plan.posts())


def _active(incident: UUID) -> Iterable[Activation]:
    rows = Activation.objects.select_for_update()
    return rows.filter(incident_id=incident, state=ActivationState.ACTIVE).order_by("started_at")


def _running(incident: UUID, plan: str) -> Activation:
    for activation in _active(incident):
        if activation.plan == plan:
            return activation
    raise _not_running(plan)


def _not_running(plan: str) -> NotFound:
    return NotFound(
        "response.not_running", "No such plan runs here: “{plan}”.", cure="Activate it first.", plan=plan
    )


def _state(activation: Activation, plan: PlanOrders, level: ResponseLevel) -> None:
    activation.level = level
    activation.plan_version, activation.plan_number = plan.version, plan.number
    activation.matter, activation.basis = dict(plan.matter), plan.basis
    activation.expected = plan.expected
    activation.measures = [dict(measure) for measure in plan.measures]
    activation.save()


def _start_all(act: Act, activation: Activation, plan: PlanOrders) -> None:
    incident = activation.incident_id
    for task in _fresh(plan.tasks, activation, Task):
        write_task(act, incident, activation, task)
    for order in _fresh(plan.orders, activation, Order):
        write_order(act, incident, activation, order)
    for need in _fresh(plan.needs, activation, Need):
        write_need(act, incident, activation, need)
    _start_clocks(act, incident, plan)


def _fresh(
    planned: Iterable[Planned], activation: Activation, model: type[Task] | type[Order] | type[Need]
) -> Iterator[Planned]:
    """What this activation has not started yet; what the plan names twice is started once."""
    there = set(model._default_manager.filter(activation=activation).values_list("key", flat=True))
    for one in planned:
        if one.key not in there:
            there.add(one.key)
            yield one


def _start_clocks(act: Act, incident: UUID, plan: PlanOrders) -> None:
    for clock in plan.clocks:
        start(
            act=act,
            subject=clock.subject or f"response:{incident}",
            rule=clock.rule,
            name=clock.name,
            due=clock.due,
            incident=incident,
            owner=clock.owner,
            source=clock.source,
            verified=clock.verified,
        )


def _journal(act: Act, kind: str, activation: Activation, **more: Any) -> None:
    body = {
        "activation": str(activation.id),
        "plan": activation.plan,
        "plan_version": str(activation.plan_version),
        "plan_number": activation.plan_number,
        "level": int(activation.level),
        "matter": activation.matter,
        "expected_seconds": int(activation.expected.total_seconds()),
        "measures": activation.measures,
        "basis": activation.basis,
    }
    journal(act, kind, activation.incident_id, **body, **more)
