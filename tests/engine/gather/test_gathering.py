"""Reports in, candidate incidents out: nothing hidden, no order, no strangers joined, persons first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.gather.samples import NOON, crash, ids
from tocsin.engine.gather.gathering import Gathering, Reach, gathered
from tocsin.engine.gather.links import Said
from tocsin.engine.gather.reports import Report
from tocsin.engine.gather.rulings import apart, together
from tocsin.kernel.errors import Malformed

EAST, WEST = ("MAIN ST", "OAK AVE"), ("MAIN ST", "ELM ST")
"""Two corners of one street."""


def everything(gathering, reports):
    """All groups of a stream, given out or open."""
    return [group for report in reports for group in gathering.add(report)] + list(gathering.close())


def test_one_crash_told_by_three_services_is_one_group():
    groups = gathered([crash("t", 0, "Traffic"), crash("e", 1), crash("f", 3, "Fire", names=("OAK AVE",))])
    assert ids(groups) == [("t", "e", "f")]
    assert len(groups[0].links) == 3
    assert groups[0].confidence > 0.98


def test_the_same_corner_hours_later_is_another():
    assert ids(gathered([crash("a"), crash("b", 61, "Traffic")])) == [("a",), ("b",)]


def test_two_patients_of_one_home_are_two():
    falls = [crash("a", kind="FALL VICTIM"), crash("b", 20, kind="SEIZURES")]
    assert ids(gathered(falls)) == [("a",), ("b",)]


def test_a_bridge_does_not_join_two_crashes():
    here, there = crash("a", 0, "Traffic"), crash("b", 18, "Traffic", 2000.0, WEST)
    between = crash("c", 9, "EMS", 100.0, ("MAIN ST",))
    assert ids(gathered([here, there])) == [("a",), ("b",)]
    assert ids(gathered([here, between, there])) == [("a", "c"), ("b",)]


def test_a_later_report_joins_two_groups_that_all_agree():
    one, two = crash("a", 0, "Traffic", names=()), crash("b", 9, "Traffic", 200.0, names=())
    assert ids(gathered([one, two])) == [("a", "b")]
    other = crash("b", 9, "Traffic", 800.0, names=("ELM ST", "MILL RD"))
    apart_yet = [crash("a", 0, "Traffic", 0.0), other]
    assert ids(gathered(apart_yet)) == [("a",), ("b",)]


def test_a_report_moves_to_where_it_belongs_when_that_is_reported():
    early, poor = crash("a", 0, "Traffic"), crash("b", 36, "EMS", names=("MAIN ST",))
    better = [crash("c", 37, "Traffic", 1600.0, WEST), crash("d", 38, "Fire", 1600.0, WEST)]
    assert ids(gathered([early, poor])) == [("a", "b")]
    assert ids(gathered([early, poor, *better])) == [("a",), ("b", "c", "d")]


def test_a_multitude_is_one_group_and_stays_quick():
    many = [crash(f"{at:03d}", at / 10, "EMS" if at % 2 else "Traffic") for at in range(66)]
    between = crash("y", 24, "EMS", 1000.0, ("MAIN ST",))
    strangers = [crash(f"x{at}", 25 + at, "Traffic", 2000.0, WEST) for at in range(2)]
    first = tuple(f"{at:03d}" for at in range(66))
    assert ids(gathered([*many, between, *strangers])) == [(*first, "y"), ("x0", "x1")]
    said = [together("y", "x0"), apart("y", "000")]
    assert ids(gathered([*many, between, *strangers], rulings=said)) == [first, ("y", "x0", "x1")]
    assert ids(gathered([*many, crash("z", 9, kind="SEIZURES")])) == [first, ("z",)]


def test_without_a_position_words_and_time_decide():
    told = crash("a", 0, "phone", position=None, names=(), words=("bridge", "bus"))
    again = crash("b", 1, "web", position=None, names=(), words=("bus", "bridge", "red"))
    silent = crash("c", 1, "web", position=None, names=(), words=())
    groups = gathered([told, again, silent])
    assert ids(groups) == [("a", "b"), ("c",)]
    assert "words bus, bridge" in str(groups[0].links[0]) or "words bridge, bus" in str(groups[0].links[0])


def test_the_same_report_twice_is_one_and_another_under_its_id_is_refused():
    gathering = Gathering()
    gathering.add(crash("a"))
    assert gathering.add(crash("a")) == ()
    with pytest.raises(Malformed) as caught:
        gathering.add(crash("a", 1))
    assert caught.value.code == "gather.twice"
    assert ids(gathering.groups()) == [("a",)]


@pytest.mark.parametrize("wrong", [{"seconds": 0.0}, {"metres": -1.0}, {"patience": float("nan")}])
def test_a_reach_that_reaches_nothing_is_refused(wrong):
    with pytest.raises(Malformed) as caught:
        Reach(**wrong)
    assert caught.value.data["where"] in wrong


def test_what_comes_too_late_is_given_out_alone():
    gathering = Gathering(reach=Reach(patience=600.0))
    gathering.add(crash("a", 60))
    (late,) = gathering.add(crash("b", 49))
    assert (ids([late]), late.late) == ([("b",)], True)
    assert gathering.add(crash("c", 50, "Traffic")) == ()
    assert ids(gathering.groups()) == [("c", "a")]


def test_a_group_is_given_out_once_and_memory_stays_bounded():
    gathering = Gathering(reach=Reach(seconds=600.0, patience=600.0))
    given_out = []
    for at in range(400):
        given_out += gathering.add(crash(f"{at:03d}", 7.0 * at, "EMS" if at % 2 else "Traffic"))
        assert len(gathering) <= 7
    given_out += gathering.close()
    assert sorted(one for group in ids(given_out) for one in group) == [f"{at:03d}" for at in range(400)]
    assert len(gathering) == 0


crashes = st.lists(
    st.builds(
        lambda minute, north, channel, names: (minute, channel, 300.0 * north, names),
        st.integers(0, 90),
        st.integers(0, 8),
        st.sampled_from(["EMS", "Fire", "Traffic"]),
        st.sampled_from([EAST, WEST, ("MAIN ST",), ()]),
    ),
    max_size=14,
).map(lambda made: [crash(f"{at:02d}", *one) for at, one in enumerate(made)])
pairs = st.lists(
    st.tuples(st.integers(0, 13), st.integers(0, 13), st.booleans()).filter(lambda p: p[0] != p[1]),
    max_size=4,
)


def rulings(made):
    """As many as don't contradict one another."""
    gathering = Gathering()
    for a, b, same in made:
        try:
            gathering.rule((together if same else apart)(f"{a:02d}", f"{b:02d}"))
        except Malformed as refusal:
            assert refusal.code == "gather.contradiction"
    return list(gathering.rulings)


@settings(max_examples=40, deadline=None)
@given(crashes, st.randoms(use_true_random=False), pairs)
def test_the_order_of_arrival_does_not_matter(reports, chance, said):
    said = rulings(said)
    reach = Reach(seconds=1800.0, patience=90 * 60.0)
    shuffled = chance.sample(reports, len(reports))
    in_order = gathered(reports, reach=reach, rulings=said)
    stream = everything(Gathering(reach=reach, rulings=said), shuffled)
    assert sorted(ids(stream)) == sorted(ids(in_order))
    assert sorted(one for group in ids(in_order) for one in group) == [report.id for report in reports]


@settings(max_examples=30, deadline=None)
@given(crashes, pairs)
def test_ruled_before_or_after_gives_the_same_and_undo_gives_the_machine_back(reports, said):
    said = rulings(said)
    after = Gathering()
    for report in reports:
        after.add(report)
    plain = ids(after.groups())
    for ruling in said:
        after.rule(ruling)
    before = Gathering(rulings=said)
    for report in reports:
        before.add(report)
    assert ids(after.groups()) == ids(before.groups())
    _met(after, said)
    for ruling in said:
        after.unrule(ruling.a, ruling.b)
    assert ids(after.groups()) == plain


def _met(gathering, said):
    groups = [set(group) for group in ids(gathering.groups())]
    unmet = gathering.unmet()
    for ruling in said:
        joined = any({ruling.a, ruling.b} <= group for group in groups)
        assert joined is (ruling.same and ruling not in unmet)


def test_a_person_joins_what_the_machine_would_not_and_it_is_told():
    gathering = Gathering()
    for report in (crash("a"), crash("b", 70, kind="SEIZURES")):
        gathering.add(report)
    assert ids(gathering.groups()) == [("a",), ("b",)]
    gathering.rule(together("a", "b", "Li", "the driver"))
    (group,) = gathering.groups()
    assert group.links[0].confidence == 1.0
    assert group.links[0].reasons[0] == Said("Li", "the driver")
    assert gathering.unmet() == ()


def test_joined_by_way_of_others_is_told_too():
    gathering = Gathering(rulings=[together("a", "b", "Li"), together("b", "c", "Li")])
    for at, name in enumerate("abc"):
        gathering.add(crash(name, 30 * at, kind="SEIZURES"))
    (group,) = gathering.groups()
    assert [str(link.reasons[0]) for link in group.links] == [
        "said by Li",
        "a person: by way of others",
        "said by Li",
    ]


def test_a_person_splits_a_group_and_nothing_is_lost():
    gathering = Gathering()
    for report in (crash("a", 0, "Traffic"), crash("b", 1), crash("c", 3, "Fire")):
        gathering.add(report)
    gathering.rule(apart("a", "c"))
    assert ids(gathering.groups()) == [("a", "b"), ("c",)]
    with pytest.raises(Malformed):
        gathering.rule(together("a", "c")) or gathering.rule(together("c", "c"))


def test_words_of_persons_reach_twice_the_window_and_no_further():
    said = [together("a", "b")]
    assert ids(gathered([crash("a"), crash("b", 120)], rulings=said)) == [("a", "b")]
    gathering = Gathering(rulings=said)
    gathering.add(crash("a"))
    assert gathering.unmet() == tuple(said)
    gathering.add(crash("b", 121))
    assert gathering.unmet() == tuple(said)
    assert ids(gathering.groups()) == [("a",), ("b",)]


def test_a_person_reaches_from_the_first_report_of_a_group():
    said = [together("a", "d"), together("a", "b")]
    gathering = Gathering(rulings=said)
    for report in (crash("a"), crash("d", 115), crash("b", 121, "Traffic")):
        gathering.add(report)
    assert ids(gathering.groups()) == [("a", "d"), ("b",)]
    assert gathering.unmet() == (said[1],)


def test_a_group_that_was_given_out_stays_as_it_was():
    gathering = Gathering(reach=Reach(seconds=600.0, patience=60.0))
    gathering.add(crash("a"))
    gathering.add(crash("b", 9, "Traffic"))
    gave = gathering.add(crash("x", 32, metres=9000.0, names=()))
    assert ids(gave) == [("a", "b")]
    gathering.rule(together("b", "c"))
    gathering.add(crash("c", 33, "Fire"))
    assert ids(gathering.groups()) == [("x",), ("c",)]
    assert [ruling.b for ruling in gathering.unmet()] == ["c"]


def test_reports_of_one_second_are_taken_by_id():
    same = [Report(name, NOON, "VEHICLE ACCIDENT") for name in "ba"]
    assert ids(gathered(same)) == [("a",), ("b",)]
