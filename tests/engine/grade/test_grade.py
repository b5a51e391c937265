"""Grading by the tables of the packs, read as sentences; what must hold for any facts is in
`test_laws.py`."""

from decimal import Decimal

import pytest

from tocsin.engine.grade.facts import Bound
from tocsin.engine.grade.grade import grade, respond
from tocsin.kernel.errors import Malformed
from tocsin.kernel.ladders import IncidentGrade, ResponseLevel
from tocsin.packs.reader import load

ORDINARY, LARGER, MAJOR, CATASTROPHIC = IncidentGrade

CN = load("cn")
AVALON = load("avalon")


def by(table, pack=CN, **facts):
    return grade(pack.gradings.of(table), facts)


def why(verdict):
    return [reading.part for reading in verdict.decisive]


def test_three_dead_and_ten_missing_is_major_for_the_missing_count():
    verdict = by("work-safety", deaths=3, missing=10)
    assert (verdict.grade, why(verdict)) == (MAJOR, ["deaths-and-missing"])
    [reading] = verdict.decisive
    assert reading.note["en"].startswith("The missing are counted with the dead")
    assert verdict.unverified


def test_three_dead_alone_is_larger_and_stands_in_the_legal_text():
    verdict = by("work-safety", deaths=3, missing=0)
    assert (verdict.grade, why(verdict)) == (LARGER, ["deaths", "deaths-and-missing"])
    assert not verdict.unverified


@pytest.mark.parametrize(
    ("deaths", "expected"),
    [
        (0, ORDINARY),
        (2, ORDINARY),
        (3, LARGER),
        (9, LARGER),
        (10, MAJOR),
        (29, MAJOR),
        (30, CATASTROPHIC),
        (4000, CATASTROPHIC),
    ],
)
def test_and_above_includes_the_number_and_below_excludes_it(deaths, expected):
    assert by("work-safety", deaths=deaths).grade == expected


@pytest.mark.parametrize(
    ("loss", "expected"),
    [
        (Decimal("9999999.99"), ORDINARY),
        (10_000_000, LARGER),
        (50_000_000, MAJOR),
        (Decimal("99999999.99"), MAJOR),
        (100_000_000, CATASTROPHIC),
    ],
)
def test_a_loss_of_exactly_ten_million_is_larger(loss, expected):
    assert by("work-safety", direct_loss=loss).grade == expected


def test_the_highest_of_all_criteria_decides():
    verdict = by("work-safety", deaths=1, missing=0, serious_injuries=60, direct_loss=20_000_000)
    assert (verdict.grade, why(verdict)) == (MAJOR, ["serious-injuries"])
    assert {reading.part: reading.step for reading in verdict.readings} == {
        "deaths": ORDINARY,
        "deaths-and-missing": ORDINARY,
        "serious-injuries": MAJOR,
        "direct-loss": LARGER,
    }


def test_nothing_known_is_no_grade_and_may_be_anything():
    verdict = by("work-safety")
    assert (verdict.grade, verdict.ceiling, why(verdict)) == (None, CATASTROPHIC, [])
    assert not verdict.unverified
    assert verdict.missing == (
        "deaths",
        "missing",
        "serious_injuries",
        "poisoned",
        "direct_loss",
    )
    nearest = verdict.openings[0]
    assert (nearest.step, dict(nearest.needs[0].alone)) == (ORDINARY, {"deaths": 0})


def test_to_know_that_nobody_is_missing_says_nothing_of_the_dead():
    assert by("work-safety", missing=0).grade is None
    assert by("work-safety", deaths=0).grade == ORDINARY


def test_everything_known_leaves_nothing_open():
    verdict = by("work-safety", deaths=1, missing=0, serious_injuries=2, poisoned=0, direct_loss=5)
    assert (verdict.grade, verdict.ceiling, verdict.openings, verdict.missing) == (
        ORDINARY,
        ORDINARY,
        (),
        (),
    )


def test_at_least_three_dead_is_larger_and_ten_would_make_it_major():
    verdict = by("work-safety", deaths=Bound(3), missing=0, serious_injuries=0, poisoned=0, direct_loss=0)
    assert (verdict.grade, verdict.ceiling) == (LARGER, CATASTROPHIC)
    assert [(o.step, o.part, dict(o.needs[0].alone)) for o in verdict.openings] == [
        (MAJOR, "deaths", {"deaths": 10}),
        (CATASTROPHIC, "deaths", {"deaths": 30}),
    ]
    assert verdict.missing == ("deaths",)


def test_missing_persons_not_yet_counted_are_named_with_the_number_that_would_count():
    verdict = by("work-safety", deaths=3, serious_injuries=0, poisoned=0, direct_loss=0)
    assert [(o.step, dict(o.needs[0].alone)) for o in verdict.openings] == [
        (MAJOR, {"missing": 7}),
        (CATASTROPHIC, {"missing": 27}),
    ]


def test_a_bound_from_above_closes_what_it_rules_out():
    verdict = by(
        "work-safety",
        deaths=Bound(3, 12),
        missing=0,
        serious_injuries=0,
        poisoned=0,
        direct_loss=0,
    )
    assert (verdict.grade, verdict.ceiling) == (LARGER, MAJOR)
    assert [o.step for o in verdict.openings] == [MAJOR]


def test_where_only_two_facts_together_can_do_it_neither_is_said_to_do_it_alone():
    verdict = by(
        "work-safety",
        deaths=Bound(3, 6),
        missing=Bound(0, 5),
        serious_injuries=0,
        poisoned=0,
        direct_loss=0,
    )
    assert (verdict.grade, verdict.ceiling) == (LARGER, MAJOR)
    [opening] = verdict.openings
    [need] = opening.needs
    assert (need.counts, need.threshold, dict(need.alone)) == (("deaths", "missing"), 10, {})


def test_a_hundred_and_twenty_ill_is_larger_and_one_death_would_make_it_major():
    verdict = by("food-poisoning", ill=120)
    assert verdict.grade == LARGER
    nearest = verdict.openings[0]
    assert (nearest.step, nearest.part) == (MAJOR, "over-100-with-death")
    assert [dict(need.alone) for need in nearest.needs] == [{"deaths": 1}]


def test_a_sentence_of_the_law_needs_all_of_its_conditions():
    assert by("food-poisoning", ill=101, deaths=1).grade == MAJOR
    assert by("food-poisoning", ill=100, deaths=1).grade == LARGER
    assert by("food-poisoning", ill=101, deaths=0).grade == LARGER
    verdict = by("food-poisoning", ill=Bound(40, 150), deaths=Bound(0, 2), declared_extreme=False)
    assert (verdict.grade, verdict.ceiling) == (ORDINARY, MAJOR)
    both = verdict.openings[-1]
    assert (both.step, [dict(need.alone) for need in both.needs]) == (
        MAJOR,
        [{"ill": 101}, {"deaths": 1}],
    )


def test_ninety_nine_ill_and_none_dead_is_ordinary_and_twenty_nine_is_not_graded():
    assert by("food-poisoning", ill=99, deaths=0).grade == ORDINARY
    assert by("food-poisoning", ill=29, deaths=0).grade is None


def test_a_water_supply_cut_for_a_city_is_catastrophic_whatever_the_casualties():
    verdict = by("environmental", deaths=0, city_water_cut=True)
    assert (verdict.grade, why(verdict), verdict.unverified) == (CATASTROPHIC, ["city-water"], True)
    assert verdict.decisive[0].text["en"].startswith("The water source of a prefecture-level city")


def test_a_magnitude_counts_only_where_people_live_densely():
    first = "earthquake-first"
    assert by(first, magnitude=Decimal("6.9"), densely_populated=True).grade == MAJOR
    assert by(first, magnitude=Decimal("7.0"), densely_populated=True).grade == CATASTROPHIC
    assert by(first, magnitude=Decimal("7.0"), densely_populated=False).ceiling is None
    unknown = by(first, magnitude=Decimal("5.0"))
    assert (unknown.grade, unknown.ceiling) == (None, LARGER)


@pytest.mark.parametrize(
    ("hectares", "expected"),
    [(Decimal("0.99"), ORDINARY), (1, LARGER), (100, MAJOR), (1000, CATASTROPHIC)],
)
def test_a_forest_fire_is_graded_by_hectares(hectares, expected):
    assert by("forest-fire", burnt_forest=hectares).grade == expected


def test_a_grassland_fire_with_one_death_is_larger_and_with_nine_hectares_nothing():
    assert by("grassland-fire", deaths=1).grade == LARGER
    assert by("grassland-fire", burnt_grassland=9).grade is None
    assert by("grassland-fire", deaths=2, serious_injuries=8).grade == MAJOR


def test_geological_danger_is_graded_by_those_who_must_move():
    verdict = by("geological-danger", people_to_move=1000)
    assert (verdict.grade, verdict.decisive[0].verified.value) == (CATASTROPHIC, "memory")


def test_a_response_level_is_no_grade():
    table = CN.responses.of("disaster-relief")
    verdict = respond(table, {"deaths": 90, "missing": 10})
    assert verdict.step is ResponseLevel.II
    assert respond(table, {"deaths": 19, "missing": 0}).step is None
    assert respond(table, {"drought_share": Decimal("30")}).step is ResponseLevel.I


def test_facts_that_the_table_does_not_ask_for_are_told_back():
    assert by("forest-fire", ill=40, burnt_forest=0).unused == ("ill",)


def test_facts_that_can_not_be_are_refused():
    with pytest.raises(Malformed):
        by("work-safety", deaths=-1)


def test_each_reading_names_its_threshold_and_its_source():
    reading = by("work-safety", deaths=12).readings[0]
    [condition] = reading.conditions
    assert (condition.counts, condition.threshold, condition.low) == (("deaths",), 10, 12)
    assert (condition.met, condition.possible) == (True, True)
    assert reading.source == CN.gradings.of("work-safety").source
    missing = by("work-safety", deaths=12).readings[1]
    assert missing.source == "国务院令第493号第3条，第12条第4项 · Decree 493 Art. 3 with Art. 12(4)"


def test_another_country_grades_by_its_own_tables_with_the_same_code():
    assert by("natural", AVALON, deaths=1, missing=3).grade == MAJOR
    assert by("natural", AVALON, loss=Decimal("1500000.49")).grade == LARGER
    assert by("natural", AVALON, loss=Decimal("1500000.50")).grade == MAJOR
    assert by("natural", AVALON, hospital_closed=True, injured=5).grade == MAJOR
    assert by("chemical", AVALON, deaths=2, injured=24).grade == MAJOR
    verdict = respond(AVALON.responses.of("flood-activation"), {"cut_off": 2500})
    assert verdict.grade is ResponseLevel.I
