"""Deciding what the machine proposed: sign it, sign it with a change, or refuse it with a word of why."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_noop

from tocsin.spine.incidents import actions, queries
from tocsin.spine.incidents.models import Proposal
from tocsin.web.asked import Asked, act, deed, told
from tocsin.web.reading import Form
from tocsin.web.views.desk import desk


@deed(back=desk)
def sign(request: Asked, proposal: UUID) -> HttpResponse:
    """As it stands."""
    return _decided(request, actions.sign(act=act(request), proposal=proposal))


@deed(back=desk)
def change(request: Asked, proposal: UUID) -> HttpResponse:
    """With a change, and a word of why."""
    found, form = queries.proposal(proposal), Form(request.POST)
    return _decided(
        request, actions.sign(act=act(request), proposal=proposal, changes=_changes(found, form) or None)
    )


@deed(back=desk)
def refuse(request: Asked, proposal: UUID) -> HttpResponse:
    """Not at all."""
    return _decided(request, actions.refuse(act=act(request), proposal=proposal))


def _changes(proposal: Proposal, form: Form) -> dict[str, Any]:
    """What the form says differently from the offer."""
    said: dict[str, Any] = {}
    for name, value in proposal.offer.items():
        if isinstance(value, list) and form.many(f"offer_{name}"):
            said[name] = list(form.many(f"offer_{name}"))
        elif isinstance(value, str) and form.text(f"offer_{name}", 80):
            said[name] = form.text(f"offer_{name}", 80)
    return {name: value for name, value in said.items() if value != proposal.offer[name]}


def _decided(request: Asked, proposal: Proposal) -> HttpResponse:
    told(request, gettext_noop("Decided; the journal has it."))
    if proposal.incident_id:
        return redirect("incidents-room", key=proposal.incident_id)
    return redirect("desk")
