"""A desk with the places of Shenzhen."""

import pytest

from tocsin.spine.places.actions import settle


@pytest.fixture
def shenzhen(desk):
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    return desk
