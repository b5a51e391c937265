"""Lots, whole units, reasons and differences of small plans that can be worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.allot.supply.worlds import world
from tocsin.engine.allot.supply.answer import plan
from tocsin.engine.allot.supply.asked import Asked, Depot, Fixed, Item, Lot, Need, Policy
from tocsin.engine.allot.supply.changes import Scarce, changed, decided, more, scarcest
from tocsin.engine.allot.supply.lots import with_lots
from tocsin.engine.allot.supply.planning import Planner
from tocsin.engine.allot.supply.reasons import Reasons, Why, explained
from tocsin.engine.allot.supply.whole import in_whole_units

HOUR = 3600.0
ASKED = Asked(
    (Depot("near"), Depot("far")),
    ("x", "y"),
    (Item("water"),),
    (Lot("near", "water", 10.0), Lot("far", "water", 10.0)),
    (Need("x", "water", 8.0), Need("y", "water", 8.0)),
    np.array([[1.0, 2.0], [5.0, 4.0]]) * HOUR,
)


def told(asked, left=lambda: np.inf):
    solution = Planner().solve(asked, left)
    found = plan(asked, solution)
    sent, unmet = explained(asked, solution, found)
    return (
        {(s.depot, s.site): why.why for s, why in zip(found.shipments, sent, strict=True)},
        {u.site: why for u, why in zip(found.unmet, unmet, strict=True)},
    )


def test_why_a_depot_serves_a_site():
    sent, _ = told(ASKED)
    assert sent == {("near", "x"): Why.NEAREST, ("near", "y"): Why.NEAREST, ("far", "y"): Why.NEARER_EMPTY}
    gate = replace(ASKED, depots=(Depot("near", 8.0), Depot("far")))
    assert told(gate)[0] == {("near", "x"): Why.NEAREST, ("far", "y"): Why.NEARER_FULL}
    willed = decided(gate, Fixed("far", "x", "water", 5.0))
    assert told(willed)[0][("far", "x")] == Why.FIXED


def test_a_nearer_depot_that_has_some_left_was_cut_back_by_rounding():
    half = replace(ASKED, lots=(Lot("near", "water", 8.5), Lot("far", "water", 10.0)))
    solution = in_whole_units(Planner().solve(half)).solution
    found = plan(half, solution)
    why = {s.site: Reasons(half, solution).of_shipment(s).why for s in found.shipments if s.depot == "far"}
    assert why == {"y": Why.NEARER_SPARED}


@pytest.mark.parametrize(
    ("changes", "why", "words"),
    [
        ({"lots": ()}, Why.NOBODY_HAS, "No depot has any water."),
        (
            {"seconds": np.full((2, 2), np.inf)},
            Why.NO_WAY,
            "No road leads from any depot that has water to x.",
        ),
        (
            {"lots": (Lot("near", "water", 9.0, 60.0),)},
            Why.EXPIRED,
            "The water that could reach x expires before it arrives.",
        ),
        ({"lots": (Lot("near", "water", 4.0),)}, Why.USED_UP, "All water that reaches x in time is used up."),
        (
            {"depots": (Depot("near", 2.0), Depot("far", 2.0))},
            Why.FULL,
            "near still has water, but no more load can leave it.",
        ),
        (
            {"policy": Policy(unmet_hours=0.5, fairness=Policy().fairness.NONE)},
            Why.TOO_FAR,
            "near still has water, but by the policy the way costs more than the need weighs.",
        ),
    ],
)
def test_why_a_need_stays_unmet(changes, why, words):
    _, unmet = told(replace(ASKED, **changes))
    assert (unmet["x"].why, str(unmet["x"])) == (why, words)


def test_a_plan_that_was_not_finished_says_so():
    _, unmet = told(ASKED, lambda: 0.0)
    assert unmet["x"].why == Why.UNFINISHED


def test_the_earliest_lot_goes_first_and_only_where_it_arrives_in_time():
    asked = replace(
        ASKED,
        lots=(
            Lot("near", "water", 12.0),
            Lot("near", "water", 6.0, 1.5 * HOUR),
            Lot("near", "water", 1.0, 9e6),
        ),
    )
    found = with_lots(asked, plan(asked, Planner().solve(asked)))
    by_site = {one.site: one.lots for one in found.shipments}
    assert by_site == {"x": ((5400.0, 6.0), (9e6, 1.0), (np.inf, 1.0)), "y": ((np.inf, 8.0),)}


@given(st.integers(0, 100_000))
@settings(max_examples=20, deadline=None)
def test_lots_add_up_and_none_is_used_too_late_or_twice(seed):
    asked = world(seed)
    found = with_lots(asked, plan(asked, Planner().solve(asked)))
    used = {}
    for one in found.shipments:
        assert sum(units for _, units in one.lots) == pytest.approx(one.units, abs=1e-4)
        for expires, units in one.lots:
            assert one.hours * HOUR <= expires
            used[one.depot, one.item, expires] = used.get((one.depot, one.item, expires), 0.0) + units
    for (depot, item, expires), units in used.items():
        there = sum(
            lot.units for lot in asked.lots if (lot.depot, lot.item, lot.expires) == (depot, item, expires)
        )
        assert units <= there + 1e-6


@given(st.integers(0, 100_000))
@settings(max_examples=20, deadline=None)
def test_whole_units_are_whole_and_overdraw_nothing(seed):
    asked = world(seed, whole=False)
    exact = Planner().solve(asked)
    rounded = in_whole_units(exact)
    flow = rounded.solution.flow
    assert (flow == np.round(flow)).all()
    assert rounded.lost >= -1e-3
    assert rounded.solution.proof.overdrawn <= 1e-6
    assert rounded.solution.proof.gap == exact.proof.gap


def test_one_more_truck_or_unit_is_planned_anew():
    gate = replace(
        ASKED,
        depots=(Depot("near", 8.0), Depot("far", 4.0)),
        lots=(*ASKED.lots, Lot("near", "water", 0.0, 9e6)),
    )
    planner = Planner()
    solution = planner.solve(gate)
    before = plan(gate, solution)
    worst = scarcest(gate, solution, 9)
    assert {(one.depot, one.item) for one in worst} == {("near", ""), ("far", "")}
    _, gain = changed(planner, before, more(gate, worst[0], 4.0))
    assert worst[0].depot == "near"
    assert gain.largest_share == pytest.approx({"water": -0.125})
    assert gain.weighed_unmet == pytest.approx(-2.0)
    short = replace(ASKED, lots=(Lot("near", "water", 3.0), Lot("near", "water", 1.0, 9e6)))
    solution = planner.solve(short)
    worst = scarcest(short, solution, 1)
    assert (worst[0].depot, worst[0].item) == ("near", "water")
    richer = more(short, worst[0], 1.0)
    assert [lot.units for lot in richer.lots] == [4.0, 1.0]
    assert changed(planner, plan(short, solution), richer)[1].weighed_unmet == pytest.approx(-1.0)
    assert more(short, Scarce("far", "", 1.0), 1.0).depots[0] == short.depots[0]


def test_a_later_decision_takes_the_place_of_an_earlier_one():
    first = decided(ASKED, Fixed("far", "x", "water", 5.0))
    other = decided(first, Fixed("far", "y", "water", 1.0))
    assert decided(other, Fixed("far", "x", "water", 2.0)).fixed == (
        Fixed("far", "y", "water", 1.0),
        Fixed("far", "x", "water", 2.0),
    )
