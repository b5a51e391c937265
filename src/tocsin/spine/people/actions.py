"""Changing who is who: accounts, posts, holders, the duty roster. Passwords never enter the journal."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from tocsin.kernel.actors import Act, machine
from tocsin.kernel.errors import Forbidden, Malformed
from tocsin.kernel.instants import Instant, iso
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power, Role
from tocsin.spine.people.models import Holding, Organisation, Person, Post, Shift
from tocsin.spine.people.queries import demand


@transaction.atomic
def add_organisation(
    *, act: Act, code: str, name: Mapping[str, str], parent: str | None = None, area: str = ""
) -> Organisation:
    """Adds an organisation; one that is already there is left as it is."""
    demand(act.by, Power.PEOPLE_MANAGE)
    found, made = Organisation.objects.get_or_create(
        code=code, defaults={"name": dict(name), "parent_id": parent, "area": area}
    )
    if made:
        _journal(act, "organisation.added", code=code, name=dict(name))
    return found


@transaction.atomic
def add_post(
    *,
    act: Act,
    code: str,
    name: Mapping[str, str],
    organisation: str,
    role: Role,
    above: str | None = None,
    area: str = "",
) -> Post:
    """Adds a post; one that is already there is left as it is."""
    demand(act.by, Power.PEOPLE_MANAGE)
    found, made = Post.objects.get_or_create(
        code=code,
        defaults={
            "name": dict(name),
            "organisation_id": organisation,
            "role": role.value,
            "above_id": above,
            "area": area,
        },
    )
    if made:
        _journal(act, "post.added", code=code, name=dict(name), role=role.value)
    return found


@transaction.atomic
def add_person(*, act: Act, username: str, name: str, password: str | None, address: str = "") -> Person:
    """Adds a person with an account. `password=None` makes an account nobody can sign in to yet."""
    demand(act.by, Power.PEOPLE_MANAGE)
    accounts = get_user_model()
    if accounts.objects.filter(username=username).exists():
        raise Malformed(
            "person.username_taken",
            "The user name “{username}” is taken.",
            cure="Choose another one.",
            where="username",
            username=username,
        )
    user = accounts.objects.create_user(username=username, password=password)
    person = Person.objects.create(user=user, name=name, address=address)
    _journal(act, "person.added", person=str(person.id), name=name)
    return person


@transaction.atomic
def hold(*, act: Act, post: str, person: Person, place: int = 0, since: Instant | None = None) -> Holding:
    """Puts a person into a post, as holder (`place` 0) or deputy."""
    demand(act.by, Power.PEOPLE_MANAGE)
    Post.objects.select_for_update().get(code=post)
    held = Holding.objects.create(post_id=post, person=person, place=place, since=since or act.at)
    _journal(act, "post.held", post=post, person=str(person.id), place=place)
    return held


@transaction.atomic
def leave(*, act: Act, holding: Holding) -> Holding:
    """Ends a holding now."""
    demand(act.by, Power.PEOPLE_MANAGE)
    locked = Holding.objects.select_for_update().get(id=holding.id)
    if locked.until is None:
        locked.until = act.at
        locked.save(update_fields=["until"])
        _journal(act, "post.left", post=locked.post_id, person=str(locked.person_id))
    return locked


@transaction.atomic
def plan_shift(*, act: Act, post: str, person: Person, since: Instant, until: Instant) -> Shift:
    """Plans a duty shift. Raises `Malformed` where it ends before it begins."""
    demand(act.by, Power.PEOPLE_MANAGE)
    if until <= since:
        raise Malformed(
            "shift.backwards",
            "The shift ends ({until}) before it begins ({since}).",
            cure="Give an end later than the beginning.",
            where="until",
            since=iso(since),
            until=iso(until),
        )
    shift = Shift.objects.create(post_id=post, person=person, since=since, until=until)
    _journal(act, "shift.planned", post=post, person=str(person.id), since=iso(since), until=iso(until))
    return shift


def _journal(act: Act, kind: str, **body: Any) -> None:
    append(chain=DESK, kind=kind, act=act, body=body)


@transaction.atomic
def establish(*, at: Instant, username: str, name: str, password: str | None) -> Person:
    """The first administrator of an empty desk: the one action that nobody has to have a right for.

    Raises `Forbidden` once there is anybody.
    """
    if Person.objects.exists():
        raise Forbidden(
            "people.established",
            "This desk already has people.",
            cure="Ask an administrator to make the account.",
        )
    act = Act(machine("init"), at)
    office = Organisation.objects.create(code="desk-office", name={"en": "Administration"})
    post = Post.objects.create(
        code="administrator",
        name={"en": "Administrator"},
        organisation=office,
        role=Role.ADMINISTRATOR,
    )
    user = get_user_model().objects.create_user(username=username, password=password)
    person = Person.objects.create(user=user, name=name)
    Holding.objects.create(post=post, person=person, since=at)
    _journal(act, "person.added", person=str(person.id), name=name)
    _journal(act, "post.held", post=post.code, person=str(person.id), place=0)
    return person
