"""From names to arrays."""

from dataclasses import replace

import numpy as np
import pytest

from tocsin.engine.allot.supply.asked import Asked, Depot, Fixed, Item, Lot, Need
from tocsin.engine.allot.supply.layout import lay_out
from tocsin.kernel.errors import Malformed

ASKED = Asked(
    (Depot("a"), Depot("b", 50.0)),
    ("x", "y"),
    (Item("water", 2.0), Item("tent")),
    (Lot("a", "water", 5, 4000.0), Lot("a", "water", 7), Lot("a", "water", 1, 4000.0), Lot("b", "tent", 2)),
    (Need("y", "tent", 4, 3.0), Need("x", "water", 6), Need("y", "water", 9)),
    np.array([[3600.0, 7200.0], [1800.0, np.inf]]),
)


def test_a_depot_is_a_source_for_each_age_of_its_lots():
    p = lay_out(ASKED).programme
    assert p.depot.tolist() == [0, 0, 1]
    assert p.stock.tolist() == [[7.0, 6.0, 0.0], [0.0, 0.0, 2.0]]


def test_a_pair_is_where_the_stock_arrives_before_it_expires():
    layout = lay_out(ASKED)
    p = layout.programme
    assert layout.need_of.tolist() == [1, 2, 0]
    assert (p.start.tolist(), p.source.tolist()) == ([0, 2, 3, 3], [0, 1, 0])
    assert layout.hours.tolist() == [1.0, 1.0, 2.0]
    assert p.cost.tolist() == [2.0, 2.0, 4.0]
    assert p.penalty.tolist() == [2000.0, 2000.0, 3000.0]


def test_what_a_person_fixes_comes_from_the_oldest_lot_in_time():
    layout = lay_out(replace(ASKED, fixed=(Fixed("a", "x", "water", 6.0),)))
    p = layout.programme
    assert layout.fixed.tolist() == [0.0, 6.0, 0.0]
    assert (p.need.tolist(), p.given.tolist()) == ([0.0, 9.0, 4.0], [6.0, 0.0, 0.0])
    assert p.stock[0].tolist() == [7.0, 0.0, 0.0]
    assert (p.cost[:2] > p.beyond).all()


@pytest.mark.parametrize(
    "fixed",
    [
        Fixed("b", "y", "tent", 1.0),
        Fixed("a", "x", "tent", 1.0),
        Fixed("a", "x", "water", 7.0),
        Fixed("a", "y", "water", 8.0),
    ],
)
def test_what_can_not_be_sent_can_not_be_fixed(fixed):
    with pytest.raises(Malformed) as told:
        lay_out(replace(ASKED, fixed=(fixed,)))
    assert told.value.code == "allot.fixed"
    assert str(told.value).startswith(f"{fixed.units} of “{fixed.item}” can't go from “{fixed.depot}”")


def test_what_can_not_leave_the_depot_can_not_be_fixed():
    narrow = replace(ASKED, depots=(Depot("a", 3.0), Depot("b")), fixed=(Fixed("a", "x", "water", 2.0),))
    with pytest.raises(Malformed, match=r"2\.0 of “water” can't go from “a” to “x”"):
        lay_out(narrow)
