"""Who is inside: an index, what has changed since it was made, and an area.

reached = (points of the index inside, less those that have changed) + (changed points inside)
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tocsin.engine.reach.columns import NO_NUMBERS, Numbers
from tocsin.engine.reach.fresh import UNCHANGED, Fresh
from tocsin.engine.reach.grid import Index
from tocsin.engine.reach.region import Region
from tocsin.engine.reach.sweep import Points, gathered, length, runs_inside, without


@dataclass(frozen=True)
class Reached:
    """The points inside, as runs of places in the index (shape (runs, 2)) and as ids of changed points."""

    index: Index
    runs: Numbers
    changed: Numbers

    @cached_property
    def count(self) -> int:
        """How many points are inside."""
        return length(self.runs) + len(self.changed)

    @cached_property
    def ids(self) -> Numbers:
        """Their ids, each once, in no order that means anything."""
        found = gathered(self.index.ids, self.runs)
        return np.concatenate([found, self.changed]) if len(self.changed) else found


def reach(region: Region, index: Index, fresh: Fresh = UNCHANGED) -> Reached:
    """Which points are inside the region or on its border."""
    points = Points(index.grid, index.lon, index.lat, index.begins)
    runs = runs_inside(region.outline, points)
    if not len(fresh):
        return Reached(index, runs, NO_NUMBERS)
    inside = region.covers(fresh.lon, fresh.lat)  # a removed point stands at nan, which is in no area
    return Reached(index, without(runs, fresh.stale), fresh.ids[inside])
