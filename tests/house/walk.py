"""Every operation of the API, and how the walk asks it: with which thing in its address and which body.

What is not listed here is asked with the thing of its parameter's name and an empty body.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client
from tests.house.world import LATER, SAID, World

from tocsin.api.door import api

CONTENT = {
    "level": "RED",
    "areas": ["440307"],
    "starts": "2026-06-16T12:00:00+08:00",
    "expires": LATER.isoformat(),
    "headline": SAID,
    "description": SAID,
    "instruction": SAID,
}
BULLETIN = {"title": SAID, "known": [{"text": SAID, "source": "x", "verified": True}]}
WORD = {"word": "x"}

STATES = {
    "plans.submit": {"version": "version"},
    "plans.return_": {"version": "submitted_version"},
    "plans.approve": {"version": "submitted_version"},
    "plans.file": {"version": "version_in_force"},
    "indicators.resume": {"indicator": "paused_indicator"},
    "incidents.reopen": {"incident": "ended_incident"},
    "incidents.close": {"incident": "ended_incident"},
    "reviews.of_incident": {"incident": "reviewed_incident"},
    "response.reopen_task": {"task": "done_task"},
    "reports.correct": {"report": "sent_report"},
    "alerts.approve": {"alert": "submitted_alert"},
    "alerts.return_": {"alert": "submitted_alert"},
    "alerts.update": {"alert": "published_alert"},
    "alerts.cancel": {"alert": "published_alert"},
    "alerts.cap": {"alert": "published_alert"},
    "bulletins.approve": {"bulletin": "submitted_bulletin"},
    "bulletins.return_": {"bulletin": "submitted_bulletin"},
    "bulletins.correct": {"bulletin": "published_bulletin"},
    "reviews.return_action": {"action": "done_action"},
    "reviews.verify_action": {"action": "done_action"},
}

BODIES: dict[str, dict[str, Any]] = {
    "signals.record": {"kind": "rainstorm", "action": "issue", "areas": ["440307"], "title": "x"},
    "signals.mend": {"raw": "[]"},
    "indicators.define": {"name": SAID, "kind": "rainstorm", "rhythm": "day", "alarms": 0.5},
    "indicators.count_in": {"counts": [{"day": "2026-06-15", "count": 3}]},
    "indicators.dismiss": WORD,
    "plans.lint": {"text": "{plan_text}"},
    "plans.draft": {"text": "{plan_text}", "reason": "x"},
    "plans.file": {"to": "x"},
    "plans.revise": {"text": "{plan_text}"},
    "incidents.open_incident": {"kind": "rainstorm", "title": SAID},
    "incidents.grade": {"grade": "MAJOR"},
    "proposals.change": {"changes": {"grade": "LARGER"}, "word": "x"},
    "response.set_level": {"plan": "{plan_in_force}", "level": "IV"},
    "response.assign_task": {"title": SAID, "owner": "water-liaison"},
    "response.finish_task": {"note": "x"},
    "response.give_order": {"text": SAID, "to": ["water-liaison"], "acknowledge_within": 30},
    "response.raise_need": {"what": SAID, "quantity": 5, "unit": SAID},
    "response.meet_need": {"quantity": 1},
    "response.record_decision": {"matter": "x", "chosen": "x", "reasons": "x"},
    "reports.draw": {"kind": "first"},
    "reports.draft": {"kind": "first", "to": "x", "body": {}},
    "reports.revise": {"body": {}},
    "reports.correct": {"body": {}, "word": "x"},
    "alerts.draft": {"hazard": "rainstorm", "content": CONTENT},
    "alerts.revise": {"content": CONTENT},
    "bulletins.draft": {"hazard": "rainstorm", "content": BULLETIN},
    "bulletins.revise": {"content": BULLETIN},
    "bulletins.correct": {"content": BULLETIN, "word": "x"},
    "reviews.write_summary": {"text": "x"},
    "reviews.add_finding": {"kind": "gap", "text": "x"},
    "reviews.add_lesson": {"text": "x"},
    "reviews.assign_action": {"text": "x", "owner": "water-liaison", "due": LATER.isoformat()},
    "reviews.finish_action": {"result": "x"},
    "people.add_organisation": {"code": "new", "name": SAID},
    "people.add_post": {"code": "new", "name": SAID, "organisation": "city", "role": "liaison"},
    "people.add_person": {"username": "new", "name": "x"},
    "people.hold": {"person": "{person}"},
    "people.plan_shift": {
        "post": "water-liaison",
        "person": "{person}",
        "since": "2026-06-16T12:00:00+08:00",
        "until": LATER.isoformat(),
    },
    "people.issue_token": {"name": "x"},
    "replay.steer": {"paused": True},
}


@dataclass(frozen=True)
class Operation:
    """One operation as OpenAPI tells it."""

    id: str
    method: str
    path: str
    power: str

    def ask(self, world: World, role: str) -> Any:
        """The answer to one who has this role; `anonymous` has no token."""
        names = STATES.get(self.id, {})
        path = self.path
        for name in _parameters(path):
            path = path.replace(f"{{{name}}}", str(world.things[names.get(name, name)]))
        body = json.dumps(_filled(BODIES.get(self.id, WORD), world))
        headers = {} if role == "anonymous" else {"Authorization": f"Bearer {world.tokens[role]}"}
        if self.method == "GET":
            return Client().get(path, headers=headers)
        return Client().generic(self.method, path, body, content_type="application/json", headers=headers)


def operations() -> Iterator[Operation]:
    """All operations, from the API's own description."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, told in methods.items():
            yield Operation(told["operationId"], method.upper(), path, told.get("x-power", ""))


def _filled(body: dict[str, Any], world: World) -> dict[str, Any]:
    """`{name}` as a whole value stands for the thing of that name."""
    return {
        key: str(world.things[value.strip("{}")]) if isinstance(value, str) and value[:1] == "{" else value
        for key, value in body.items()
    }


def _parameters(path: str) -> list[str]:
    return [part.strip("{}") for part in path.split("/") if part.startswith("{")]
