"""The review of an incident: what it drew from the record by itself, and what people make of it."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from tocsin.spine.incidents.models import Incident
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal import evidence
from tocsin.spine.journal.queries import entries
from tocsin.spine.people.enums import Power
from tocsin.stages.readiness.plans.queries import plans
from tocsin.stages.recovery.reviews import actions, queries
from tocsin.stages.recovery.reviews.actions import PlanChange
from tocsin.stages.recovery.reviews.enums import ACTION_LIFE, WRITTEN, ActionState, FindingKind
from tocsin.web import locality
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import after, uuid, word
from tocsin.web.reading import Form
from tocsin.web.telling import hands

HANDS = ("finding.added", "lesson.learned", "action.done", "action.verified")
CLOCKS = ("name", "owner", "due", "met", "outcome", "late_seconds", "escalated", "source")


@page()
def reviews(request: Asked) -> HttpResponse:
    """Reviews, the newest first, and the corrective actions that are still open."""
    rows = queries.reviews(before=uuid(request))
    incidents = Incident.objects.in_bulk([row.incident_id for row in rows])
    open_actions = queries.corrective_actions()
    if word(request, "format") in FORMATS:
        return export(_actions_sheet(open_actions), word(request, "format"))
    return render(
        request,
        "reviews/reviews.html",
        {
            "reviews": [(row, incidents.get(row.incident_id)) for row in rows],
            "actions": open_actions,
            "next_page": after(rows),
            "first_page": word(request, "before"),
        },
    )


@page()
def review(request: Asked, key: UUID) -> HttpResponse:
    """One review."""
    row = queries.review(key)
    if word(request, "format") in FORMATS:
        return export(_clocks_sheet(row.drawn), word(request, "format"))
    names = locality.post_names()
    findings = [(finding, finding.naming(names)) for finding in queries.findings(key)]
    return render(
        request,
        "reviews/review.html",
        {
            "review": row,
            "incident": incident_by_id(row.incident_id),
            "drawn": row.drawn,
            "statistics": row.drawn["statistics"],
            "clocks": row.drawn["clocks"],
            "findings": findings,
            "hands": hands(entries(chain=str(row.incident_id), kinds=HANDS, limit=2000)),
            "lessons": [(lesson, _moves(lesson)) for lesson in queries.lessons(key)],
            "finding_kinds": [(kind.value, kind.label) for kind in FindingKind if kind in WRITTEN],
            "finding_choices": [("", "–"), *((finding.id, said[:90]) for finding, said in findings)],
            "post_choices": sorted(names.items(), key=lambda pair: pair[1]),
            "plan_choices": [("", "–"), *((plan.code, say(plan.title)) for plan in plans())],
        },
    )


def _moves(lesson: Any) -> list[tuple[Any, tuple[str, ...]]]:
    return [(row, ACTION_LIFE.open_to(ActionState(row.state))) for row in lesson.actions.all()]


@page(Power.EVIDENCE_EXPORT)
def pack(request: Asked, key: UUID) -> StreamingHttpResponse:
    """The evidence pack: the incident's chain as a file that a stranger can verify."""
    incident = incident_by_id(queries.review(key).incident_id)
    lines: Iterator[str] = evidence.lines(str(incident.id))
    answer = StreamingHttpResponse((line.encode() for line in lines), content_type="application/x-ndjson")
    answer["Content-Disposition"] = f'attachment; filename="evidence-{incident.number}.jsonl"'
    return answer


@deed(back=review)
def move(request: Asked, key: UUID, move: str) -> HttpResponse:
    """Writes the summary, adds a finding or a lesson, closes the review."""
    form, by = Form(request.POST), act(request)
    moves: dict[str, Callable[[], Any]] = {
        "summary": lambda: actions.write_summary(act=by, review=key, text=form.need("text", 20_000)),
        "finding": lambda: actions.add_finding(
            act=by, review=key, kind=form.choice("kind", FindingKind), text=form.need("text", 2000)
        ),
        "lesson": lambda: actions.add_lesson(
            act=by, review=key, text=form.need("text", 2000), finding=form.uuid_or_none("finding")
        ),
        "close": lambda: actions.close_review(act=by, review=key),
    }
    return _moved(request, key, moves, move)


@deed(back=review)
def lesson(request: Asked, key: UUID, lesson: UUID, move: str) -> HttpResponse:
    """Draws the consequence of a lesson: a corrective action, or a word of why there is none."""
    form, by = Form(request.POST), act(request)
    moves: dict[str, Callable[[], Any]] = {
        "settle": lambda: actions.settle_lesson(act=by, lesson=lesson),
        "assign": lambda: actions.assign_action(
            act=by,
            lesson=lesson,
            text=form.need("text", 2000),
            owner=form.need("owner", 60),
            due=form.when("due"),
            change=_change(form),
        ),
    }
    return _moved(request, key, moves, move)


def _change(form: Form) -> PlanChange | None:
    plan = form.text("plan", 60)
    return PlanChange(plan, form.need("find", 2000), form.need("replace", 2000)) if plan else None


@deed(back=review)
def corrective(request: Asked, key: UUID, action: UUID, move: str) -> HttpResponse:
    """Finishes, returns or verifies a corrective action."""
    form, by = Form(request.POST), act(request)
    moves: dict[str, Callable[[], Any]] = {
        "finish": lambda: actions.finish_action(
            act=by, action=action, result=form.need("result", 2000), plan_version=form.uuid_or_none("version")
        ),
        "return": lambda: actions.return_action(act=by, action=action),
        "verify": lambda: actions.verify_action(act=by, action=action),
    }
    return _moved(request, key, moves, move)


def _moved(request: Asked, key: UUID, moves: dict[str, Callable[[], Any]], move: str) -> HttpResponse:
    if move not in moves:
        raise Http404
    moves[move]()
    told(request, gettext_noop("Done."))
    return redirect("reviews-detail", key=key)


def _clocks_sheet(drawn: dict[str, Any]) -> Sheet:
    rows = [
        (c["name"], c["owner"], c["due"], c["met"], c["outcome"], c["late"], c["escalated"], c["source"])
        for c in drawn["clocks"]
    ]
    return Sheet("review-clocks", CLOCKS, rows)


def _actions_sheet(rows: list[Any]) -> Sheet:
    columns = ("action", "owner", "due", "state", "plan", "lesson")
    cells = [
        (row.text, say(row.owner.name), row.due_at, row.state, row.plan, row.lesson.text) for row in rows
    ]
    return Sheet("corrective-actions", columns, cells)
