"""Indicators through the API: hours, exposures, late reports."""

from datetime import datetime, timedelta

import pytest

from tocsin.stages.reduction.indicators.models import Point


def asked(**more):
    return {"name": {"en": "x"}, "kind": "river-flood", "rhythm": "hour", "alarms": 1.0} | more


def begun(now):
    return now.replace(minute=0, second=0, microsecond=0)


@pytest.fixture
def row(callers):
    made = callers.post("duty_officer", "/indicators", **asked())
    assert made.status_code == 200, made.content
    return made.json()


def count(callers, row, *counts):
    return callers.post("duty_officer", f"/indicators/{row['id']}/counts", counts=list(counts))


def test_an_hour_is_the_instant_at_which_it_begins(callers, row):
    judged = datetime.fromisoformat(row["judged_until"])
    assert (judged.tzinfo is not None, judged.minute, judged.second) == (True, 0, 0)
    hour = begun(judged)
    given = [{"day": (hour - timedelta(hours=at)).isoformat(), "count": 3 + at % 4} for at in range(30)]
    assert count(callers, row, *given).json() == {"kept": 30}
    assert Point.objects.filter(day=hour).count() == 1
    left = callers.get("auditor", f"/indicators/{row['id']}/series").json()["left"]
    assert left[0]["series"] == ""
    assert left[0]["reason"] in {"missing", "short"}
    if left[0]["day"]:
        assert datetime.fromisoformat(left[0]["day"]).tzinfo is not None


def test_a_date_is_no_hour_and_midnight_is_one(callers, row):
    refused = count(callers, row, {"day": "2026-06-15", "count": 3})
    assert (refused.status_code, refused.json()["code"]) == (422, "indicator.day")
    assert count(callers, row, {"day": "2026-06-15T00:00:00", "count": 3}).json() == {"kept": 1}
    assert count(callers, row, {"day": "0001-01-01T00:00:00", "count": 3}).status_code == 422
    assert count(callers, row, {"day": "2026-06-15Tnoon", "count": 3}).status_code == 422


def test_days_are_dates_as_before(callers):
    row = callers.post("duty_officer", "/indicators", **asked(rhythm="day")).json()
    assert len(row["judged_until"]) == 10
    assert count(callers, row, {"day": "2026-06-15", "count": 3, "exposure": 2.5}).json() == {"kept": 1}
    assert Point.objects.get().exposure == 2.5
    refused = count(callers, row, {"day": "2026-06-14", "count": 3})
    assert (refused.status_code, refused.json()["code"]) == (422, "indicator.exposure")
    assert count(callers, row, {"day": "2026-06-14", "count": 3, "exposure": 0}).status_code == 422


def test_late_and_neighbours_are_said(callers):
    made = callers.post(
        "duty_officer",
        "/indicators",
        **asked(counted=["river-flood"], rhythm="day", late=True, each=True, neighbours=True),
    ).json()
    assert (made["late"], made["neighbours"], made["shares"]) == (True, True, None)
    refused = callers.post("duty_officer", "/indicators", **asked(late=True))
    assert (refused.status_code, refused.json()["code"]) == (422, "indicator.late")


def test_what_is_judged_says_what_is_still_to_come(callers):
    row = callers.post("duty_officer", "/indicators", **asked(rhythm="day")).json()
    today = datetime.fromisoformat(row["defined_at"]).date()
    given = [
        {"day": f"{today - timedelta(at)}", "count": 5 + at % 4, "exposure": 10 + at} for at in range(1, 90)
    ]
    assert count(callers, row, *given).json() == {"kept": 89}
    (series,) = callers.get("auditor", f"/indicators/{row['id']}/series").json()["series"]
    last = series["steps"][-1]
    assert (last["day"], last["exposure"]) == (given[0]["day"], 11.0)
    assert (last["complete"], last["filled"]) == (1.0, None)
    found = callers.get("auditor", f"/indicators/{row['id']}/findings").json()
    assert all(len(one["day"]) == 10 for one in found["items"])
