import pytest

from tocsin.packs.disclosure import Ladder, for_kind
from tocsin.packs.durations import Duration
from tocsin.packs.reader import load, read

CN, AVALON = load("cn"), load("avalon")


def rule(pack, ladder, kind):
    return for_kind(pack.disclosure, pack.kinds, ladder, kind)


def test_an_orange_warning_is_told_at_once_and_a_yellow_one_looked_at_again_in_an_hour():
    warnings = rule(CN, Ladder.WARNING, "rainstorm")
    assert (warnings.at_once, warnings.interval("ORANGE"), warnings.interval("RED")) == (
        "ORANGE",
        None,
        None,
    )
    assert warnings.interval("YELLOW") == Duration.parse("PT1H")
    assert warnings.interval("BLUE") == Duration.parse("PT3H")


def test_what_has_no_step_yet_is_looked_at_again_too():
    assert rule(CN, Ladder.WARNING, "lightning").interval(None) == Duration.parse("PT1H")
    assert rule(CN, Ladder.INCIDENT, "flood").interval(None) == Duration.parse("PT2H")


def test_our_own_choice_is_called_unverified():
    assert [row.certain for row in CN.disclosure.values()] == [False, False]


def test_the_exception_stands_below_its_rule():
    assert rule(AVALON, Ladder.WARNING, "river-flood").id == "warnings"
    assert rule(AVALON, Ladder.WARNING, "wildfire").id == "smoke"


def test_where_no_rule_covers_a_kind_there_is_none():
    assert rule(CN, Ladder.INCIDENT, "mass-incident") is None


ROW = "- {id: d, name: {en: D}, source: Act 1, verified: memory,"
STEPS = "reassess must name each step of the {} ladder below at_once, no other"


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        ("ladder: warning, at_once: MAJOR, stepless: PT1H", STEPS.format("warning")),
        ("ladder: incident, at_once: LARGER, stepless: PT1H", STEPS.format("incident")),
        (
            "ladder: warning, at_once: YELLOW, reassess: {BLUE: PT1H, RED: PT1H}, stepless: PT1H",
            STEPS.format("warning"),
        ),
        (
            "ladder: warning, at_once: YELLOW, reassess: {BLUE: often}, stepless: PT1H",
            "“often” is not a duration. Write it as ISO 8601: PT2H, P20D, P3Y.",
        ),
        (
            "ladder: warning, at_once: BLUE, stepless: ''",
            "“” is not a duration. Write it as ISO 8601: PT2H, P20D, P3Y.",
        ),
    ],
)
def test_a_rule_that_would_let_something_drop_out_of_sight_is_refused(shelf, rest, what):
    shelf.write("small/disclosure.yaml", f"{ROW} {rest}}}\n")
    assert [fault.what for fault in read("small", shelf.folders).faults] == [what]
