"""A desk of the invented county, and its flood plan as a text."""

import pytest
from django.utils import translation

from tocsin.packs.reader import load
from tocsin.spine.places.actions import settle
from tocsin.stages.readiness.plans import actions


@pytest.fixture(autouse=True)
def english():
    """What is said is compared in English, whatever the desk's language is."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def avalon():
    return load("avalon")


@pytest.fixture(scope="session")
def flood(avalon):
    """The text of the county's plan."""
    return avalon.plans[0].read_text(encoding="utf-8")


@pytest.fixture
def county(desk):
    """The desk, working by the county's pack."""
    settle(act=desk.act("administrator"), pack="avalon")
    return desk


@pytest.fixture
def shipped(county):
    """The county's plan as it came with the pack: it waits for approval."""
    return actions.adopt_from_pack(act=county.act("administrator"))[0]


@pytest.fixture
def running(county, shipped):
    """The county's plan, in force."""
    return actions.approve(act=county.act("commander"), version=shipped.id)
