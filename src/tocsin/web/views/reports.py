"""Reports upwards: drafted from the record, sent by one person, corrected in the open."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from tocsin.flows.reporting import draft_from_record
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.queries import entries
from tocsin.stages.response.reports import actions, queries
from tocsin.stages.response.reports.body import Body, Casualties
from tocsin.stages.response.reports.enums import REPORT_LIFE, ReportKind, ReportState
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.reading import Form
from tocsin.web.telling import hands
from tocsin.web.views.room import room

FIELDS = (
    ("unit", gettext_noop("Reporting unit")),
    ("time", gettext_noop("Time")),
    ("place", gettext_noop("Place")),
    ("source", gettext_noop("Source of the information")),
    ("nature", gettext_noop("Kind and nature")),
    ("extent", gettext_noop("Extent")),
    ("course", gettext_noop("Course")),
    ("loss", gettext_noop("Estimated loss")),
    ("measures", gettext_noop("Measures taken")),
    ("trend", gettext_noop("Trend")),
    ("other", gettext_noop("Other")),
)
COUNTS = (
    ("deaths", gettext_noop("Dead")),
    ("missing", gettext_noop("Missing")),
    ("injured", gettext_noop("Injured")),
)


@page()
def report(request: Asked, key: UUID) -> HttpResponse:
    """One report."""
    row = queries.report(key)
    counts = row.body.get("casualties") or {}
    return render(
        request,
        "incidents/report.html",
        {
            "report": row,
            "incident": incident_by_id(row.incident_id),
            "fields": [(name, label, row.body.get(name, "")) for name, label in FIELDS],
            "counts": [(name, label, counts.get(name)) for name, label in COUNTS],
            "unknown": row.said.unknown(),
            "moves": REPORT_LIFE.open_to(ReportState(row.state)),
            "hands": hands(entries(chain=str(row.incident_id), kinds=["report.drafted", "report.sent"])),
        },
    )


@deed(back=room)
def draft(request: Asked, key: UUID) -> HttpResponse:
    """Begins a report with empty fields, or the last one sent."""
    form = Form(request.POST)
    kind = form.choice("kind", ReportKind)
    last = queries.latest_sent(key)
    made = actions.draft_report(
        act=act(request),
        incident=key,
        kind=kind,
        to=form.need("to", 300),
        body=last.said if last else Body(),
    )
    told(request, gettext_noop("The report was drafted."))
    return redirect("incidents-report", key=made.id)


@deed(back=room)
def draw(request: Asked, key: UUID) -> HttpResponse:
    """Begins a report as the record supports it now."""
    kind = Form(request.POST).choice("kind", ReportKind)
    made = draft_from_record(act=act(request), incident=key, kind=kind)
    told(request, gettext_noop("The report was drafted from the record; read it before you send it."))
    return redirect("incidents-report", key=made.id)


@deed(back=report)
def move(request: Asked, key: UUID, move: str) -> HttpResponse:
    """Keeps, sends, discards or corrects a report."""
    form, by = Form(request.POST), act(request)
    moves: dict[str, Callable[[], Any]] = {
        "revise": lambda: actions.revise_report(act=by, report=key, body=_body(form)),
        "send": lambda: actions.send_report(act=by, report=key),
        "discard": lambda: actions.discard_report(act=by, report=key),
        "correct": lambda: actions.correct_report(act=by, report=key, body=_body(form)),
    }
    if move not in moves:
        raise Http404
    made = moves[move]()
    told(request, gettext_noop("Done."))
    return redirect("incidents-report", key=made.id)


def _body(form: Form) -> Body:
    texts = {name: form.text(name) for name, _ in FIELDS}
    counts = {name: form.whole_or_none(name) for name, _ in COUNTS}
    return Body(**texts, casualties=Casualties(**counts))
