"""The incident room: everything about one incident on one page, and what can be done about it as a whole."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from tocsin.kernel.ladders import IncidentGrade, ResponseLevel
from tocsin.spine.clocks.enums import OPEN
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.incidents import actions, queries
from tocsin.spine.incidents.models import Incident
from tocsin.spine.journal.queries import entries
from tocsin.stages.communication.alerts import queries as alerts
from tocsin.stages.communication.bulletins import queries as bulletins
from tocsin.stages.readiness.plans.queries import in_force
from tocsin.stages.recovery.reviews.queries import review_of
from tocsin.stages.response.command import queries as command
from tocsin.stages.response.command.enums import TASK_LIFE, TaskState
from tocsin.stages.response.reports import queries as reports
from tocsin.stages.response.reports.enums import ReportKind
from tocsin.web import grading, locality
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.duties import duties
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import word
from tocsin.web.reading import Form
from tocsin.web.spans import whole_moment
from tocsin.web.telling import hands, particulars, sentence

SHOWN = 100
WHOLE = 5000


@page()
def room(request: Asked, key: UUID) -> HttpResponse:
    """The room."""
    incident = queries.incident(key)
    timeline = entries(chain=str(incident.id), limit=WHOLE, newest_first=True)
    if word(request, "format") in FORMATS:
        return export(_sheet(incident, timeline), word(request, "format"))
    told_by = hands(timeline)
    context = {
        "incident": incident,
        "timeline": timeline[:SHOWN],
        "timeline_more": len(timeline) > SHOWN,
        "hands": told_by,
        **_clocks(key),
        "proposals": queries.proposals(incident=key),
        "review": review_of(key),
        **_response(key),
        **_words(key),
        **_grade(incident),
        "post_choices": sorted(locality.post_names().items(), key=lambda pair: pair[1]),
    }
    return render(request, "incidents/room.html", context)


def _clocks(key: UUID) -> dict[str, Any]:
    """Deadlines that run or are late first; the others are folded away."""
    found = deadlines(incident=key, limit=1000)
    return {
        "clocks": duties(clock for clock in found if clock.state in OPEN),
        "clocks_done": duties(clock for clock in found if clock.state not in OPEN),
    }


def _response(key: UUID) -> dict[str, Any]:
    """What the command has under way."""
    tasks = command.tasks(key)
    return {
        "activations": command.activations(key),
        "plans_in_force": [(row.plan_id, say(row.document.head.title)) for row in in_force()],
        "response_levels": locality.known_steps(ResponseLevel),
        "tasks": [(task, TASK_LIFE.open_to(TaskState(task.state))) for task in tasks],
        "orders": command.orders(key),
        "needs": command.needs(key),
        "decisions": command.decisions(key),
        "reports": reports.reports(key),
        "report_kinds": ReportKind.choices,
    }


def _words(key: UUID) -> dict[str, Any]:
    """What the public was told, or is about to be."""
    return {"alerts": alerts.alerts(incident=key), "bulletins": bulletins.bulletins(incident=key)}


def _grade(incident: Incident) -> dict[str, Any]:
    verdicts = grading.verdicts(incident.kind, incident.facts)
    return {
        "verdicts": verdicts,
        "facts": [(fact, incident.facts.get(fact.id, "")) for fact in grading.asked(incident.kind)],
        "grades": [("", "–"), *locality.known_steps(IncidentGrade)],
    }


@deed(back=room)
def regrade(request: Asked, key: UUID) -> HttpResponse:
    """Sets the grade from the facts known now, or another one with a word of why."""
    incident, form = queries.incident(key), Form(request.POST)
    facts = grading.read_facts(form, incident.kind)
    verdicts = grading.verdicts(incident.kind, {**incident.facts, **facts})
    actions.regrade(
        act=act(request),
        incident=key,
        grade=form.choice("grade", IncidentGrade),
        facts=facts,
        reasons=grading.reasons(verdicts),
    )
    told(request, gettext_noop("The incident was graded."))
    return redirect("incidents-room", key=key)


@deed(back=room)
def end(request: Asked, key: UUID) -> HttpResponse:
    """Ends the response; the review begins."""
    actions.end(act=act(request), incident=key)
    told(request, gettext_noop("The incident has ended; its review begins."))
    return redirect("incidents-room", key=key)


@deed(back=room)
def reopen(request: Asked, key: UUID) -> HttpResponse:
    """Takes it up again."""
    actions.reopen(act=act(request), incident=key)
    told(request, gettext_noop("The incident was opened again."))
    return redirect("incidents-room", key=key)


@deed(back=room)
def close(request: Asked, key: UUID) -> HttpResponse:
    """Closes it for good."""
    actions.close(act=act(request), incident=key)
    told(request, gettext_noop("The incident was closed."))
    return redirect("incidents-room", key=key)


def _sheet(incident: Incident, timeline: list[Any]) -> Sheet:
    rows = [
        (
            whole_moment(e.at),
            e.kind,
            sentence(e.kind),
            e.actor_name,
            e.actor_kind,
            particulars(e.facts),
            e.word,
        )
        for e in reversed(timeline)
    ]
    columns = ("at", "kind", "sentence", "actor", "actor_kind", "particulars", "word")
    return Sheet(f"incident-{incident.number}", columns, rows)
