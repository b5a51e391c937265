"""What can't be meant is refused, with its place."""

from dataclasses import replace

import numpy as np
import pytest

from engine.allot.supply.worlds import world
from tocsin.engine.allot.supply.asked import Depot, Fixed, Item, Lot, Need, Policy
from tocsin.kernel.errors import Malformed

GOOD = world(1)


def refused(**changes) -> Malformed:
    with pytest.raises(Malformed) as told:
        replace(GOOD, **changes)
    return told.value


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"depots": (*GOOD.depots, Depot("d0"))}, "allot.twice", "depot"),
        ({"sites": (*GOOD.sites, "s0")}, "allot.twice", "site"),
        ({"items": (*GOOD.items, Item("i0"))}, "allot.twice", "item"),
        ({"needs": (*GOOD.needs, GOOD.needs[0])}, "allot.twice", "need"),
        ({"fixed": (Fixed("d0", "s0", "i0", 1.0),) * 2}, "allot.twice", "fixed"),
        ({"lots": (Lot("nobody", "i0", 1.0),)}, "allot.unknown", "lot"),
        ({"lots": (Lot("d0", "nothing", 1.0),)}, "allot.unknown", "lot"),
        ({"needs": (Need("nobody", "i0", 1.0),)}, "allot.unknown", "need"),
        ({"fixed": (Fixed("nobody", "s0", "i0", 1.0),)}, "allot.unknown", "fixed"),
        ({"fixed": (Fixed("d0", "nobody", "i0", 1.0),)}, "allot.unknown", "fixed"),
        ({"lots": (Lot("d0", "i0", -1.0),)}, "allot.amount", "lot"),
        ({"lots": (Lot("d0", "i0", np.nan),)}, "allot.amount", "lot"),
        ({"lots": (Lot("d0", "i0", np.inf),)}, "allot.amount", "lot"),
        ({"lots": (Lot("d0", "i0", 1.0, np.nan),)}, "allot.amount", "lot"),
        ({"lots": (Lot("d0", "i0", 1.0, -np.inf),)}, "allot.amount", "lot"),
        ({"needs": (Need("s0", "i0", -1.0),)}, "allot.amount", "need"),
        ({"needs": (Need("s0", "i0", 1.0, 0.0),)}, "allot.amount", "need"),
        ({"items": (Item("i0", 0.0), Item("i1"))}, "allot.amount", "item"),
        ({"depots": (Depot("d0", -1.0), *GOOD.depots[1:])}, "allot.amount", "depot"),
        ({"fixed": (Fixed("d0", "s0", "i0", -1.0),)}, "allot.amount", "fixed"),
        ({"policy": Policy(leeway=-0.1)}, "allot.amount", "policy"),
        ({"policy": Policy(unmet_hours=0.0)}, "allot.amount", "policy"),
        ({"seconds": GOOD.seconds[:, 1:]}, "allot.times", "seconds"),
        ({"seconds": -GOOD.seconds}, "allot.times", "seconds"),
        ({"seconds": np.full_like(GOOD.seconds, np.nan)}, "allot.times", "seconds"),
    ],
)
def test_it_is_refused(changes, code, where):
    told = refused(**changes)
    assert (told.code, told.data["where"]) == (code, where)
    assert "{" not in str(told)


def test_stock_that_has_expired_and_endless_throughput_are_fine():
    asked = replace(
        GOOD, lots=(Lot("d0", "i0", 3.0, -60.0),), depots=tuple(Depot(d.name) for d in GOOD.depots)
    )
    assert asked.lots[0].expires == -60.0
