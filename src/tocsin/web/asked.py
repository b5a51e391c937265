"""Who asks, and what becomes of a refusal: the two wrappers that every view wears.

`page` shows something; `deed` does one thing by one action, lets the flows hear it and goes back. Both
demand a person behind the account, and turn each refusal of the house into a page that says what is
wrong and what to do next. A form that was refused is shown again with what was written in it.
"""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext, gettext_noop

from tocsin.flows.runner import advance
from tocsin.kernel.actors import Act, Actor
from tocsin.kernel.clock import Clock
from tocsin.kernel.errors import Contended, Forbidden, Illegal, Malformed, TocsinError
from tocsin.kernel.instants import Instant
from tocsin.spine.clocks.queries import timepiece
from tocsin.spine.journal.queries import newest
from tocsin.spine.people.enums import Power
from tocsin.spine.people.models import Person
from tocsin.spine.people.queries import actor_of, demand, person_of, roles_of
from tocsin.spine.people.rights import RIGHTS
from tocsin.web.refusals import refused, status_of

View = Callable[..., Any]
"""A view; it answers with a response, streaming or not."""


class Asked(HttpRequest):
    """A request by somebody who is known: what the wrappers add to it."""

    user: User
    person: Person
    actor: Actor
    clock: Clock
    now: Instant
    powers: frozenset[str]
    seq: int
    refusal: TocsinError | None


def page(power: Power = Power.DESK_READ) -> Callable[[View], View]:
    """Wraps a view that shows something."""

    def wrap(view: View) -> View:
        @wraps(view)
        def shown(request: Asked, **named: Any) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            return _answered(request, lambda: view(_seated(request, power), **named))

        return shown

    return wrap


def deed(back: View) -> Callable[[View], View]:
    """Wraps a view that calls one action; `back` is the page that holds its form."""

    def wrap(view: View) -> View:
        @wraps(view)
        def done(request: Asked, **named: Any) -> HttpResponse:
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            return _answered(request, lambda: _do(_seated(request), view, back, named))

        return done

    return wrap


def act(request: Asked, word: str | None = None) -> Act:
    """The asker's act, now, with the word of why from the form."""
    said = request.POST.get("word", "") if word is None else word
    return Act(request.actor, request.now, said.replace("\0", "").strip())


def _answered(request: Asked, ask: Callable[[], HttpResponse]) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")
    try:
        response = ask()
    except TocsinError as refusal:
        response = refused(request, refusal)
    except OperationalError:
        response = refused(request, _busy(), 503)
    add_never_cache_headers(response)
    return response


def _seated(request: Asked, power: Power = Power.DESK_READ) -> Asked:
    """Finds who asks and what they may; raises `Forbidden` for an account with nobody behind it."""
    # Before anything is read for the page: what is written meanwhile will be news to it.
    request.seq = newest()
    person = person_of(request.user.pk)
    if person is None:
        raise Forbidden(
            "person.missing",
            gettext_noop("Your account belongs to nobody at this desk."),
            cure=gettext_noop("Ask an administrator to add you under People."),
        )
    request.person, request.actor = person, actor_of(person)
    request.clock = timepiece()
    request.now, request.refusal = request.clock.now(), None
    roles = roles_of(request.actor)
    request.powers = frozenset(power.value for power, holders in RIGHTS.items() if roles & holders)
    if power.value not in request.powers:
        demand(request.actor, power)
    return request


def _do(request: Asked, view: View, back: View, named: dict[str, Any]) -> HttpResponse:
    try:
        response: HttpResponse = view(request, **named)
    except (Malformed, Illegal, Contended) as refusal:
        return _again(request, back, named, refusal)
    advance()
    return response


def _again(request: Asked, back: View, named: dict[str, Any], refusal: TocsinError) -> HttpResponse:
    """The page with the form, what was written in it, and why it was refused."""
    request.refusal = refusal
    raw = back.__wrapped__ if hasattr(back, "__wrapped__") else back
    wanted = signature(raw).parameters
    response: HttpResponse = raw(request, **{name: value for name, value in named.items() if name in wanted})
    response.status_code = status_of(refusal)
    return response


def _busy() -> Contended:
    return Contended(
        "desk.busy",
        gettext_noop("The desk is too busy to keep this now; nothing was changed."),
        cure=gettext_noop("Ask again."),
    )


def told(request: Asked, sentence: str) -> None:
    """A sentence for the next page: what was just done."""
    messages.success(request, gettext(sentence))
