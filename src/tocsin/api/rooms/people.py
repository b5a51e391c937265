"""Posts, who sits in them, who is on duty; and the tokens of this API.

No address, no password, no account name leaves here: a name and a post are what others need.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from tocsin.api import actions as token_actions
from tocsin.api.caller import Asked, act_of
from tocsin.api.queries import tokens
from tocsin.api.room import Room
from tocsin.api.words import Code, Texts, When, Word
from tocsin.kernel.errors import Malformed, NotFound
from tocsin.kernel.instants import Instant
from tocsin.spine.clocks.queries import timepiece
from tocsin.spine.people import actions, queries
from tocsin.spine.people.enums import Power, Role
from tocsin.spine.people.models import Holding, Organisation, Person, Post, Shift

room = Room("people")
WEEK = timedelta(days=7)


class PostOut(Schema):
    """A chair, what it is for, and the post above it."""

    code: str
    name: dict[str, str]
    organisation: str
    role: Role
    above: str | None
    area: str

    @staticmethod
    def resolve_organisation(row: Post) -> str:
        return str(row.organisation_id)

    @staticmethod
    def resolve_above(row: Post) -> str | None:
        return row.above_id


class HoldingOut(Schema):
    """Who sits in a post: place 0 is the holder, 1 and up the deputies."""

    id: UUID
    post: str
    person: UUID
    name: str
    place: int
    since: datetime
    until: datetime | None

    @staticmethod
    def resolve_post(row: Holding) -> str:
        return str(row.post_id)

    @staticmethod
    def resolve_person(row: Holding) -> UUID:
        return row.person.id

    @staticmethod
    def resolve_name(row: Holding) -> str:
        return str(row.person.name)


class ShiftOut(Schema):
    """A duty shift, from (inclusive) to (exclusive)."""

    id: UUID
    post: str
    person: UUID
    name: str
    since: datetime
    until: datetime

    @staticmethod
    def resolve_post(row: Shift) -> str:
        return str(row.post_id)

    @staticmethod
    def resolve_person(row: Shift) -> UUID:
        return row.person.id

    @staticmethod
    def resolve_name(row: Shift) -> str:
        return str(row.person.name)


class PersonOut(Schema):
    """A person: as little as is needed to name one."""

    id: UUID
    name: str


class PersonIn(Word):
    """A person with an account that nobody can sign in to until a password is set."""

    username: Annotated[str, StringConstraints(pattern=r"^[\w.@+\-]+$", max_length=150)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]


class OrganisationIn(Word):
    """A department, a district office, a unit."""

    code: Annotated[str, StringConstraints(pattern=r"^[\w.:\-]+$", max_length=60)]
    name: Texts
    area: Annotated[str, StringConstraints(max_length=20)] = ""


class OrganisationOut(Schema):
    """An organisation."""

    code: str
    name: dict[str, str]
    area: str


class PostIn(Word):
    """A chair in an organisation."""

    code: Annotated[str, StringConstraints(pattern=r"^[\w.:\-]+$", max_length=60)]
    name: Texts
    organisation: Code
    role: Role
    above: Code | None = None
    area: Annotated[str, StringConstraints(max_length=20)] = ""


class HoldIn(Word):
    """Who takes a post, as holder (0) or deputy."""

    person: UUID
    place: Annotated[int, Field(ge=0, le=50)] = 0


class ShiftIn(Word):
    """A duty shift to plan."""

    post: Code
    person: UUID
    since: When
    until: When


class TokenIn(Word):
    """What a token is for."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]


class TokenOut(Schema):
    """A token, without its text."""

    id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None


class FreshToken(TokenOut):
    """A token that was just issued: its text is shown this once."""

    token: str


@room.look("/posts", list[PostOut])
def list_posts(request: Asked) -> Any:
    """All posts."""
    return queries.posts()


@room.look("/holdings", list[HoldingOut])
def list_holdings(request: Asked, at: When | None = None) -> Any:
    """Who sits where now, or sat at an instant."""
    return queries.holdings(at)


@room.look("/roster", list[ShiftOut])
def roster(request: Asked, since: When | None = None, until: When | None = None) -> Any:
    """The duty shifts that touch a span of time; without one, the week from now."""
    begin = since or timepiece().now()
    return queries.roster(begin, until or Instant(begin + WEEK))


@room.change("/organisations", OrganisationOut, Power.PEOPLE_MANAGE)
def add_organisation(request: Asked, body: OrganisationIn) -> Any:
    """Adds an organisation; one that is there already is left as it is."""
    return actions.add_organisation(
        act=act_of(request, body.word), code=body.code, name=body.name, area=body.area
    )


@room.change("/posts", PostOut, Power.PEOPLE_MANAGE)
def add_post(request: Asked, body: PostIn) -> Any:
    """Adds a post; one that is there already is left as it is."""
    _check_posts_place(body)
    return actions.add_post(
        act=act_of(request, body.word),
        code=body.code,
        name=body.name,
        organisation=body.organisation,
        role=body.role,
        above=body.above,
        area=body.area,
    )


@room.change("/people", PersonOut, Power.PEOPLE_MANAGE)
def add_person(request: Asked, body: PersonIn) -> Any:
    """Adds a person with an account."""
    return actions.add_person(
        act=act_of(request, body.word), username=body.username, name=body.name, password=None
    )


@room.change("/posts/{post}/hold", HoldingOut, Power.PEOPLE_MANAGE)
def hold(request: Asked, post: Code, body: HoldIn) -> Any:
    """Puts a person into a post."""
    queries.post(post)
    return actions.hold(
        act=act_of(request, body.word), post=post, person=_person(body.person), place=body.place
    )


@room.change("/holdings/{holding}/leave", HoldingOut, Power.PEOPLE_MANAGE)
def leave(request: Asked, holding: UUID, body: Word) -> Any:
    """Ends a holding now."""
    held = Holding.objects.select_related("person").filter(id=holding).first()
    if held is None:
        raise NotFound("holding.unknown", "There is no such holding.", cure="See who sits where.")
    return actions.leave(act=act_of(request, body.word), holding=held)


@room.change("/roster", ShiftOut, Power.PEOPLE_MANAGE)
def plan_shift(request: Asked, body: ShiftIn) -> Any:
    """Plans a duty shift."""
    queries.post(body.post)
    return actions.plan_shift(
        act=act_of(request, body.word),
        post=body.post,
        person=_person(body.person),
        since=body.since,
        until=body.until,
    )


@room.look("/people/{person}/tokens", list[TokenOut], Power.PEOPLE_MANAGE)
def list_tokens(request: Asked, person: UUID) -> Any:
    """The tokens that a person was given."""
    return tokens(person)


@room.change("/people/{person}/tokens", FreshToken, Power.PEOPLE_MANAGE)
def issue_token(request: Asked, person: UUID, body: TokenIn) -> Any:
    """Gives a person a token for this API; its text is shown this once."""
    made, secret = token_actions.issue(act=act_of(request, body.word), person=_person(person), name=body.name)
    return {**TokenOut.from_orm(made).dict(), "token": secret}


@room.change("/tokens/{token}/revoke", TokenOut, Power.PEOPLE_MANAGE)
def revoke_token(request: Asked, token: UUID, body: Word) -> Any:
    """Makes a token void at once."""
    return token_actions.revoke(act=act_of(request, body.word), token=token)


def _person(key: UUID) -> Person:
    found = Person.objects.filter(id=key).first()
    if found is None:
        raise NotFound("person.unknown", "There is no such person.", cure="See who sits where.")
    return found


def _check_posts_place(body: PostIn) -> None:
    """A post stands in an organisation, and below a post, that exist."""
    known = Organisation.objects.filter(code=body.organisation).exists()
    if not known:
        raise Malformed(
            "organisation.unknown",
            "There is no organisation “{code}”.",
            cure="Add it first.",
            where="organisation",
            code=body.organisation,
        )
    if body.above is not None:
        queries.post(body.above)
