"""Who is in an area: which of many points, and how many people of the census.

An area is a `Region`: `from_geojson`, `circle`, `from_codes`, joined with `|`. Points are an `Index`:
`indexed`; what has changed since is `Fresh`: `taken_up`, `compacted`. `reach` tells which points are inside,
`people` how many of the counties' people. Input that can't be right raises `kernel.errors.Malformed`: which,
where, how to mend it.
"""

from tocsin.engine.reach.circles import Circle
from tocsin.engine.reach.fresh import UNCHANGED, Changes, Fresh, compacted, moved, removed, taken_up
from tocsin.engine.reach.grid import Index, indexed
from tocsin.engine.reach.people import Census, County, People, census, people
from tocsin.engine.reach.region import Region, circle, from_codes, from_geojson
from tocsin.engine.reach.search import Reached, reach

__all__ = [
    "UNCHANGED",
    "Census",
    "Changes",
    "Circle",
    "County",
    "Fresh",
    "Index",
    "People",
    "Reached",
    "Region",
    "census",
    "circle",
    "compacted",
    "from_codes",
    "from_geojson",
    "indexed",
    "moved",
    "people",
    "reach",
    "removed",
    "taken_up",
]
