from zoneinfo import ZoneInfo

import pytest

from tocsin.kernel.instants import parse
from tocsin.packs.clocks import Event, due, due_again, started_by
from tocsin.packs.reader import load, read

CN, AVALON = load("cn"), load("avalon")
NOON = parse("2026-06-16T12:00+08:00")


def started(event, kind, grade=None, pack=CN):
    return [rule.id for rule in started_by(pack.clocks, pack.kinds, event, kind, grade)]


def test_opening_a_flood_starts_the_reports_that_every_disaster_owes():
    assert started(Event.INCIDENT_OPENED, "rainstorm") == ["CN-ER-01", "CN-NC-01", "CN-NC-02"]


def test_a_major_accident_starts_the_clocks_of_its_grade_and_no_other():
    assert started(Event.INCIDENT_GRADED, "hazardous-chemical", "MAJOR") == [
        "CN-ER-02",
        "CN-PUB-01",
        "CN-PUB-02",
        "CN-WS-03C",
        "CN-WS-08A",
    ]
    assert started(Event.INCIDENT_GRADED, "hazardous-chemical", "ORDINARY") == [
        "CN-WS-03A",
        "CN-WS-08B",
    ]


def test_what_is_not_graded_starts_no_clock_of_a_grade():
    assert started(Event.INCIDENT_GRADED, "hazardous-chemical") == []


def test_an_alert_starts_the_report_upward_but_not_for_what_the_law_leaves_out():
    assert started(Event.ALERT_PUBLISHED, "typhoon") == ["CN-ER-03"]
    assert started(Event.ALERT_PUBLISHED, "mass-incident") == []


def due_of(pack, name, start=NOON):
    return due(pack.clocks.of(name), start, pack.zone, pack.patience)


@pytest.mark.parametrize(
    ("name", "when"),
    [
        ("CN-EN-02", "2026-06-16T14:00+08:00"),
        ("CN-PUB-01", "2026-06-16T17:00+08:00"),
        ("CN-WS-05", "2026-08-15T12:00+08:00"),
        ("CN-PL-01", "2026-07-14T12:00+08:00"),
        ("CN-PL-02", "2029-06-16T12:00+08:00"),
        ("CN-ER-01", "2026-06-16T12:30+08:00"),
        ("CN-ER-07A", "2026-06-23T12:00+08:00"),
    ],
)
def test_a_duty_is_due_as_its_rule_says(name, when):
    assert due_of(CN, name) == parse(when)


def test_immediately_is_late_where_the_pack_says_so():
    assert due_of(AVALON, "AV-3") == parse("2026-06-16T12:15+08:00")


def test_a_repeating_duty_is_due_again_and_another_is_not():
    daily, once = AVALON.clocks["AV-2"], AVALON.clocks["AV-1"]
    assert due_again(daily, NOON, AVALON.zone) == parse("2026-06-17T12:00+08:00")
    assert due_again(once, NOON, ZoneInfo("UTC")) is None


ROW = "- {id: c, name: {en: C}, by: {en: a}, to: {en: b}, does: {en: d}, source: Act 1, verified: text,"


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        (
            "starts: incident.opened, within: soon",
            "“soon” is not a duration. Write it as ISO 8601: PT2H, P20D, P3Y.",
        ),
        (
            "starts: incident.opened, within: PT1H, repeats: daily",
            "“daily” is not a duration. Write it as ISO 8601: PT2H, P20D, P3Y.",
        ),
        (
            "starts: incident.exploded, within: PT1H",
            "Invalid enum value 'incident.exploded' - at `$.starts`",
        ),
        (
            "starts: incident.graded, within: PT1H, grades: [HUGE]",
            "Invalid enum value 'HUGE' - at `$.grades[0]`",
        ),
    ],
)
def test_a_clock_that_could_never_run_is_refused(shelf, rest, what):
    shelf.write("small/clocks.yaml", f"{ROW} {rest}}}\n")
    assert [fault.what for fault in read("small", shelf.folders).faults] == [what]
