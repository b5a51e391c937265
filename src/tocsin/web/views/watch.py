"""The watch list at any instant: a board, a map, and for each place the evidence it rests on."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from tocsin.kernel.instants import Instant, iso
from tocsin.kernel.instants import after as later
from tocsin.spine.clocks.queries import replay
from tocsin.stages.reduction.situations import queries
from tocsin.stages.reduction.situations.enums import SituationState
from tocsin.stages.reduction.situations.watching import Row
from tocsin.web import atlas, locality
from tocsin.web.asked import Asked, page
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.paging import moment, word
from tocsin.web.watching import Board, board

BACK = timedelta(days=3)
COLUMNS = ("area", "name", "hazard", "level", "since", "streets", "of", "basis", "disputed_since")


@page()
def watch(request: Asked) -> HttpResponse:
    """The board."""
    at = moment(request, "at") or request.now
    shown = board(at, word(request, "kind"))
    if word(request, "format") in FORMATS:
        return export(_sheet(shown), word(request, "format"))
    return render(
        request,
        "watch/watch.html",
        {
            "board": shown,
            "at": at,
            "past": at != request.now,
            "situations": queries.situations(state=SituationState.WATCHED),
            "slider": _slider(request.now, at),
            "areas_address": _address(at if at != request.now else None, word(request, "kind")),
        },
    )


@page()
def areas(request: Asked) -> HttpResponse:
    """The districts for the map: coloured by what is in force, or with some of them marked."""
    marked = [code[:20] for code in request.GET.getlist("here")[:60]]
    if marked:
        return JsonResponse(atlas.features({}, {}, marked), content_type="application/geo+json")
    shown = board(moment(request, "at") or request.now, word(request, "kind"))
    return JsonResponse(atlas.features(shown.levels, shown.said), content_type="application/geo+json")


def _address(at: Instant | None, kind: str) -> str:
    said = {"at": iso(at) if at else "", "kind": kind}
    query = urlencode({name: value for name, value in said.items() if value})
    return reverse("map-areas") + (f"?{query}" if query else "")


def _slider(now: Instant, at: Instant) -> dict[str, int | str]:
    """The span that the slider covers, in quarters of an hour from its beginning."""
    row = replay()
    begins = max(Instant(row.begins), later(now, -BACK)) if row else later(now, -BACK)
    quarter = timedelta(minutes=15)
    return {
        "begins": iso(begins),
        "steps": max(1, int((now - begins) / quarter)),
        "here": max(0, int((at - begins) / quarter)),
    }


def _sheet(shown: Board) -> Sheet:
    names = {code: name for code, name, _ in shown.rows}
    geometry = {outline.code: outline.geometry for outline in atlas.outlines()}
    rows = [(c.area, names.get(c.area, ""), *_row(c)) for c in shown.cells]
    return Sheet("watch-list", COLUMNS, rows, [geometry.get(c.area) for c in shown.cells])


def _row(cell: Row) -> tuple[object, ...]:
    disputed = cell.dispute.since if cell.dispute else None
    kind = locality.kind_name(cell.kind)
    return (kind, cell.level, cell.since, cell.leaves, cell.of, cell.basis.value, disputed)
