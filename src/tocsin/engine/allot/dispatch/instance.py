"""The problem as the solver sees it, exactly:

    minimise    sum over rows i, units j of c_ij x_ij  +  sum over rows of P_i z_i
                with c_ij = weight_i · seconds_ij
    (1)  sum over j of x_ij + z_i = count_i    every place of a row is served or stays unmet
    (2)  sum over i of x_ij <= room_j          no unit serves more than it can
    (3)  0 <= x_ij <= 1                        the units of a row are all different
    (4)  x_ij = 0 unless j has every capability that i asks for, and a way to it
    (5)  P_i = weight_i · patience             a place unmet counts as if a unit came after `patience` seconds

A unit that would come later than `patience` is not sent. With a patience far above all travel times as much
weight as possible is served, and within that the weighted time is least. The constraints are those of a flow:
an optimal x is whole by itself.
"""

from dataclasses import dataclass, replace

import numpy as np

from tocsin.engine.allot.dispatch.checking import check_patience, check_requests, check_seconds, check_units
from tocsin.engine.allot.dispatch.nearest import Near, straight, tabled
from tocsin.engine.allot.dispatch.requests import Requests, Units
from tocsin.engine.allot.dispatch.selecting import Flags, Floats, Ints
from tocsin.engine.allot.travel import StraightLine, TravelTimes

PATIENCE = 86_400.0
"""Seconds: a day."""


@dataclass(frozen=True)
class Instance:
    """Requests, units, how long it takes between them, and when a unit would come too late."""

    requests: Requests
    units: Units
    travel: TravelTimes
    patience: float
    masks: Ints
    """(kinds,) the different sets of capabilities that are asked for, ascending."""
    kind: Ints
    """(n,) which of them a row asks for."""
    able: Flags
    """(kinds, m) who can be sent: (4), and not closed."""

    @property
    def unmet(self) -> Floats:
        """(n,) P of (5)."""
        return self.requests.weight * self.patience

    def near(self) -> Near:
        """The units by nearness."""
        if isinstance(self.travel, StraightLine):
            return straight(self.travel, self.requests.places, self.units.places, self.able)
        return tabled(self.seconds(slice(None)), self.able)

    def seconds(self, rows: slice) -> Floats:
        """(rows, m) from every unit to some requests, as the port gives them."""
        times = self.travel.seconds(self.units.places, self.requests.places[rows]).T
        check_seconds(self.requests, self.units, rows, times)
        return np.ascontiguousarray(times)

    def asking(self, requests: Requests) -> "Instance":
        """The same units under other requests, whose capabilities have all been asked for before."""
        kind = np.searchsorted(self.masks, requests.mask).astype(np.int64)
        return replace(self, requests=requests, kind=kind)


def posed(requests: Requests, units: Units, travel: TravelTimes, patience: float) -> Instance:
    """The problem; raises `Malformed` for what can't be asked."""
    check_requests(requests)
    check_units(units)
    check_patience(patience)
    masks = np.unique(requests.mask)
    able = ((units.mask & masks[:, None]) == masks[:, None]) & (units.room > 0)
    kind = np.searchsorted(masks, requests.mask).astype(np.int64)
    return Instance(requests, units, travel, patience, masks, kind, able)
