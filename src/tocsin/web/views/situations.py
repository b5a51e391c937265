"""One place, or one situation, with the evidence it rests on; assessing and closing a situation."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from tocsin.spine.places.queries import place as place_by_code
from tocsin.stages.reduction.signals.models import Signal
from tocsin.stages.reduction.signals.queries import signals_of
from tocsin.stages.reduction.situations import actions, queries
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.duties import duties
from tocsin.web.paging import moment
from tocsin.web.watching import Street, streets


@page()
def place(request: Asked, code: str) -> HttpResponse:
    """A district with its streets: what is in force in each, since when, and on which messages it rests."""
    row = place_by_code(code)
    at = moment(request, "at") or request.now
    found = streets(code, at)
    cited = {key for street in found if street.cell for key in street.cell.evidence}
    signals = {str(signal.id): signal for signal in signals_of(cited)}
    rows = [(street, _signals(street, signals)) for street in found]
    context = {"place": row, "at": at, "past": at != request.now, "cells": rows}
    return render(request, "watch/place.html", context)


def _signals(street: Street, signals: Mapping[str, Signal]) -> list[Signal]:
    return [signals[key] for key in (street.cell.evidence if street.cell else ()) if key in signals]


@page()
def situation(request: Asked, key: UUID) -> HttpResponse:
    """One situation."""
    found = queries.detail(key, request.now)
    return render(
        request,
        "watch/situation.html",
        {
            "situation": found.situation,
            "signals": found.evidence,
            "clocks": duties(found.deadlines),
            "rows": found.rows,
        },
    )


@deed(back=situation)
def assess(request: Asked, key: UUID) -> HttpResponse:
    """Says what a person thinks of it; its clock starts anew."""
    actions.assess(act=act(request), situation=queries.situation(key))
    told(request, gettext_noop("Assessed; the next look is on the clock."))
    return redirect("watch-situation", key=key)


@deed(back=situation)
def close(request: Asked, key: UUID) -> HttpResponse:
    """Stops watching it."""
    actions.close(act=act(request), situation=queries.situation(key))
    told(request, gettext_noop("The situation is no longer watched."))
    return redirect("watch")
