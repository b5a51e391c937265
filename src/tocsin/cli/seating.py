"""Settling an empty desk, and putting somebody into every chair of a replay."""

import secrets
from datetime import UTC, datetime

import click

from tocsin.cli.acting import administrator
from tocsin.flows.settling import settle
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.instants import Instant
from tocsin.packs.rows import say
from tocsin.spine.people import actions as people
from tocsin.spine.people.models import Person
from tocsin.spine.people.queries import holder, posts
from tocsin.spine.places.queries import jurisdiction

ALWAYS = Instant(datetime(2000, 1, 1, tzinfo=UTC))
"""Stand-ins hold their posts since before any archive begins."""


def settle_empty(pack: str, *, seats: bool) -> None:
    """Gives a desk that has none its jurisdiction; `seats`: also a stand-in for every post."""
    if not Person.objects.exists():
        people.establish(
            at=SystemClock().now(), username="administrator", name="Administrator", password=None
        )
    if jurisdiction() is None:
        click.echo(f"an empty desk: taking over the pack {pack}")
        settle(act=administrator(), pack=pack)
    if seats:
        fill_seats()


def fill_seats() -> None:
    """Puts a stand-in, named after the post, into every post that nobody holds.

    Their passwords are nobody's: who looks at a replay enters through its own door.
    """
    act = administrator()
    for post in posts():
        if holder(post.code) is None:
            stand_in = people.add_person(
                act=act, username=post.code, name=say(post.name, "zh"), password=secrets.token_urlsafe(24)
            )
            people.hold(act=act, post=post.code, person=stand_in, since=ALWAYS)
