"""Organisations, their posts, who holds them, who is on duty."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop

from tocsin.kernel.errors import Malformed, NotFound
from tocsin.kernel.instants import after as later
from tocsin.spine.people import actions, queries
from tocsin.spine.people.enums import Role
from tocsin.spine.people.models import Holding, Organisation, Person
from tocsin.web import locality
from tocsin.web.asked import Asked, act, deed, page, told
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import word
from tocsin.web.reading import Form
from tocsin.web.vocabulary import said

WEEK = timedelta(days=7)
SHORTEST = 10


@page()
def people(request: Asked) -> HttpResponse:
    """Everybody, by organisation and post."""
    held = queries.holdings(request.now)
    if word(request, "format") in FORMATS:
        return export(_sheet(held), word(request, "format"))
    by_post = defaultdict(list)
    for holding in held:
        by_post[holding.post_id].append(holding)
    posts = queries.posts()
    by_organisation = defaultdict(list)
    for post in posts:
        by_organisation[post.organisation_id].append((post, by_post[post.code]))
    organisations = list(Organisation.objects.order_by("code"))
    return render(
        request,
        "people/people.html",
        {
            "organisations": [(row, by_organisation[row.code]) for row in organisations],
            "roster": queries.roster(request.now, later(request.now, WEEK)),
            "organisation_choices": [(row.code, say(row.name)) for row in organisations],
            "post_choices": sorted(locality.post_names().items(), key=lambda pair: pair[1]),
            "person_choices": [(row.id, row.name) for row in Person.objects.order_by("name")[:500]],
            "role_choices": [(role.value, said(role.value)) for role in Role],
            "place_choices": [("", "–"), *locality.known_places(("district",))],
        },
    )


@deed(back=people)
def add_organisation(request: Asked) -> HttpResponse:
    """Adds an organisation."""
    form = Form(request.POST)
    name = form.texts("name", locality.languages())
    parent = form.text("parent", 60) or None
    _organisation_exists(parent)
    actions.add_organisation(
        act=act(request), code=_code(form), name=name, parent=parent, area=form.text("area", 20)
    )
    told(request, gettext_noop("The organisation was added."))
    return redirect("people")


@deed(back=people)
def add_post(request: Asked) -> HttpResponse:
    """Adds a post to an organisation."""
    form = Form(request.POST)
    organisation, above = form.need("organisation", 60), form.text("above", 60) or None
    _organisation_exists(organisation)
    if above:
        queries.post(above)
    actions.add_post(
        act=act(request),
        code=_code(form),
        name=form.texts("name", locality.languages()),
        organisation=organisation,
        role=form.choice("role", Role),
        above=above,
        area=form.text("area", 20),
    )
    told(request, gettext_noop("The post was added."))
    return redirect("people")


@deed(back=people)
def add_person(request: Asked) -> HttpResponse:
    """Adds a person with an account."""
    form = Form(request.POST)
    username, name = form.need("username", 150), form.need("name", 120)
    password = form.text("password", 200)
    if len(password) < SHORTEST:
        raise Malformed(
            "person.password",
            gettext_noop("The first password is too short: at least {least} signs."),
            where="password",
            least=SHORTEST,
        )
    actions.add_person(
        act=act(request), username=username, name=name, password=password, address=form.text("address", 300)
    )
    told(request, gettext_noop("The person was added. Now give them a post."))
    return redirect("people")


@deed(back=people)
def hold(request: Asked) -> HttpResponse:
    """Puts a person into a post."""
    form = Form(request.POST)
    post = queries.post(form.need("post", 60))
    actions.hold(act=act(request), post=post.code, person=_person(form), place=form.whole("place", 0, 20))
    told(request, gettext_noop("The post is held."))
    return redirect("people")


@deed(back=people)
def leave(request: Asked, holding: UUID) -> HttpResponse:
    """Ends a holding."""
    found = Holding.objects.filter(id=holding).first()
    if found is None:
        raise NotFound("holding.unknown", gettext_noop("Nobody holds that post any more."))
    actions.leave(act=act(request), holding=found)
    told(request, gettext_noop("The post was left."))
    return redirect("people")


@deed(back=people)
def plan_shift(request: Asked) -> HttpResponse:
    """Plans a duty shift."""
    form = Form(request.POST)
    post = queries.post(form.need("post", 60))
    actions.plan_shift(
        act=act(request),
        post=post.code,
        person=_person(form),
        since=form.when("since"),
        until=form.when("until"),
    )
    told(request, gettext_noop("The shift was planned."))
    return redirect("people")


def _code(form: Form) -> str:
    said = form.need("code", 60)
    if not said.replace("-", "").replace("_", "").isalnum() or not said.isascii():
        raise Malformed(
            "people.code",
            gettext_noop("A code is made of letters, figures and hyphens."),
            where="code",
        )
    return said


def _person(form: Form) -> Person:
    found = Person.objects.filter(id=form.uuid("person")).first()
    if found is None:
        raise Malformed("person.unknown", gettext_noop("Choose one of the list."), where="person")
    return found


def _organisation_exists(code: str | None) -> None:
    if code and not Organisation.objects.filter(code=code).exists():
        raise Malformed("organisation.unknown", gettext_noop("Choose one of the list."), where="organisation")


def _sheet(held: list[Holding]) -> Sheet:
    columns = ("organisation", "post", "role", "person", "place", "since")
    rows = [
        (
            say(row.post.organisation.name),
            say(row.post.name),
            row.post.role,
            row.person.name,
            row.place,
            row.since,
        )
        for row in held
    ]
    return Sheet("people", columns, rows)
