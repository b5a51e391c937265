"""What is done in the incident room: levels, tasks, orders, needs, decisions."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_noop

from tocsin.flows import incident_to_response
from tocsin.kernel.ladders import ResponseLevel
from tocsin.stages.response.command import actions
from tocsin.web import locality
from tocsin.web.asked import Asked, act, deed, told
from tocsin.web.reading import Form
from tocsin.web.views.room import room


@deed(back=room)
def set_level(request: Asked, key: UUID) -> HttpResponse:
    """Starts a plan at a level by hand, or raises or lowers it."""
    form = Form(request.POST)
    incident_to_response.set_level(
        act=act(request), incident=key, plan=form.need("plan", 60), level=form.choice("level", ResponseLevel)
    )
    return _back(request, key, gettext_noop("The plan runs at this level now."))


@deed(back=room)
def assign_task(request: Asked, key: UUID) -> HttpResponse:
    """Gives a post a task."""
    form = Form(request.POST)
    actions.assign_task(
        act=act(request),
        incident=key,
        title=form.texts("title", locality.languages()),
        owner=form.need("owner", 60),
        within=form.minutes("minutes") if form.text("minutes") else None,
        basis=form.text("basis", 500),
    )
    return _back(request, key, gettext_noop("The task was given."))


@deed(back=room)
def move_task(request: Asked, key: UUID, task: UUID, move: str) -> HttpResponse:
    """Takes a task on, finishes it, calls it off, or opens it again."""
    form, by = Form(request.POST), act(request)
    moves: dict[str, Callable[[], Any]] = {
        "accept": lambda: actions.accept_task(act=by, task=task),
        "finish": lambda: actions.finish_task(
            act=by, task=task, note=form.text("note"), evidence=form.lines("evidence")
        ),
        "cancel": lambda: actions.cancel_task(act=by, task=task),
        "reopen": lambda: actions.reopen_task(
            act=by, task=task, within=form.minutes("minutes") if form.text("minutes") else None
        ),
    }
    return _moved(request, key, moves, move)


@deed(back=room)
def give_order(request: Asked, key: UUID) -> HttpResponse:
    """Tells posts to do something at once."""
    form = Form(request.POST)
    to = form.many("to")
    actions.give_order(
        act=act(request),
        incident=key,
        text=form.texts("text", locality.languages()),
        to=list(to),
        acknowledge_within=form.minutes("minutes"),
    )
    return _back(request, key, gettext_noop("The order was given."))


@deed(back=room)
def move_receipt(request: Asked, key: UUID, receipt: UUID, move: str) -> HttpResponse:
    """Acknowledges or declines an order."""
    by = act(request)
    moves: dict[str, Callable[[], Any]] = {
        "acknowledge": lambda: actions.acknowledge(act=by, receipt=receipt),
        "decline": lambda: actions.decline(act=by, receipt=receipt),
    }
    return _moved(request, key, moves, move)


@deed(back=room)
def record_decision(request: Asked, key: UUID) -> HttpResponse:
    """Keeps a decision with what was known, the options and the reasons."""
    form = Form(request.POST)
    actions.record_decision(
        act=act(request),
        incident=key,
        matter=form.need("matter", 2000),
        chosen=form.need("chosen", 2000),
        reasons=form.need("reasons", 5000),
        options=form.lines("options"),
        known=form.text("known"),
    )
    return _back(request, key, gettext_noop("The decision was recorded."))


@deed(back=room)
def raise_need(request: Asked, key: UUID) -> HttpResponse:
    """Says what is needed."""
    form = Form(request.POST)
    actions.raise_need(
        act=act(request),
        incident=key,
        what=form.texts("what", locality.languages()),
        quantity=form.amount("quantity"),
        unit=form.texts("unit", locality.languages()),
        owner=form.text("owner", 60),
    )
    return _back(request, key, gettext_noop("The need was recorded."))


@deed(back=room)
def meet_need(request: Asked, key: UUID, need: UUID) -> HttpResponse:
    """Something that was needed came."""
    actions.meet_need(act=act(request), need=need, quantity=Form(request.POST).amount("quantity"))
    return _back(request, key, gettext_noop("What came was recorded."))


def _moved(request: Asked, key: UUID, moves: dict[str, Callable[[], Any]], move: str) -> HttpResponse:
    if move not in moves:
        raise Http404
    moves[move]()
    return _back(request, key, gettext_noop("Done."))


def _back(request: Asked, key: UUID, sentence: str) -> HttpResponse:
    told(request, sentence)
    return redirect("incidents-room", key=key)
