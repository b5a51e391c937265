"""Callers of the API: one token for each person of the small desk."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tocsin.api.actions import issue
from tocsin.spine.people.models import Person
from tocsin.spine.places.actions import settle


@dataclass(frozen=True)
class Callers:
    """Asks the API in the name of a role; `nobody` has no token."""

    tokens: dict[str, str]

    def ask(self, role: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The answer to one request; `body` is sent as JSON, bytes as they are."""
        if role != "nobody":
            headers["Authorization"] = f"Bearer {self.tokens[role]}"
        data = body if isinstance(body, bytes) else json.dumps({} if body is None else body)
        if method == "GET":
            return Client().get(f"/api{path}", data=body, headers=headers)
        return Client().generic(method, f"/api{path}", data, content_type="application/json", headers=headers)

    def get(self, role: str, path: str, **query: Any) -> Any:
        return self.ask(role, "GET", path, query)

    def post(self, role: str, path: str, **body: Any) -> Any:
        return self.ask(role, "POST", path, body)


@pytest.fixture
def callers(desk) -> Callers:
    """A token for each person of the desk, which is the invented county's."""
    admin = desk.act("administrator")
    settle(act=admin, pack="avalon")
    people = {str(person.id): person for person in Person.objects.all()}
    return Callers(
        {
            role: issue(act=admin, person=people[actor.id], name=role)[1]
            for role, actor in desk.actors.items()
            if actor.id in people
        }
    )
