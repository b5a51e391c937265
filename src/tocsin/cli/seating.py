"""Settling an empty desk, and putting somebody into every chair of a replay."""

import secrets

import click

from tocsin.cli.acting import administrator
from tocsin.flows.settling import settle
from tocsin.kernel.actors import Act
from tocsin.kernel.instants import Instant
from tocsin.packs.rows import say
from tocsin.spine.people import actions as people
from tocsin.spine.people.models import Person
from tocsin.spine.people.queries import holder, posts
from tocsin.spine.places.queries import jurisdiction


def settle_empty(pack: str, *, seats: bool, at: Instant) -> None:
    """Gives a desk that has none its jurisdiction; `seats`: also a stand-in for every post.

    `at` is when a replay begins: what the journal tells must lie in the order of its time.
    """
    if not Person.objects.exists():
        people.establish(at=at, username="administrator", name="Administrator", password=None)
    if jurisdiction() is None:
        click.echo(f"an empty desk: taking over the pack {pack}")
        settle(act=administrator(at), pack=pack)
        if seats:
            _fill_seats(administrator(at))


def _fill_seats(act: Act) -> None:
    """Puts a stand-in, named after the post, into every post that nobody holds.

    Their passwords are nobody's: who looks at a replay enters through its own door.
    """
    for post in posts():
        if holder(post.code) is None:
            stand_in = people.add_person(
                act=act, username=post.code, name=say(post.name, "zh"), password=secrets.token_urlsafe(24)
            )
            people.hold(act=act, post=post.code, person=stand_in)
