"""The list of incidents, and opening one by hand."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from tocsin.spine.incidents import actions, queries
from tocsin.spine.incidents.enums import IncidentState
from tocsin.spine.incidents.models import Incident
from tocsin.web import locality
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import PAGE, after, choice, moment, word
from tocsin.web.reading import Form


@page()
def incidents(request: Asked) -> HttpResponse:
    """Incidents, the newest first."""
    state = choice(request, "state", IncidentState)
    form = word(request, "format")
    limit = 1000 if form in FORMATS else PAGE
    rows = queries.incidents(state=state, before=moment(request, "before"), limit=limit)
    if form in FORMATS:
        return export(_sheet(rows), form)
    last = after(rows, "opened_at")
    return render(
        request,
        "incidents/incidents.html",
        {
            "incidents": rows,
            "state": state,
            "states": [(s.value, s.value) for s in IncidentState],
            "kinds": locality.known_kinds(),
            "place_choices": locality.known_places(("city", "district", "street", "town")),
            "next_page": last.isoformat() if last else None,
            "first_page": word(request, "before"),
        },
    )


@deed(back=incidents)
def open_by_hand(request: Asked) -> HttpResponse:
    """Opens an incident that nobody proposed."""
    form = Form(request.POST)
    here = locality.pack()
    kind = form.need("kind", 60)
    opened = actions.open_incident(
        act=act(request),
        kind=kind if here and kind in here.kinds else "",
        title=form.texts("title", locality.languages()),
        areas=form.many("areas"),
        occurred_at=form.when_or_none("occurred"),
    )
    told(request, gettext_noop("The incident was opened."))
    return redirect("incidents-room", key=opened.id)


def _sheet(rows: list[Incident]) -> Sheet:
    columns = ("number", "title", "kind", "grade", "state", "areas", "opened", "ended", "closed")
    return Sheet("incidents", columns, [_row(row) for row in rows])


def _row(row: Incident) -> tuple[object, ...]:
    areas = list(locality.place_names(row.areas).values())
    times = (row.opened_at, row.ended_at, row.closed_at)
    return (row.number, say(row.title), locality.kind_name(row.kind), row.grade, row.state, areas, *times)
