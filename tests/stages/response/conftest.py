"""An open incident, and a plan at two levels as plain data."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.spine.incidents.actions import open_incident
from tocsin.stages.response.command.planned import (
    PlannedClock,
    PlannedNeed,
    PlannedOrder,
    PlannedTask,
    PlanOrders,
)

PUMPS = PlannedNeed("pumps", {"en": "Pumps"}, Decimal("3"), {"en": "sets"}, "water-liaison")
UNDERPASS = PlannedTask(
    "underpass", {"en": "Close the underpasses"}, "water-liaison", timedelta(minutes=30), "4.2"
)
HOSPITALS = PlannedTask("hospitals", {"en": "Warn the hospitals"}, "health-liaison")
SHELTERS = PlannedTask("shelters", {"en": "Open the shelters"}, "water-liaison", timedelta(hours=1))
STANDBY = PlannedOrder(
    "standby", {"en": "Stand by"}, ("water-liaison", "health-liaison"), timedelta(minutes=15)
)
EVACUATE = PlannedOrder("evacuate", {"en": "Evacuate"}, ("water-liaison",), timedelta(minutes=10))


@pytest.fixture
def incident(desk):
    return open_incident(act=desk.act("duty_officer"), kind="rainstorm", title={"en": "Rainstorm"}).id


@pytest.fixture
def plan(desk):
    """The plan at level III: two tasks, an order to two posts, a need, a clock of its own."""
    due = after(desk.act("machine").at, timedelta(hours=5))
    return PlanOrders(
        code="flood",
        version=uuid7(),
        number=1,
        matter={"en": "Rainstorm and flooding"},
        expected=timedelta(hours=12),
        measures=({"en": "Close underpasses"},),
        basis="Plan 4.2",
        tasks=(UNDERPASS, HOSPITALS),
        orders=(STANDBY,),
        needs=(PUMPS,),
        clocks=(PlannedClock("first-words", {"en": "Tell the public"}, due, "information-officer"),),
    )


@pytest.fixture
def higher(plan):
    """The same plan at level II: all of III again, a further task and a further order."""
    return replace(plan, tasks=(*plan.tasks, SHELTERS), orders=(*plan.orders, EVACUATE))
