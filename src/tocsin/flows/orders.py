"""From a plan's document to what the command is handed: plain records of everything one level starts."""

from datetime import timedelta

from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import ResponseLevel
from tocsin.packs.durations import Duration
from tocsin.spine.places.queries import active_pack
from tocsin.stages.readiness.plans.document import PlanDocument
from tocsin.stages.readiness.plans.models import PlanVersion
from tocsin.stages.response.command.planned import (
    PlannedNeed,
    PlannedOrder,
    PlannedTask,
    PlanOrders,
)


def orders(version: PlanVersion, document: PlanDocument, level: ResponseLevel, at: Instant) -> PlanOrders:
    """Everything that the plan starts at `level`; spans are counted on the pack's calendar from `at`."""
    row = document.level(level)

    def span(text: str) -> timedelta:
        return Duration.parse(text).after(at, active_pack().zone) - at

    return PlanOrders(
        code=document.head.code,
        version=version.id,
        number=version.number,
        matter=row.matter,
        expected=span(row.expected),
        measures=row.measures,
        basis=row.basis,
        tasks=tuple(
            PlannedTask(task.id, task.title, task.owner, span(task.within), task.basis)
            for task in document.tasks
            if task.runs_at(level)
        ),
        orders=tuple(
            PlannedOrder(order.id, order.text, order.to, span(order.acknowledge))
            for order in document.orders
            if order.runs_at(level)
        ),
        needs=tuple(
            PlannedNeed(need.id, need.what, need.quantity, need.unit, need.owner)
            for need in document.resources
            if need.runs_at(level)
        ),
    )
