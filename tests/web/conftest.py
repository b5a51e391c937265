"""A desk with one of everything, and browsers of its people."""

import pytest
from django.test import Client
from tests.house.world import World, build


@pytest.fixture
def world(desk) -> World:
    return build(desk)


@pytest.fixture
def as_role(world):
    """A signed-in browser of somebody with this role, in English."""

    def browser(role: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.user(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser
