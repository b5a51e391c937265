"""What all tests share: the instants they happen at, and the people of a small desk.

Database: SQLite, or the PostgreSQL named by TOCSIN_DATABASE_URL; the tests are the same.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from tocsin.kernel.actors import Act, Actor, machine
from tocsin.kernel.instants import Instant
from tocsin.spine.journal import guard

settings.register_profile(
    "house", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")

NOON = Instant(datetime(2026, 6, 16, 4, 0, tzinfo=UTC))
"""Noon in Shenzhen on the day of the rainstorm."""


class ByFile(LoadScopeScheduling):
    """One worker for all tests of a file; for those of an engine one worker for the room while its loops are
    compiled, or each worker would compile them anew."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        floor, room = (*file.split("/"), "")[1:3]
        compiles = floor == "engine" and os.environ.get("NUMBA_DISABLE_JIT") != "1"
        return room if compiles else file


def pytest_collection_modifyitems(items):
    """What is marked as long comes first."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_xdist_make_scheduler(config, log):
    """What deals the tests to the workers."""
    return ByFile(config, log)


def drop_journal_guard() -> None:
    """Takes the triggers away that keep the journal from being rewritten: the test database is emptied
    between transactional tests, and tampering has to be possible before it can be found."""
    with connection.cursor() as cursor:
        for statement in guard.down(connection.vendor):
            cursor.execute(statement)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        drop_journal_guard()


@pytest.fixture(scope="class")
def committed(django_db_setup, django_db_blocker) -> Iterator[None]:
    """For a long run that many tests then read: committed as it goes and cleared away at the end. Inside
    one transaction PostgreSQL would keep every version of a row that is written thousands of times."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", verbosity=0, interactive=False)


@dataclass(frozen=True)
class Desk:
    """A small desk: one person for each role, named by it."""

    actors: dict[str, Actor]

    def act(self, role: str, word: str = "", at: Instant = NOON) -> Act:
        """Somebody with this role acting at noon (or `at`). `machine` is the machine."""
        return Act(self.actors[role], at, word)


PEOPLE = {
    "administrator": ("administrator", "administrator", None),
    "commander": ("commander", "commander", None),
    "duty_officer": ("duty-officer", "duty_officer", "commander"),
    "liaison": ("water-liaison", "liaison", "duty-officer"),
    "other_liaison": ("health-liaison", "liaison", "duty-officer"),
    "information_officer": ("information-officer", "information_officer", "commander"),
    "second_information_officer": ("spokesperson", "information_officer", "commander"),
    "auditor": ("auditor", "auditor", None),
}


@pytest.fixture
def desk(db) -> Desk:
    """The people of a small desk, each in a post of the same role."""
    return settle()


@pytest.fixture
def raced_desk(transactional_db) -> Desk:
    """The same desk, for tests whose threads must see each other's commits."""
    return settle()


def settle() -> Desk:
    from tocsin.spine.people.actions import add_organisation, add_person, add_post, establish, hold
    from tocsin.spine.people.enums import Role
    from tocsin.spine.people.queries import actor_of

    admin = establish(at=NOON, username="administrator", name="administrator", password=None)
    act = Act(actor_of(admin), NOON)
    actors = {"administrator": actor_of(admin), "machine": machine("test")}
    add_organisation(act=act, code="city", name={"zh": "市", "en": "City"})
    for name, (post, role, above) in PEOPLE.items():
        if name == "administrator":
            continue
        add_post(act=act, code=post, name={"en": post}, organisation="city", role=Role(role), above=above)
        person = add_person(act=act, username=name, name=name, password=None)
        hold(act=act, post=post, person=person)
        actors[name] = actor_of(person)
    return Desk(actors)
