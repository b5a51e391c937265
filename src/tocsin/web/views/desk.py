"""The desk: what is watched, what waits for a signature, what runs, what is late, who is on duty."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tocsin.flows.models import Seat
from tocsin.kernel.instants import Instant
from tocsin.spine.clocks.queries import counts, deadlines, replay
from tocsin.spine.incidents.enums import IncidentState, ProposalState
from tocsin.spine.incidents.queries import incidents, proposals
from tocsin.spine.journal.queries import entries
from tocsin.spine.people.enums import Role
from tocsin.spine.people.queries import holdings, posts, roster
from tocsin.stages.communication.alerts.queries import waiting as alerts_waiting
from tocsin.stages.communication.bulletins.queries import waiting as bulletins_waiting
from tocsin.stages.communication.delivery.queries import troubled
from tocsin.stages.reduction.signals.queries import counts as signal_counts
from tocsin.stages.reduction.signals.queries import sources
from tocsin.web import locality
from tocsin.web.asked import Asked, page
from tocsin.web.duties import duties
from tocsin.web.watching import board

LATE = 200
"""So many open deadlines are looked at; those that stand alike are one line."""
DUTIES = 12
NEWS = 8
CHAIRS = frozenset({Role.DUTY_OFFICER, Role.COMMANDER, Role.INFORMATION_OFFICER})


@page()
def desk(request: Asked) -> HttpResponse:
    """The first page that everybody sees."""
    watched, here = board(request.now), locality.pack()
    return render(
        request,
        "desk/desk.html",
        {
            "board": watched,
            "proposals": proposals(state=ProposalState.OPEN),
            "incidents": incidents(state=IncidentState.OPEN),
            "late": duties(deadlines(open_only=True, limit=LATE))[:DUTIES],
            "clock_counts": counts(request.now),
            "on_duty": on_duty(request.now),
            "sources": sources(request.now, here) if here else [],
            "signal_counts": signal_counts(),
            "news": entries(limit=NEWS, newest_first=True),
            **_second_person(),
        },
    )


def _second_person() -> dict[str, Any]:
    """What waits for a second person, and what did not get out."""
    return {"alerts": alerts_waiting(), "bulletins": bulletins_waiting(), "troubled": troubled(limit=20)}


def on_duty(now: Instant) -> list[dict[str, Any]]:
    """Who sits in the chairs that decide: by the roster, else the holder, else the first deputy."""
    shifts = {shift.post_id: shift.person for shift in roster(now, Instant(now.replace(microsecond=999_999)))}
    held: dict[str, Any] = {}
    for holding in holdings(now):
        held.setdefault(holding.post_id, holding.person)
    taken = dict(Seat.objects.values_list("post", "person"))
    scripted = replay() is not None
    return [
        {
            "post": post,
            "person": shifts.get(post.code) or held.get(post.code),
            "taken": taken.get(post.code),
            "scripted": scripted and post.code not in taken,
        }
        for post in posts()
        if post.role in CHAIRS
    ]
