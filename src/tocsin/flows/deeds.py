"""What a line of the script can do: each deed is the one action that a person's page calls too.

A deed is handed who acts, the post they sit in, the facts of the entry that was heard (with its
`chain`) and what the line gives besides.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from tocsin.flows.reporting import draft_from_record
from tocsin.kernel.actors import Act
from tocsin.kernel.errors import NotFound
from tocsin.kernel.instants import after
from tocsin.packs.scripts import Deed
from tocsin.spine.incidents import actions as incidents
from tocsin.stages.communication.alerts import actions as alerts
from tocsin.stages.communication.bulletins import actions as bulletins
from tocsin.stages.readiness.plans import actions as plans
from tocsin.stages.recovery.reviews import actions as reviews
from tocsin.stages.reduction.situations import actions as situations
from tocsin.stages.reduction.situations.enums import SituationState
from tocsin.stages.reduction.situations.queries import situation
from tocsin.stages.response.command import actions as command
from tocsin.stages.response.command import queries as commanded
from tocsin.stages.response.command.enums import TaskState
from tocsin.stages.response.reports import actions as reports
from tocsin.stages.response.reports.enums import ReportKind

Facts = Mapping[str, Any]
Done = Callable[[Act, str, Facts, dict[str, Any]], Any]


def _assess(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    """Looks again at a situation that is still watched."""
    watched = situation(UUID(facts["subject"].partition(":")[2]))
    if watched.state == SituationState.WATCHED:
        situations.assess(act=act, situation=watched)


def _sign(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    incidents.sign(act=act, proposal=UUID(facts["proposal"]), changes=given or None)


def _refuse(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    incidents.refuse(act=act, proposal=UUID(facts["proposal"]))


def _acknowledge(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    for receipt in commanded.unanswered(posts=[post]):
        if str(receipt.order_id) == facts["order"]:
            command.acknowledge(act=act, receipt=receipt.id)


def _finish_task(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    """Takes a task on and finishes it, where it still waits for that."""
    key = UUID(facts["task"])
    if commanded.task(key).state == TaskState.OPEN:
        command.accept_task(act=act, task=key)
        command.finish_task(act=act, task=key, note=act.word)


def _send_report(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    reports.send_report(act=act, report=UUID(facts["report"]))


def _report(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    """Drafts a follow-up from the record as it is now and sends it, while the response runs."""
    incident = UUID(facts["chain"])
    if commanded.activations(incident, active_only=True):
        drafted = draft_from_record(act=act, incident=incident, kind=ReportKind.FOLLOW_UP)
        reports.send_report(act=act, report=drafted.id)


def _submit_alert(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    alerts.submit(act=act, alert=UUID(facts["alert"]))


def _approve_alert(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    alerts.approve(act=act, alert=UUID(facts["alert"]))


def _submit_bulletin(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    bulletins.submit(act=act, bulletin=UUID(facts["bulletin"]))


def _approve_bulletin(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    bulletins.approve(act=act, bulletin=UUID(facts["bulletin"]))


def _approve_plan(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    plans.approve(act=act, version=UUID(facts["version"]))


def _write_review(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    review = UUID(facts["review"])
    reviews.write_summary(act=act, review=review, text=given["summary"])
    lesson = reviews.add_lesson(act=act, review=review, text=given["lesson"])
    reviews.assign_action(
        act=act,
        lesson=lesson.id,
        text=given["action"],
        owner=given["owner"],
        due=after(act.at, timedelta(days=int(given["days"]))),
        change=reviews.PlanChange(given["plan"], given["find"], given["replace"]),
    )


def _finish_action(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    if not facts.get("basis"):
        raise NotFound("script.no_action", "This plan version rests on no corrective action.")
    reviews.finish_action(
        act=act, action=UUID(facts["basis"]), result=act.word, plan_version=UUID(facts["version"])
    )


def _verify_action(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    reviews.verify_action(act=act, action=UUID(facts["action"]))


def _close_review(act: Act, post: str, facts: Facts, given: dict[str, Any]) -> None:
    reviews.close_review(act=act, review=UUID(facts["review"]))


DEEDS: Mapping[Deed, Done] = {
    Deed.ASSESS_SITUATION: _assess,
    Deed.SIGN_PROPOSAL: _sign,
    Deed.REFUSE_PROPOSAL: _refuse,
    Deed.ACKNOWLEDGE_ORDER: _acknowledge,
    Deed.FINISH_TASK: _finish_task,
    Deed.SEND_REPORT: _send_report,
    Deed.REPORT: _report,
    Deed.SUBMIT_ALERT: _submit_alert,
    Deed.APPROVE_ALERT: _approve_alert,
    Deed.SUBMIT_BULLETIN: _submit_bulletin,
    Deed.APPROVE_BULLETIN: _approve_bulletin,
    Deed.APPROVE_PLAN: _approve_plan,
    Deed.WRITE_REVIEW: _write_review,
    Deed.FINISH_ACTION: _finish_action,
    Deed.VERIFY_ACTION: _verify_action,
    Deed.CLOSE_REVIEW: _close_review,
}
