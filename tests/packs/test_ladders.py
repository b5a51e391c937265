import pytest

from tocsin.kernel.ladders import IncidentGrade, ResponseLevel, WarningLevel
from tocsin.packs.reader import load, read


def test_the_same_steps_are_called_otherwise_in_another_country():
    cn, avalon = load("cn").ladders, load("avalon").ladders
    assert cn["incident"].step(IncidentGrade.CATASTROPHIC).name["zh"] == "特别重大"
    assert avalon["incident"].step(IncidentGrade.CATASTROPHIC).name == {"en": "Disaster"}
    assert cn["response"].step(ResponseLevel.I).name["zh"] == "一级响应"
    assert [avalon["warning"].step(level).name["en"] for level in WarningLevel] == [
        "Advisory",
        "Watch",
        "Warning",
        "Emergency",
    ]
    assert [avalon["warning"].step(level).colour for level in WarningLevel] == [
        "blue",
        "yellow",
        "orange",
        "red",
    ]


@pytest.mark.parametrize(
    "steps", ["{}", "{BLUE: {name: {en: a}}}", "{BLUE: {name: {en: a}}, PUCE: {name: {en: b}}}"]
)
def test_a_ladder_names_each_of_its_steps_and_no_other(shelf, steps):
    row = "{id: warning, name: {en: W}, source: Act 1, verified: text, steps: " + steps + "}"
    shelf.write("small/ladders.yaml", f"- {row}\n")
    [fault] = read("small", shelf.folders).faults
    assert fault.what == "steps must name BLUE, YELLOW, ORANGE, RED, each of them and no other"


def test_there_are_three_ladders_and_no_fourth(shelf):
    row = "{id: urgency, name: {en: U}, source: Act 1, verified: text, steps: {}}"
    shelf.write("small/ladders.yaml", f"- {row}\n")
    [fault] = read("small", shelf.folders).faults
    assert fault.what == "Invalid enum value 'urgency' - at `$.id`"
