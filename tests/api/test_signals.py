"""Signals through the API: recorded once by their key, seen on the watch list at once."""

import pytest
from tests.house.world import build

from tocsin.flows.models import Cursor
from tocsin.spine.journal.queries import entries, newest

pytestmark = pytest.mark.django_db
RAIN = {
    "kind": "river-flood",
    "action": "inform",
    "title": "The river is up",
    "text": "Seen at the bridge.",
    "issued_at": "2026-06-16T12:00:00+08:00",
}


def test_recorded_and_read_back(callers):
    made = callers.post("liaison", "/signals", **RAIN)
    assert made.status_code == 200
    assert callers.get("auditor", f"/signals/{made.json()['id']}").json() == made.json()
    assert (made.json()["text"], made.json()["source_id"]) == ("Seen at the bridge.", "desk")


def test_the_same_key_is_the_same_signal(callers):
    first = callers.post("liaison", "/signals", **RAIN, key="a-17").json()
    again = callers.post("liaison", "/signals", **{**RAIN, "title": "Sent again"}, key="a-17").json()
    assert (again["id"], again["title"]) == (first["id"], "The river is up")
    assert len(entries(kinds=["signal.received"])) == 1


def test_a_key_is_its_callers_own(callers):
    made = {
        callers.post(who, "/signals", **RAIN, key="1").json()["id"] for who in ("liaison", "duty_officer")
    }
    assert len(made) == 2


def test_the_flows_have_heard_it(callers):
    callers.post("liaison", "/signals", **RAIN)
    assert Cursor.objects.get().seq == newest()


def test_pages_by_key(callers):
    for number in range(3):
        callers.post("liaison", "/signals", **RAIN, key=str(number))
    first = callers.get("auditor", "/signals", limit=2).json()
    second = callers.get("auditor", "/signals", limit=2, before=first["next"]).json()
    ids = [row["id"] for row in first["items"] + second["items"]]
    assert (len(set(ids)), second["next"]) == (3, None)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "earthworm"},
        {"areas": ["atlantis"]},
        {"action": "in_force"},
        {"action": "issue"},
        {"level": "PINK"},
        {"title": ""},
        {"title": "x" * 301},
        {"issued_at": "noon"},
        {"issued_at": "2026-06-16T12:00:00"},
    ],
)
def test_refused_with_the_reason(callers, change):
    answer = callers.post("liaison", "/signals", **{**RAIN, **change})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["data"]["where"]


def test_the_watch_list_at_any_instant(desk):
    from tests.api.conftest import Callers

    callers = Callers(build(desk).tokens)

    def levels(at):
        told = callers.get("auditor", "/watch", at=at).json()
        (place,) = (area for area in told["areas"] if area["code"] == "440307")
        return [(hazard["kind"], hazard["level"]) for hazard in place["hazards"]]

    assert levels("2026-06-16T11:59:00+08:00") == []
    assert levels("2026-06-16T12:00:00+08:00") == [("rainstorm", "YELLOW")]
