"""Corrective actions: given to a post with a date, done, and verified by somebody else.

An action outlives its review: it is done when it is done, and its clock runs until then.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.errors import Forbidden, Malformed
from tocsin.kernel.instants import Instant, iso
from tocsin.spine.clocks.actions import meet, start
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand, demand_post, post
from tocsin.stages.recovery.reviews.actions.ground import journal, lock_open, require_text
from tocsin.stages.recovery.reviews.enums import ACTION_LIFE, ACTION_RULE, ActionState
from tocsin.stages.recovery.reviews.models import CorrectiveAction
from tocsin.stages.recovery.reviews.queries import found
from tocsin.stages.recovery.reviews.queries import lesson as lesson_by_id


@dataclass(frozen=True)
class PlanChange:
    """One line of a plan as it is (`find`) and as it shall be (`replace`); `plan` is the plan's code."""

    plan: str
    find: str
    replace: str

    def check(self) -> None:
        """Raises `Malformed` unless it names a plan and changes exactly one line."""
        lines = [self.find.strip(), self.replace.strip()]
        if not self.plan or not all(lines) or any("\n" in line for line in lines) or lines[0] == lines[1]:
            raise Malformed(
                "action.change",
                "This is not the change of one line of a plan.",
                cure="Name the plan, copy one line as it is, and write it as it shall be.",
                where="change",
            )


@transaction.atomic
def assign_action(
    *, act: Act, lesson: UUID, text: str, owner: str, due: Instant, change: PlanChange | None = None
) -> CorrectiveAction:
    """Gives a post something to do about a lesson by a date, which may be to change a line of a plan."""
    demand(act.by, Power.LESSON_ASSIGN)
    require_text(text, "text")
    _check_due(act, due)
    if change is not None:
        change.check()
    learned = lesson_by_id(lesson)
    lock_open(learned.review_id)
    action = CorrectiveAction.objects.create(
        lesson=learned,
        text=text,
        owner=post(owner),
        due_at=due,
        plan=change.plan if change else "",
        find=change.find if change else "",
        replace=change.replace if change else "",
        assigned_at=act.at,
    )
    _start_clock(act, action)
    _journal(act, "action.assigned", action, due=iso(due), find=action.find, replace=action.replace)
    return action


def _check_due(act: Act, due: Instant) -> None:
    if due <= act.at:
        raise Malformed(
            "action.due", "The date {due} has passed.", cure="Choose a later one.", where="due", due=iso(due)
        )


def _start_clock(act: Act, action: CorrectiveAction) -> None:
    start(
        act=act,
        subject=action.subject,
        rule=ACTION_RULE,
        name={"und": action.text},
        due=Instant(action.due_at),
        incident=action.lesson.review.incident_id,
        owner=action.owner_id,
    )


@transaction.atomic
def finish_action(
    *, act: Act, action: UUID, result: str, plan_version: UUID | None = None
) -> CorrectiveAction:
    """The owner has done it; `result` says what came of it. Meets its clock.

    One that was to change a plan names the version that came of it, or says in a word why none did.
    """
    demand(act.by, Power.REVIEW_WRITE)
    require_text(result, "result")
    locked = _locked(action)
    demand_post(act.by, Power.REVIEW_WRITE, [locked.owner_id])
    if locked.plan and plan_version is None:
        require_word(act)
    locked.result, locked.plan_version = result, plan_version
    locked.done_at, locked.done_by, locked.done_by_id = act.at, act.by.name, act.by.id
    meet(act=act, subject=locked.subject)
    version = str(plan_version) if plan_version else None
    return _move(act, locked, "finish", "action.done", result=result, plan_version=version)


@transaction.atomic
def return_action(*, act: Act, action: UUID) -> CorrectiveAction:
    """Sends a finished action back, with a word of what is lacking. Its clock starts again as it was due."""
    demand(act.by, Power.LESSON_ASSIGN)
    require_word(act)
    locked = _locked(action)
    locked.done_at = None
    locked.done_by = locked.done_by_id = ""
    moved = _move(act, locked, "return", "action.returned")
    _start_clock(act, moved)
    return moved


@transaction.atomic
def verify_action(*, act: Act, action: UUID) -> CorrectiveAction:
    """Another person than the one who did it has seen that it is done."""
    demand(act.by, Power.LESSON_ASSIGN)
    locked = _locked(action)
    if locked.done_by_id == act.by.id:
        raise Forbidden(
            "action.own",
            "Whoever did it can't verify it.",
            cure="Ask a second person to look.",
        )
    locked.verified_at, locked.verified_by = act.at, act.by.name
    return _move(act, locked, "verify", "action.verified")


def _locked(key: UUID) -> CorrectiveAction:
    rows = CorrectiveAction.objects.select_for_update(of=("self",)).select_related("lesson__review")
    return found(rows.filter(id=key).first(), "action", key)


def _move(act: Act, action: CorrectiveAction, move: str, kind: str, **more: Any) -> CorrectiveAction:
    action.state = ACTION_LIFE.after(ActionState(action.state), move)
    action.save()
    _journal(act, kind, action, **more)
    return action


def _journal(act: Act, kind: str, action: CorrectiveAction, **more: Any) -> None:
    body = {
        "action": str(action.id),
        "lesson": str(action.lesson_id),
        "text": action.text,
        "owner": action.owner_id,
        "plan": action.plan,
    }
    journal(act, kind, action.lesson.review, **body, **more)
