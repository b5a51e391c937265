"""The response to an incident: the plans that run, tasks, orders and their receipts, needs, decisions."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Amount, Code, Limit, Minutes, Page, Prose, Seq, Texts, Word, page
from tocsin.flows import incident_to_response
from tocsin.kernel.ladders import ResponseLevel
from tocsin.spine.people.enums import Power
from tocsin.stages.response.command import actions, queries
from tocsin.stages.response.command.enums import (
    TASK_LIFE,
    ActivationState,
    NeedState,
    ReceiptState,
    TaskState,
)
from tocsin.stages.response.command.models import Activation, Order, Task

room = Room("response")


class LevelIn(Word):
    """A plan and the level that it shall run at."""

    plan: Code
    level: Literal["I", "II", "III", "IV"]


class ActivationOut(Schema):
    """A plan that runs for an incident. `level` counts from 1 (IV) to 4 (I)."""

    id: UUID
    incident_id: UUID
    plan: str
    plan_version: UUID
    plan_number: int
    level: int
    state: ActivationState
    matter: dict[str, str]
    expected_until: datetime
    measures: list[dict[str, str]]
    basis: str
    started_at: datetime
    ended_at: datetime | None


class TaskOut(Schema):
    """A task. `number` counts within the incident."""

    id: UUID
    incident_id: UUID
    number: int
    key: str
    title: dict[str, str]
    owner: str
    basis: str
    state: TaskState
    assigned_at: datetime
    due_at: datetime | None
    accepted_at: datetime | None
    accepted_by: str
    done_at: datetime | None
    done_by: str
    note: str
    evidence: list[str]
    moves: list[str]

    @staticmethod
    def resolve_owner(row: Task) -> str:
        return str(row.owner_id)

    @staticmethod
    def resolve_moves(row: Task) -> list[str]:
        return list(TASK_LIFE.open_to(TaskState(row.state)))


class ReceiptOut(Schema):
    """One post's answer to an order."""

    id: UUID
    post_id: str
    state: ReceiptState
    due_at: datetime
    answered_at: datetime | None
    answered_by: str
    reason: str


class OrderOut(Schema):
    """An order and its receipts."""

    id: UUID
    incident_id: UUID
    number: int
    key: str
    text: dict[str, str]
    issued_by: str
    issued_at: datetime
    receipts: list[ReceiptOut]

    @staticmethod
    def resolve_receipts(row: Order) -> list[Any]:
        return list(row.receipts.all())


class NeedOut(Schema):
    """Something needed, and how much of it has come."""

    id: UUID
    incident_id: UUID
    number: int
    key: str
    what: dict[str, str]
    quantity: Decimal
    unit: dict[str, str]
    met: Decimal
    owner_id: str | None
    state: NeedState
    raised_at: datetime
    met_at: datetime | None


class DecisionOut(Schema):
    """A decision; `known_seq` is the newest entry of the journal that could be seen when it was made."""

    id: UUID
    incident_id: UUID
    number: int
    matter: str
    known_seq: int
    known: str
    options: list[str]
    chosen: str
    reasons: str
    signer: str
    decided_at: datetime


class TaskIn(Word):
    """A task that no plan asked for."""

    title: Texts
    owner: Code
    within: Minutes | None = None
    basis: Prose = ""


class DoneIn(Word):
    """How a task was done; `evidence` names files or addresses."""

    note: Prose
    evidence: Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=50)] = []


class ReopenIn(Word):
    """Why it is opened again, and until when it is due."""

    within: Minutes | None = None


class OrderIn(Word):
    """An order, and the posts that must acknowledge it."""

    text: Texts
    to: Annotated[list[Code], Field(min_length=1, max_length=200)]
    acknowledge_within: Minutes


class NeedIn(Word):
    """Something that is needed."""

    what: Texts
    quantity: Amount
    unit: Texts
    owner: Code | None = None


class SupplyIn(Word):
    """How much of it came."""

    quantity: Amount


class DecisionIn(Word):
    """A decision to be kept with its grounds."""

    matter: Prose
    chosen: Prose
    reasons: Prose
    options: Annotated[list[Prose], Field(max_length=50)] = []
    known: Prose = ""


def _span(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)


@room.look("/incidents/{incident}/activations", list[ActivationOut])
def list_activations(request: Asked, incident: UUID) -> list[Activation]:
    """The plans that ran for an incident."""
    return queries.activations(incident)


@room.change("/incidents/{incident}/end-response", list[ActivationOut], Power.RESPONSE_LEVEL)
def end_response(request: Asked, incident: UUID, body: Word) -> Any:
    """Ends the plans that run: what is still open is called off."""
    return actions.end_response(act=act_of(request, body.word), incident=incident)


@room.look("/incidents/{incident}/tasks", Page[TaskOut])
def list_tasks(
    request: Asked,
    incident: UUID,
    state: TaskState | None = None,
    owner: Code | None = None,
    after: Seq = 0,
    limit: Limit = 100,
) -> Any:
    """The tasks of an incident in the order of their numbers."""
    owners = None if owner is None else [owner]
    return page(
        queries.tasks(incident, owners=owners, state=state, after=after, limit=limit), limit, "number"
    )


@room.look("/tasks/{task}", TaskOut)
def get_task(request: Asked, task: UUID) -> Any:
    """One task."""
    return queries.task(task)


@room.change("/incidents/{incident}/tasks", TaskOut, Power.TASK_ASSIGN)
def assign_task(request: Asked, incident: UUID, body: TaskIn) -> Any:
    """Gives a post a task."""
    return actions.assign_task(
        act=act_of(request, body.word),
        incident=incident,
        title=body.title,
        owner=body.owner,
        within=_span(body.within),
        basis=body.basis,
    )


@room.change("/tasks/{task}/accept", TaskOut, Power.TASK_WORK)
def accept_task(request: Asked, task: UUID, body: Word) -> Any:
    """The owner's post takes the task on."""
    return actions.accept_task(act=act_of(request, body.word), task=task)


@room.change("/tasks/{task}/finish", TaskOut, Power.TASK_WORK)
def finish_task(request: Asked, task: UUID, body: DoneIn) -> Any:
    """The owner's post has done the task."""
    return actions.finish_task(
        act=act_of(request, body.word), task=task, note=body.note, evidence=body.evidence
    )


@room.change("/tasks/{task}/reopen", TaskOut, Power.TASK_ASSIGN)
def reopen_task(request: Asked, task: UUID, body: ReopenIn) -> Any:
    """Opens a finished or cancelled task again, with a word of why."""
    return actions.reopen_task(act=act_of(request, body.word), task=task, within=_span(body.within))


@room.change("/tasks/{task}/cancel", TaskOut, Power.TASK_ASSIGN)
def cancel_task(request: Asked, task: UUID, body: Word) -> Any:
    """Calls a task off, with a word of why."""
    return actions.cancel_task(act=act_of(request, body.word), task=task)


@room.look("/incidents/{incident}/orders", Page[OrderOut])
def list_orders(request: Asked, incident: UUID, after: Seq = 0, limit: Limit = 100) -> Any:
    """The orders of an incident with their receipts."""
    return page(queries.orders(incident, after=after, limit=limit), limit, "number")


@room.change("/incidents/{incident}/orders", OrderOut, Power.ORDER_GIVE)
def give_order(request: Asked, incident: UUID, body: OrderIn) -> Any:
    """Gives an order to posts; each must acknowledge it in time."""
    return actions.give_order(
        act=act_of(request, body.word),
        incident=incident,
        text=body.text,
        to=body.to,
        acknowledge_within=timedelta(minutes=body.acknowledge_within),
    )


@room.change("/receipts/{receipt}/acknowledge", ReceiptOut, Power.ORDER_ACKNOWLEDGE)
def acknowledge(request: Asked, receipt: UUID, body: Word) -> Any:
    """The post has read the order and carries it out."""
    return actions.acknowledge(act=act_of(request, body.word), receipt=receipt)


@room.change("/receipts/{receipt}/decline", ReceiptOut, Power.ORDER_ACKNOWLEDGE)
def decline(request: Asked, receipt: UUID, body: Word) -> Any:
    """The post can't carry the order out; the word says why."""
    return actions.decline(act=act_of(request, body.word), receipt=receipt)


@room.look("/incidents/{incident}/needs", Page[NeedOut])
def list_needs(request: Asked, incident: UUID, after: Seq = 0, limit: Limit = 100) -> Any:
    """What the response needs."""
    return page(queries.needs(incident, after=after, limit=limit), limit, "number")


@room.change("/incidents/{incident}/level", ActivationOut, Power.RESPONSE_LEVEL)
def set_level(request: Asked, incident: UUID, body: LevelIn) -> Any:
    """Starts a plan at a level; where it runs already, raises or lowers it."""
    return incident_to_response.set_level(
        act=act_of(request, body.word), incident=incident, plan=body.plan, level=ResponseLevel[body.level]
    )


@room.change("/incidents/{incident}/needs", NeedOut, Power.TASK_WORK)
def raise_need(request: Asked, incident: UUID, body: NeedIn) -> Any:
    """Says that something is needed."""
    return actions.raise_need(
        act=act_of(request, body.word),
        incident=incident,
        what=body.what,
        quantity=body.quantity,
        unit=body.unit,
        owner=body.owner or "",
    )


@room.change("/needs/{need}/meet", NeedOut, Power.TASK_WORK)
def meet_need(request: Asked, need: UUID, body: SupplyIn) -> Any:
    """So much of it has come."""
    return actions.meet_need(act=act_of(request, body.word), need=need, quantity=body.quantity)


@room.look("/incidents/{incident}/decisions", Page[DecisionOut])
def list_decisions(request: Asked, incident: UUID, after: Seq = 0, limit: Limit = 100) -> Any:
    """The decision log."""
    return page(queries.decisions(incident, after=after, limit=limit), limit, "number")


@room.change("/incidents/{incident}/decisions", DecisionOut, Power.DECISION_RECORD)
def record_decision(request: Asked, incident: UUID, body: DecisionIn) -> Any:
    """Records a decision with its grounds, signed by the caller."""
    return actions.record_decision(
        act=act_of(request, body.word),
        incident=incident,
        matter=body.matter,
        chosen=body.chosen,
        reasons=body.reasons,
        options=body.options,
        known=body.known,
    )
