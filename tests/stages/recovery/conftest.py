"""An incident whose response is over, and a review drawn for it."""

from datetime import timedelta

import pytest

from tocsin.kernel.instants import after
from tocsin.spine.incidents.actions import end, open_incident
from tocsin.stages.recovery.reviews import actions
from tocsin.stages.recovery.reviews.drawing import draw
from tocsin.stages.recovery.reviews.records import Clock, Seen


@pytest.fixture
def drawn(desk):
    """One deadline was missed, one order declined."""
    at = desk.act("machine").at
    missed = Clock(
        id="c1",
        subject="task:1",
        rule="task.finish",
        name={"en": "Close it", "zh": "封闭"},
        owner="water-liaison",
        started_at=at,
        due_at=after(at, timedelta(minutes=5)),
        state="missed",
    )
    declined = {"order": "o1", "number": 1, "text": {"en": "Stand by"}, "post": "water-liaison"}
    entries = [
        Seen(1, at, "incident.opened", "commander", "person", "", {"title": {"en": "Rainstorm"}}),
        Seen(2, at, "order.declined", "liaison", "person", "no boat", declined),
    ]
    return draw(entries=entries, clocks=[missed])


@pytest.fixture
def over():
    """Makes an incident whose response is over."""

    def make(desk):
        opened = open_incident(act=desk.act("duty_officer"), kind="rainstorm", title={"en": "Rainstorm"})
        return end(act=desk.act("commander"), incident=opened.id).id

    return make


@pytest.fixture
def incident(desk, over):
    return over(desk)


@pytest.fixture
def review(desk, incident, drawn):
    return actions.open_review(act=desk.act("machine"), incident=incident, drawn=drawn)
