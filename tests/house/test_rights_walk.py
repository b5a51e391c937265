"""Every operation of the API is asked by every role, and the answers are those of the written table.

An operation without a row is a red test, and so is a row without an operation. Who is let in must really
get through (2xx), so that a row can't be right for a wrong reason; who is not, must be refused for want of
the right, and must have left no trace in the journal.
"""

from functools import cache
from pathlib import Path

import pytest
import yaml
from django.db import transaction
from tests.house.walk import STATES, Operation, operations
from tests.house.world import ROLES, World, build

from tocsin.spine.journal.queries import newest
from tocsin.spine.people.enums import Power
from tocsin.spine.people.rights import RIGHTS

TABLE = yaml.safe_load((Path(__file__).parent / "rights.yaml").read_text("utf-8"))
ASKING = ("anonymous", *ROLES)


@cache
def every_operation() -> tuple[Operation, ...]:
    return tuple(operations())


def allowed(row) -> set[str]:
    return set(ROLES) if row == "all" else set(row)


def test_every_operation_has_its_row():
    assert sorted(TABLE["api"]) == sorted(operation.id for operation in every_operation())


def test_rows_name_known_roles():
    assert {name for row in TABLE["api"].values() for name in allowed(row)} - set(ROLES) == set()


def test_an_auditor_changes_nothing():
    changes = [operation.id for operation in every_operation() if operation.method != "GET"]
    assert [change for change in changes if "auditor" in allowed(TABLE["api"][change])] == []


@pytest.mark.parametrize("operation", every_operation(), ids=lambda operation: operation.id)
def test_the_power_that_an_operation_says_it_needs_is_given_to_whoever_is_let_in(operation):
    roles = {name.removeprefix("other_") for name in allowed(TABLE["api"][operation.id])}
    assert roles - RIGHTS[Power(operation.power)] == set()


@pytest.fixture
def world(desk) -> World:
    return build(desk)


@pytest.mark.django_db
def test_each_operation_for_each_role(world):
    wrong = []
    for operation in every_operation():
        for role in ASKING:
            expected = _expected(operation, role)
            found = _outcome(world, operation, role)
            if found != expected:
                wrong.append(f"{operation.id} as {role}: {found} instead of {expected}")
    assert wrong == []


def _expected(operation: Operation, role: str) -> str:
    if role == "anonymous":
        return "without a token"
    return "let in" if role in allowed(TABLE["api"][operation.id]) else "refused"


def _outcome(world: World, operation: Operation, role: str) -> str:
    """What one request comes to; whatever it did is undone before the next."""
    before = newest()
    with transaction.atomic():
        answer = operation.ask(world, role)
        traces = newest() - before
        transaction.set_rollback(True)
    if answer.status_code in (401, 403):
        told = "without a token" if answer.status_code == 401 else "refused"
        return told if not traces else f"{told}, but it left {traces} entries"
    if answer.status_code < 300:
        return "let in"
    return f"{answer.status_code} {answer.content.decode()[:200]}"


OWN = {
    "alerts.approve": ("information_officer", "submitted_alert", "second.person"),
    "bulletins.approve": ("information_officer", "submitted_bulletin", "second.person"),
    "plans.approve": ("commander", "own_version", "plan.own"),
}
"""Who wrote a thing, the thing, and the refusal; each of them has the right to approve what others wrote."""


@pytest.mark.django_db
@pytest.mark.parametrize("name", OWN)
def test_whoever_wrote_it_can_not_approve_it(world, name):
    role, thing, code = OWN[name]
    operation = next(one for one in every_operation() if one.id == name)
    assert role in RIGHTS[Power(operation.power)]
    world.things |= dict.fromkeys(STATES[name].values(), world.things[thing])
    answer = operation.ask(world, role)
    assert (answer.status_code, answer.json()["code"]) == (403, code)
