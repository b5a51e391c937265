"""Every operation of the API and every page is asked by every role, and the answers are those of the
written table.

An address without a row is a red test, and so is a row without an address. Who is let in must really get
through, so that a row can't be right for a wrong reason; who is not, must be refused for want of the right,
and must have left no trace in the journal.
"""

from functools import cache
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from tests.house.pages import Address, addresses
from tests.house.walk import STATES, Operation, operations
from tests.house.world import ROLES, World, build

from tocsin.spine.journal.queries import newest
from tocsin.spine.people.enums import Power
from tocsin.spine.people.rights import RIGHTS

pytestmark = pytest.mark.long
TABLE = yaml.safe_load((Path(__file__).parent / "rights.yaml").read_text("utf-8"))
ASKING = ("anonymous", *ROLES)
OF_THE_VISIT = ["account_logout", "set_language"]
"""What changes nothing at the desk but the visit itself."""


@cache
def every_operation() -> tuple[Operation, ...]:
    return tuple(operations())


@cache
def every_address() -> tuple[Address, ...]:
    return tuple(addresses())


def allowed(row) -> set[str]:
    named = {"all": ROLES, "open": ASKING, "nobody": (), "once_set_up": ()}
    return set(named[row] if isinstance(row, str) else row)


def test_every_operation_has_its_row():
    assert sorted(TABLE["api"]) == sorted(operation.id for operation in every_operation())


def test_every_page_has_its_row():
    assert sorted(TABLE["pages"]) == sorted(address.id for address in every_address())


def test_rows_name_known_roles():
    rows = [*TABLE["api"].values(), *TABLE["pages"].values()]
    assert {name for row in rows for name in allowed(row)} - set(ASKING) == set()


def test_an_auditor_changes_nothing():
    changes = [operation.id for operation in every_operation() if operation.method != "GET"]
    deeds = [address.id for address in every_address() if address.deed]
    assert [change for change in changes if "auditor" in allowed(TABLE["api"][change])] == []
    assert [deed for deed in deeds if "auditor" in allowed(TABLE["pages"][deed])] == OF_THE_VISIT


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
    assert wrong == [], "\n".join(wrong)


def _expected(operation: Operation, role: str) -> str:
    if role == "anonymous":
        return "not signed in"
    return "let in" if role in allowed(TABLE["api"][operation.id]) else "refused"


@pytest.mark.django_db
def test_each_page_for_each_role(world):
    wrong = []
    for address in every_address():
        for role in ASKING:
            expected = _expected_of_page(TABLE["pages"].get(address.id, "nobody"), role)
            found = _outcome(world, address, role)
            if found != expected:
                wrong.append(f"{address.id} as {role}: {found} instead of {expected}")
    assert wrong == [], "\n".join(wrong)


def _expected_of_page(row, role: str) -> str:
    if row == "nobody" or (row == "once_set_up" and role != "anonymous"):
        return "nothing there"
    if role in allowed(row):
        return "let in"
    return "not signed in" if role == "anonymous" else "refused"


def _outcome(world: World, asked: Operation | Address, role: str) -> str:
    """What one request comes to; whatever it did is undone before the next."""
    before = newest()
    with transaction.atomic():
        answer = asked.ask(world, role)
        traces = newest() - before
        transaction.set_rollback(True)
    told = _told(answer)
    return f"{told}, but it left {traces} entries" if told != "let in" and traces else told


def _told(answer) -> str:
    status, to = answer.status_code, answer.headers.get("Location", "")
    if status == 401 or (status == 302 and to.startswith(f"{settings.LOGIN_URL}?")):
        return "not signed in"
    named = {403: "refused", 404: "nothing there"}
    if status in named:
        return named[status]
    return "let in" if status < 400 else f"{status} {answer.content.decode()[:200]}"


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
