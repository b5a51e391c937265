"""What must hold for any table of the packs and any facts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine.grade.facts import Bound
from tocsin.engine.grade.grade import grade, respond
from tocsin.packs.gradings import Grading
from tocsin.packs.reader import load

TABLES = [
    table
    for pack in (load("cn"), load("avalon"))
    for table in (*pack.gradings.values(), *pack.responses.values())
]

numbers = st.one_of(
    st.integers(0, 120),
    st.integers(0, 10**9),
    st.sampled_from([3, 10, 30, 50, 100, 1000, 10_000_000, 50_000_000]),
    st.decimals(0, 10**9, allow_nan=False, places=2),
)
bounds = st.tuples(numbers, st.none() | numbers).map(
    lambda pair: Bound(pair[0], None if pair[1] is None else pair[0] + pair[1])
)


def judge(table, facts):
    return grade(table, facts) if isinstance(table, Grading) else respond(table, facts)


def asked(table):
    conditions = [c for limb in table.limbs for c in limb.when]
    return sorted({name for part in (*table.scales, *conditions) for name in part.counts})


def rank(step):
    return 0 if step is None else int(step)


@st.composite
def cases(draw, values=numbers | bounds):
    table = draw(st.sampled_from(TABLES))
    names = draw(st.lists(st.sampled_from(asked(table)), unique=True))
    return table, {name: draw(values) for name in names}


def low(known):
    return known.at_least if isinstance(known, Bound) else known


def high(known):
    return known.at_most if isinstance(known, Bound) else known


@given(cases(numbers), st.data())
def test_more_harm_never_lowers_the_grade(case, data):
    table, facts = case
    worse = {name: value + data.draw(numbers) for name, value in facts.items()}
    assert rank(judge(table, worse).step) >= rank(judge(table, facts).step)


@given(cases(bounds), st.data())
def test_the_exact_grade_lies_between_the_grades_of_its_bounds(case, data):
    table, facts = case
    wide = judge(table, facts)
    exact = {
        name: low(known) + data.draw(st.integers(0, 100))
        if high(known) is None
        else data.draw(st.sampled_from([low(known), high(known)]))
        for name, known in facts.items()
    }
    step = rank(judge(table, exact).step)
    assert rank(wide.step) <= step
    assert step <= rank(wide.ceiling)


@given(cases())
def test_what_is_sure_is_never_above_what_is_possible(case):
    table, facts = case
    verdict = judge(table, facts)
    assert rank(verdict.step) <= rank(verdict.ceiling)
    assert rank(verdict.step) == max((rank(r.step) for r in verdict.readings), default=0)


@given(cases())
def test_what_is_told_to_be_missing_really_changes_the_result(case):
    table, facts = case
    verdict = judge(table, facts)
    for opening in verdict.openings:
        filled = dict(facts)
        for need in opening.needs:
            fill(filled, need)
        assert rank(judge(table, filled).step) >= opening.step > rank(verdict.step)


def fill(facts, need):
    """Gives one fact the number that does it alone, or all of them the most they can be."""
    for name, number in list(need.alone.items())[:1]:
        facts[name] = max(number, low(facts.get(name, 0)))
    if not need.alone:
        facts.update({name: high(facts.get(name, 0)) for name in need.counts})


@given(cases())
def test_whatever_step_is_possible_has_its_way_told(case):
    table, facts = case
    verdict = judge(table, facts)
    steps = {opening.step for opening in verdict.openings}
    assert (max(map(rank, steps)) if steps else rank(verdict.step)) == rank(verdict.ceiling)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_told_does_not_matter(case, chance):
    table, facts = case
    shuffled = list(facts.items())
    chance.shuffle(shuffled)
    assert judge(table, dict(shuffled)) == judge(table, facts)


@given(cases())
def test_a_fact_known_to_be_anything_is_a_fact_not_known(case):
    table, facts = case
    told = {name: Bound() for name in asked(table)} | facts
    assert judge(table, told).step == judge(table, facts).step
    assert judge(table, told).openings == judge(table, facts).openings


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
def test_every_band_begins_with_its_number_and_the_step_below_ends_before_it(table):
    for scale in table.scales:
        for name, band in scale.bands.items():
            first, *rest = scale.counts
            others = dict.fromkeys(rest, 0)
            [reading] = [
                r for r in judge(table, {first: band.start, **others}).readings if r.part == scale.id
            ]
            assert reading.step.name == name
            just_below = band.start - Decimal("0.01")
            if just_below > 0:
                [below] = [
                    r for r in judge(table, {first: just_below, **others}).readings if r.part == scale.id
                ]
                assert rank(below.step) < table.ladder[name]
