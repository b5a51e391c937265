"""Requests that nobody would think of, made from the API's own description: what comes back is always what
the description says, and never a 500.

Each request is sent twice: as it was made up, and with the ids of things that exist; by somebody who holds
every post that can change something, so that it gets as far as it can. What it did is undone.
"""

import json

import pytest
import schemathesis
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.conftest import settle
from tests.house.walk import STATES
from tests.house.world import World, build

from tocsin.api.door import api
from tocsin.spine.people.actions import hold
from tocsin.spine.people.models import Person
from tocsin.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
schema = schemathesis.openapi.from_dict(
    json.loads(json.dumps(api.get_openapi_schema(), cls=DjangoJSONEncoder))
)
schema.app, schema.location = application, "/api/openapi.json"


@pytest.fixture(scope="module")
def one_connection():
    """Keeps the transaction open from request to request, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def world(one_connection, django_db_setup, django_db_blocker):
    """One world for all requests; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        built = build(settle())
        admin = built.desk.act("administrator")
        person = Person.objects.get(id=built.desk.actors["commander"].id)
        for post in ("administrator", "duty-officer", "water-liaison", "information-officer"):
            hold(act=admin, post=post, person=person)
        yield built
        transaction.set_rollback(True)


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=3,
    phases=[Phase.generate],  # the explicit ones are a hundred requests an operation: minutes
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_its_word(case, world):
    case.headers["Authorization"] = f"Bearer {world.tokens['commander']}"
    _ask(case)
    _point_at_what_exists(case, world)
    _ask(case)


def _ask(case):
    with transaction.atomic():
        case.call_and_validate(checks=CHECKS)
        transaction.set_rollback(True)


def _point_at_what_exists(case, world: World) -> None:
    names = STATES.get(case.operation.definition.raw["operationId"], {})
    for name in case.path_parameters:
        case.path_parameters[name] = str(world.things[names.get(name, name)])
