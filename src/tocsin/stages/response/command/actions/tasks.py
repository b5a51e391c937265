"""Giving tasks to posts, and what the posts make of them. A post works its own tasks, or those of posts
below it.

Deadlines are locked before the journal is, here as in the clocks' own sweep: so a task's clock is met
first, and if the task's life does not allow the move, the transaction takes that back too.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.instants import Instant, after, iso
from tocsin.spine.clocks.actions import cancel, meet, start
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand, demand_post
from tocsin.stages.response.command.actions.ground import (
    journal,
    lock_open,
    next_number,
    require_posts,
)
from tocsin.stages.response.command.enums import TASK_LIFE, ClockRule, TaskState
from tocsin.stages.response.command.models import Activation, Task
from tocsin.stages.response.command.planned import PlannedTask, Text
from tocsin.stages.response.command.queries import task as task_by_id


@transaction.atomic
def assign_task(
    *, act: Act, incident: UUID, title: Text, owner: str, within: timedelta | None = None, basis: str = ""
) -> Task:
    """Gives a post a task that no plan asked for, due `within` a span from now."""
    demand(act.by, Power.TASK_ASSIGN)
    lock_open(incident)
    require_posts({owner})
    return write_task(act, incident, None, PlannedTask("", title, owner, within, basis))


def write_task(act: Act, incident: UUID, activation: Activation | None, planned: PlannedTask) -> Task:
    """Writes one task with its clock; the incident is locked and the right was asked for."""
    task = Task.objects.create(
        incident_id=incident,
        number=next_number(Task, incident),
        activation=activation,
        key=planned.key,
        title=dict(planned.title),
        owner_id=planned.owner,
        basis=planned.basis,
        assigned_at=act.at,
        due_at=None if planned.within is None else after(act.at, planned.within),
    )
    _start_clock(act, task)
    _journal(act, "task.assigned", task, due=_iso(task), basis=task.basis)
    return task


def _start_clock(act: Act, task: Task) -> None:
    if task.due_at is not None:
        start(
            act=act,
            subject=task.subject,
            rule=ClockRule.TASK,
            name=task.title,
            due=Instant(task.due_at),
            incident=task.incident_id,
            owner=task.owner_id,
            source=task.basis,
        )


@transaction.atomic
def accept_task(*, act: Act, task: UUID) -> Task:
    """A post takes its task on."""
    locked = _own_task(act, task)
    locked.accepted_at, locked.accepted_by = act.at, act.by.name
    return _move(act, locked, "accept", "task.accepted")


@transaction.atomic
def finish_task(*, act: Act, task: UUID, note: str, evidence: Sequence[str] = ()) -> Task:
    """A post has done its task; `note` says how, `evidence` names files or addresses. Meets its clock."""
    locked = _own_task(act, task)
    locked.done_at, locked.done_by = act.at, act.by.name
    locked.note, locked.evidence = note, list(evidence)
    meet(act=act, subject=locked.subject)
    return _move(act, locked, "finish", "task.done", note=note, evidence=locked.evidence)


@transaction.atomic
def reopen_task(*, act: Act, task: UUID, within: timedelta | None = None) -> Task:
    """Opens a finished or cancelled task again, with a word of why and, where given, a new deadline."""
    demand(act.by, Power.TASK_ASSIGN)
    require_word(act)
    locked = _locked(task)
    lock_open(locked.incident_id)
    locked.accepted_at = locked.done_at = None
    locked.accepted_by = locked.done_by = ""
    locked.due_at = None if within is None else after(act.at, within)
    moved = _move(act, locked, "reopen", "task.reopened", due=_iso(locked))
    _start_clock(act, moved)
    return moved


@transaction.atomic
def cancel_task(*, act: Act, task: UUID) -> Task:
    """Calls a task off, with a word of why. Its clock stops."""
    demand(act.by, Power.TASK_ASSIGN)
    require_word(act)
    return drop_task(act, _locked(task))


def drop_task(act: Act, locked: Task) -> Task:
    """Calls off a task that is locked already."""
    cancel(act=act, subject=locked.subject)
    return _move(act, locked, "cancel", "task.cancelled")


def _locked(key: UUID) -> Task:
    return Task.objects.select_for_update().filter(id=key).first() or task_by_id(key)


def _own_task(act: Act, key: UUID) -> Task:
    demand(act.by, Power.TASK_WORK)
    locked = _locked(key)
    demand_post(act.by, Power.TASK_WORK, [locked.owner_id])
    return locked


def _move(act: Act, task: Task, move: str, kind: str, **more: Any) -> Task:
    task.state = TASK_LIFE.after(TaskState(task.state), move)
    task.save()
    _journal(act, kind, task, **more)
    return task


def _iso(task: Task) -> str | None:
    return None if task.due_at is None else iso(Instant(task.due_at))


def _journal(act: Act, kind: str, task: Task, **more: Any) -> None:
    body = {"task": str(task.id), "number": task.number, "title": task.title, "owner": task.owner_id}
    journal(act, kind, task.incident_id, **body, key=task.key, **more)
