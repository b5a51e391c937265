"""Which triggers fire, read as sentences."""

import pytest

from tocsin.kernel.ladders import IncidentGrade, WarningLevel
from tocsin.packs.reader import load
from tocsin.stages.readiness.plans.document import parse
from tocsin.stages.readiness.plans.matching import InForce, answers, by_grade, by_warning, reason


@pytest.fixture(scope="module")
def city():
    path = next(path for path in load("cn/shenzhen").plans if path.stem == "flood-and-typhoon")
    return parse(path.read_text(encoding="utf-8"))


def storm(hazard="rainstorm", **levels):
    """A hazard in so many places at each level, which are named red-1, red-2 …"""
    places = {
        f"{name}-{n}": WarningLevel[name.upper()] for name, count in levels.items() for n in range(count)
    }
    return InForce(hazard, places)


@pytest.mark.parametrize(
    ("watched", "level"),
    [
        (storm(), None),
        (storm(yellow=39), None),
        (storm(yellow=40), "IV"),
        (storm(orange=1), "IV"),
        (storm(yellow=39, orange=1), "IV"),
        (storm(orange=29), "IV"),
        (storm(orange=30), "III"),
        (storm(orange=29, red=1), "III"),
        (storm(red=7), "III"),
        (storm(red=8), "II"),
        (storm(red=29, orange=40), "II"),
        (storm(red=30), "I"),
        (storm("typhoon", blue=1), "IV"),
        (storm("typhoon", red=1), "I"),
        (storm("thunderstorm-gale", orange=19), None),
        (storm("thunderstorm-gale", orange=20), "IV"),
        (storm("geological-risk", yellow=60), None),
        (storm("geological-risk", orange=1), "III"),
        (storm("storm-surge", red=1), "II"),
        (storm("heat", red=83), None),
        (InForce("rainstorm", dict.fromkeys(map(str, range(83)), None)), None),
    ],
)
def test_a_warning_over_so_many_places_proposes_a_level(city, watched, level):
    fired = by_warning(city, watched)
    assert (fired and fired.trigger.level.value) == level


def test_the_places_that_made_it_fire_are_those_at_its_level_or_above(city):
    assert by_warning(city, storm(yellow=2, orange=1, red=1)).places == ("red-0",)


@pytest.mark.parametrize(
    ("kind", "grade", "level"),
    [
        ("rainstorm", IncidentGrade.ORDINARY, "III"),
        ("rainstorm", IncidentGrade.LARGER, "II"),
        ("typhoon", IncidentGrade.MAJOR, "I"),
        ("typhoon", IncidentGrade.CATASTROPHIC, "I"),
        ("food-poisoning", IncidentGrade.MAJOR, None),
    ],
)
def test_a_grade_proposes_a_level(city, kind, grade, level):
    fired = by_grade(city, kind, grade)
    assert (fired and fired.trigger.level.value) == level


@pytest.mark.parametrize(
    ("watched", "still"),
    [
        (storm(), False),
        (storm(blue=20), False),
        (storm(yellow=1), True),
        (storm(red=1), True),
        (storm("geological-risk", yellow=40), False),
        (storm("geological-risk", orange=1), True),
        (storm("thunderstorm-gale", yellow=70), False),
        (storm("heat", red=83), False),
        (InForce("rainstorm", {"a": None}), False),
    ],
)
def test_a_response_goes_on_while_the_plan_answers_what_is_in_force(city, watched, still):
    assert answers(city, watched) is still


def test_the_reason_is_told_in_each_language(city):
    fired = by_warning(city, storm(red=2))
    places = [{"zh": "观澜街道", "en": "Guanlan"}, {"zh": "平湖街道", "en": "Pinghu"}]
    assert reason(
        fired, hazard={"zh": "暴雨", "en": "Rainstorm"}, level={"zh": "红色", "en": "red"}, places=places
    ) == {
        "zh": "暴雨红色预警在2处生效（观澜街道和平湖街道），局地可能发生严重内涝和山洪，建议启动三级响应。",
        "en": "Rainstorm at red in 2 places (Guanlan and Pinghu): severe flooding is possible there. "
        "Level III is proposed.",
    }


def test_a_long_list_is_cut_and_the_count_is_not(flood):
    watched = InForce("river-flood", {str(n): WarningLevel.RED for n in range(9)})
    fired = by_warning(parse(flood), watched)
    names = [{"en": name} for name in "ABCDEFGHI"]
    told = reason(fired, hazard={"en": "Flood"}, level={"en": "Emergency"}, places=names)
    assert told == {"en": "Flood: Emergency in 9 places (A, B, C, D, E, and F…)."}


def test_a_language_that_nobody_knows_is_listed_as_in_english(flood):
    fired = by_warning(
        parse(flood.replace("reason: {en:", "reason: {xx-nowhere:")), storm("river-flood", red=1)
    )
    assert reason(fired, hazard={"en": "Flood"}, level={"en": "Red"}, places=[{"en": "A"}]) == {
        "xx-nowhere": "Flood: Red in 1 places (A)."
    }
