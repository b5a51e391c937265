"""The door of a demonstration: whoever sits at the machine that replays an archive with a script in the
seats may enter as one of the stand-ins, without a password.

It exists only where the desk was started as a demonstration AND lives in a scripted replay; elsewhere
there is nothing at its address.
"""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tocsin.spine.clocks.queries import replay
from tocsin.spine.people.queries import holder

SEATS = (
    "duty-officer",
    "commander",
    "information-officer",
    "spokesperson",
    "water-liaison",
    "auditor",
    "administrator",
)
"""The stand-ins offered, the most telling first."""


def open_to_all() -> bool:
    """Whether this desk is a demonstration."""
    row = replay()
    return bool(settings.DEMO and row is not None and row.scripted)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Signs the visitor in as the stand-in of a post."""
    seat = request.POST.get("seat", "")
    person = holder(seat) if open_to_all() and seat in SEATS else None
    if person is None:
        raise Http404
    login(request, person.user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("desk")
