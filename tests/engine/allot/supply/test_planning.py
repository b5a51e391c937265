"""The optimum, against everything written out for another solver."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.allot.supply.worlds import direct, without_ages, world
from tocsin.engine.allot.supply import layout, planning
from tocsin.engine.allot.supply.answer import plan
from tocsin.engine.allot.supply.asked import Asked, Depot, Fairness, Fixed, Item, Lot, Need, Policy
from tocsin.engine.allot.supply.changes import decided
from tocsin.engine.allot.supply.planning import Planner

seeds = st.integers(0, 100_000)


def agrees(asked, solution):
    level, cost = direct(asked)
    assert solution.proof.holds()
    assert solution.proof.cost == pytest.approx(cost, rel=1e-6, abs=1e-6)
    if asked.policy.fairness is not Fairness.NONE:
        assert np.nansum(solution.level) == pytest.approx(level.sum(), abs=1e-7)


@given(seeds, st.sampled_from([Fairness.FIRST, Fairness.NONE]), st.sampled_from([0.0, 0.1]))
@settings(max_examples=25, deadline=None)
def test_small_worlds_have_the_direct_optimum(seed, fairness, leeway):
    asked = world(seed, fairness=fairness, leeway=leeway)
    agrees(asked, Planner().solve(asked))


@given(seeds)
@settings(max_examples=6, deadline=None)
def test_the_way_of_large_worlds_ends_at_the_same_optimum(seed):
    asked = world(seed, depots=4, sites=8, items=2)
    whole, planning.WHOLE = planning.WHOLE, 0
    try:
        agrees(asked, Planner().solve(asked))
    finally:
        planning.WHOLE = whole


@given(seeds, st.integers(0, 9), st.floats(0, 3))
@settings(max_examples=15, deadline=None)
def test_a_plan_made_anew_is_the_plan_made_from_nothing(seed, at, factor):
    asked, planner = world(seed), Planner()
    planner.solve(asked)
    needs, lots = list(asked.needs), list(asked.lots)
    needs[at] = replace(needs[at], units=needs[at].units * factor, priority=3.0)
    lots[at] = replace(lots[at], units=lots[at].units * factor)
    other = replace(asked, needs=tuple(needs), lots=tuple(lots))
    master = planner._master
    agrees(other, planner.solve(other))
    assert planner._master is master


@given(seeds, st.integers(0, 11), st.floats(0, 100))
@settings(max_examples=15, deadline=None)
def test_more_stock_never_makes_it_worse(seed, at, units):
    asked, planner = world(seed, fairness=Fairness.NONE), Planner()
    before = planner.solve(asked).proof.cost
    lots = list(asked.lots)
    lots[at] = replace(lots[at], units=lots[at].units + units)
    assert planner.solve(replace(asked, lots=tuple(lots))).proof.cost <= before * (1 + 1e-9) + 1e-6
    fair, other = (replace(one, policy=Policy()) for one in (asked, replace(asked, lots=tuple(lots))))
    assert np.nansum(Planner().solve(other).level) <= np.nansum(Planner().solve(fair).level) + 1e-7


@given(seeds)
@settings(max_examples=15, deadline=None)
def test_nothing_is_overdrawn_and_no_share_is_above_the_level(seed):
    asked = world(seed)
    found = plan(asked, Planner().solve(asked))
    for lot_depot in asked.depots:
        for item in asked.items:
            sent = sum(s.units for s in found.shipments if (s.depot, s.item) == (lot_depot.name, item.name))
            there = sum(
                lot.units for lot in asked.lots if (lot.depot, lot.item) == (lot_depot.name, item.name)
            )
            assert sent <= there + 1e-6
    for need in asked.needs:
        came = sum(s.units for s in found.shipments if (s.site, s.item) == (need.site, need.item))
        left = sum(u.units for u in found.unmet if (u.site, u.item) == (need.site, need.item))
        assert came + left == pytest.approx(need.units, abs=1e-5)
    for item, share in found.totals.largest_share.items():
        assert share <= found.level.get(item, 0.0) + 1e-6


def test_a_model_of_other_lists_is_made_new():
    planner = Planner()
    planner.solve(world(1))
    master = planner._master
    asked = world(2)
    agrees(asked, planner.solve(asked))
    assert planner._master is not master


def test_without_time_there_is_a_plan_with_its_gap():
    asked = world(3)
    for whole in (planning.WHOLE, 0):
        kept, planning.WHOLE = planning.WHOLE, whole
        try:
            found = Planner().solve(asked, lambda: 0.0)
        finally:
            planning.WHOLE = kept
        assert np.isnan(found.level).all()
        assert found.proof.overdrawn <= 1e-9
        assert (
            found.proof.bound <= direct(replace(asked, policy=Policy(Fairness.NONE)))[1] <= found.proof.cost
        )
        assert found.proof.gap > 0


def test_columns_that_were_left_out_come_in_by_their_price():
    asked = without_ages(world(5, depots=8, sites=12, items=2, cut=0.0))
    planner = Planner()
    programme = planner.solve(asked).layout.programme
    nearest = programme.start[:-1]
    master = planning.Master(programme, nearest)
    held = master.solve(planning.endless)
    assert held.optimal
    assert len(master.held) > len(nearest)
    agrees(asked, replace(planner.solve(asked), flow=held.flow))


def test_a_ceiling_holds_however_cheap_it_seemed_to_break_it(monkeypatch):
    asked = world(8)
    monkeypatch.setattr(layout, "BEYOND", 1e-4)
    agrees(asked, Planner().solve(asked))
    monkeypatch.setattr(layout, "BEYOND", 1e-15)
    found = plan(asked, Planner().solve(asked))
    assert any(share > found.level[item] + 0.01 for item, share in found.totals.largest_share.items())


def nowhere(**changes) -> Asked:
    start = Asked(
        (Depot("a"),),
        ("x", "y"),
        (Item("water"),),
        (Lot("a", "water", 10.0),),
        (Need("x", "water", 8.0), Need("y", "water", 8.0)),
        np.array([[3600.0, np.inf]]),
    )
    return replace(start, **changes)


def test_where_nothing_can_be_sent_everything_is_unmet():
    for asked in (
        nowhere(lots=()),
        nowhere(needs=()),
        nowhere(seconds=np.full((1, 2), np.inf)),
        nowhere(lots=(Lot("a", "water", 10.0, 60.0),)),
    ):
        found = plan(asked, Planner().solve(asked))
        assert found.shipments == ()
        assert [one.units for one in found.unmet] == [need.units for need in asked.needs]
        assert found.proof.holds()


def test_a_site_without_a_way_takes_nothing_from_the_others():
    found = plan(nowhere(), Planner().solve(nowhere()))
    assert found.totals.largest_share == {"water": 0.0}
    assert [(one.site, one.share) for one in found.unmet] == [("y", 1.0)]


def test_priorities_have_room_within_the_leeway():
    asked = nowhere(
        seconds=np.array([[3600.0, 7200.0]]),
        needs=(Need("x", "water", 10.0), Need("y", "water", 10.0, priority=9.0)),
    )
    exact = plan(asked, Planner().solve(asked))
    assert [one.share for one in exact.unmet] == pytest.approx([0.5, 0.5])
    loose = replace(asked, policy=Policy(leeway=0.2))
    assert [one.share for one in plan(loose, Planner().solve(loose)).unmet] == pytest.approx([0.7, 0.3])


def test_what_a_person_fixes_is_sent_and_the_rest_is_planned_around_it():
    asked = nowhere(
        depots=(Depot("a"), Depot("b", 100.0)),
        lots=(Lot("a", "water", 10.0, 9000.0), Lot("a", "water", 10.0), Lot("b", "water", 10.0)),
        seconds=np.array([[3600.0, 7200.0], [7200.0, 3600.0]]),
    )
    free, planner = plan(asked, Planner().solve(asked)), Planner()
    assert free.totals.load_hours == pytest.approx(16.0)
    planner.solve(asked)
    willed = plan(asked, planner.solve(decided(asked, Fixed("a", "y", "water", 6.0))))
    assert willed.totals.load_hours == pytest.approx(16.0 + 6.0)
    assert [(s.depot, s.site, s.units) for s in willed.shipments if s.fixed] == [("a", "y", 6.0)]
    assert willed.unmet == ()
