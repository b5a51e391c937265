"""A list asks the database as often for three rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.house.world import CONTENT, SAID

from tocsin.spine.incidents.actions import open_incident
from tocsin.stages.communication.alerts import actions as alerts
from tocsin.stages.reduction.signals import actions as signals
from tocsin.stages.reduction.signals.enums import Action
from tocsin.stages.response.command import actions as command


def more(world) -> None:
    """Two more of everything that is listed."""
    officer, commander = world.desk.act("information_officer"), world.desk.act("commander")
    for number in range(2):
        open_incident(act=commander, kind="rainstorm", title=SAID, areas=["440307"])
        alerts.draft(act=officer, hazard="rainstorm", content=CONTENT)
        signals.record(
            act=commander, kind="rainstorm", action=Action.INFORM, areas=["440303"], title=f"more {number}"
        )
        command.assign_task(act=commander, incident=world.things["incident"], title=SAID, owner="commander")


@pytest.mark.parametrize("name", ["desk", "signals", "incidents", "alerts", "journal", "people", "room"])
def test_queries_do_not_grow_with_the_list(world, as_role, name):
    browser = as_role("commander")
    address = reverse("incidents-room", args=[world.things["incident"]]) if name == "room" else reverse(name)
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(address)
    more(world)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)
