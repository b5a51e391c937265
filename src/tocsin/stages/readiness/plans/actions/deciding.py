"""Submitting, returning, approving, filing and withdrawing a version.

Approval puts a version into force and ends the one before it in the same transaction, under the plan's lock:
there is never more than one. A version that was drafted against an older one than is in force now can't be
approved, for it would silently undo what was changed in between.
"""

from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.errors import Forbidden, Illegal, Malformed
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.readiness.plans.actions.dates import begin, end, met_by_filing
from tocsin.stages.readiness.plans.actions.ground import in_force, journal, lock, move, require_sound
from tocsin.stages.readiness.plans.actions.writing import join
from tocsin.stages.readiness.plans.enums import VersionState
from tocsin.stages.readiness.plans.models import Plan, PlanVersion


@transaction.atomic
def submit(*, act: Act, version: UUID) -> PlanVersion:
    """Hands a draft to whoever approves it. Raises `Malformed` with what the linter finds."""
    demand(act.by, Power.PLAN_DRAFT)
    row = lock(version)
    move(row, "submit")
    require_sound(row)
    join(row, act)
    return hand_over(act, row)


def hand_over(act: Act, row: PlanVersion) -> PlanVersion:
    """Writes that a sound version waits for approval."""
    row.state, row.word = VersionState.SUBMITTED, ""
    row.save()
    journal(act, "plan.submitted", row)
    return row


@transaction.atomic
def return_(*, act: Act, version: UUID) -> PlanVersion:
    """Gives a version back to whoever drafted it, with a word of why."""
    demand(act.by, Power.PLAN_APPROVE)
    require_word(act)
    row = lock(version)
    move(row, "return")
    row.word = act.word
    row.save()
    journal(act, "plan.returned", row)
    return row


@transaction.atomic
def approve(*, act: Act, version: UUID) -> PlanVersion:
    """Puts a submitted version into force; the one before it gives way.

    Raises `Forbidden` for whoever had a hand in it, `Illegal` where it is not waiting or where another
    version came into force since it was drafted, `Malformed` where the linter finds something by now.
    """
    demand(act.by, Power.PLAN_APPROVE)
    row = lock(version)
    move(row, "approve")
    _require_second(act, row)
    before = in_force(row.plan_id)
    _require_current(row, before)
    require_sound(row)
    if before is not None:
        _supersede(act, before)
    row.approver, row.approved_at, row.word = act.by.name, act.at, ""
    row.review_due = begin(act, row)
    row.save()
    head = row.document.head
    Plan.objects.filter(code=row.plan_id).update(title=dict(head.title), hazards=list(head.hazards))
    journal(act, "plan.approved", row, supersedes=before.number if before else None)
    return row


def _require_second(act: Act, row: PlanVersion) -> None:
    if act.by.id in {*row.hands, row.author_id}:
        raise Forbidden(
            "plan.own",
            "Whoever had a hand in a version can't approve it.",
            cure="Ask a second person to read it.",
        )


def _require_current(row: PlanVersion, current: PlanVersion | None) -> None:
    number = current.number if current else None
    if row.base != number:
        raise Illegal(
            "plan.overtaken",
            "Version {number} was drafted before version {current} came into force, and would undo what it "
            "changed.",
            cure="Return it, make its change in the version that is in force, and submit that.",
            number=row.number,
            current=number,
        )


def _supersede(act: Act, before: PlanVersion) -> None:
    move(before, "supersede")
    before.superseded_at = act.at
    before.save()
    end(act, before, reviewed=True)
    journal(act, "plan.superseded", before)


@transaction.atomic
def file_plan(*, act: Act, version: UUID, to: str) -> PlanVersion:
    """A version in force was filed: with whom. It meets the duties that only a person can show as done."""
    demand(act.by, Power.PLAN_DRAFT)
    if not to.strip():
        raise Malformed("plan.filed_nowhere", "It says not with whom.", cure="Name the office.", where="to")
    row = lock(version)
    move(row, "file")
    row.filed_at = act.at
    row.save()
    met_by_filing(act, row)
    journal(act, "plan.filed", row, to=to)
    return row


@transaction.atomic
def withdraw(*, act: Act, version: UUID) -> PlanVersion:
    """Takes a version back, with a word of why. One in force is withdrawn only by whoever could approve it:
    after that nothing runs for its dangers.
    """
    demand(act.by, Power.PLAN_DRAFT)
    require_word(act)
    row = lock(version)
    if row.state == VersionState.APPROVED:
        demand(act.by, Power.PLAN_APPROVE)
        row.superseded_at = act.at
        end(act, row, reviewed=False)
    move(row, "withdraw")
    row.word = act.word
    row.save()
    journal(act, "plan.withdrawn", row)
    return row
