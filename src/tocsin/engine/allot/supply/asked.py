"""What is asked, as people write it, and the refusals of what can't be meant.

Units are the item's own (boxes, tents); a load is the measure in which trucks and gates are full, kilograms
or litres, one for all items; seconds count from now; a priority says how many times an unmet unit weighs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf, isfinite, isnan

import numpy as np
import numpy.typing as npt

from tocsin.kernel.errors import Malformed


@dataclass(frozen=True)
class Item:
    """A kind of thing; `load` of one unit."""

    name: str
    load: float = 1.0


@dataclass(frozen=True)
class Depot:
    """A place that has stock; at most `throughput` of load can leave it in the time planned for."""

    name: str
    throughput: float = inf


@dataclass(frozen=True)
class Lot:
    """Units of an item at a depot that can't be used later than `expires` seconds from now."""

    depot: str
    item: str
    units: float
    expires: float = inf


@dataclass(frozen=True)
class Need:
    """Units of an item that a site needs; more than one line of the same site and item is a mistake."""

    site: str
    item: str
    units: float
    priority: float = 1.0


@dataclass(frozen=True)
class Fixed:
    """A person's will: exactly so many units of an item go from this depot to this site."""

    depot: str
    site: str
    item: str
    units: float


class Fairness(Enum):
    """What comes before priorities and travel."""

    NONE = "none"
    FIRST = "first"
    """Of each item the largest unmet share is the least possible."""
    FULL = "full"
    """And then the next largest, and so on: no site gets more while one that has less could."""


@dataclass(frozen=True)
class Policy:
    """How unlike things are weighed."""

    fairness: Fairness = Fairness.FIRST
    leeway: float = 0.0
    """How far above the least possible share fairness may let a site go, so that priorities have room."""
    unmet_hours: float = 1000.0
    """An unmet load of priority 1 weighs as this many hours on the road. It comes first, travel second, as
    long as this is above any detour worth making."""


@dataclass(frozen=True)
class Asked:
    """`seconds` (depots, sites) on the road, inf where there is no way."""

    depots: tuple[Depot, ...]
    sites: tuple[str, ...]
    items: tuple[Item, ...]
    lots: tuple[Lot, ...]
    needs: tuple[Need, ...]
    seconds: npt.NDArray[np.float64]
    policy: Policy = Policy()
    fixed: tuple[Fixed, ...] = ()

    def __post_init__(self) -> None:
        for kind, names in self._names():
            _once(kind, names)
        self._known("lot", ((lot.depot, lot.item) for lot in self.lots), self.depots)
        _once("need", [(need.site, need.item) for need in self.needs])
        self._known("need", ((need.site, need.item) for need in self.needs), self.sites)
        self._known("fixed", ((one.depot, one.item) for one in self.fixed), self.depots)
        self._known("fixed", ((one.site, one.item) for one in self.fixed), self.sites)
        _once("fixed", [(fixed.depot, fixed.site, fixed.item) for fixed in self.fixed])
        self._counted()
        self._timed()

    def _names(self) -> Iterable[tuple[str, Sequence[str]]]:
        yield "depot", [depot.name for depot in self.depots]
        yield "site", self.sites
        yield "item", [item.name for item in self.items]

    def _known(self, kind: str, pairs: Iterable[tuple[str, str]], places: Sequence[Depot | str]) -> None:
        there = {place if isinstance(place, str) else place.name for place in places}
        items = {item.name for item in self.items}
        for row, (place, item) in enumerate(pairs):
            for name, among in ((place, there), (item, items)):
                if name not in among:
                    raise Malformed(
                        "allot.unknown",
                        "{where} {row} names “{name}”, which is not on the list.",
                        cure="Correct the name, or put it on the list.",
                        where=kind,
                        row=row,
                        name=name,
                    )

    def _counted(self) -> None:
        for row, lot in enumerate(self.lots):
            _amount("lot", row, "units", lot.units)
            _amount("lot", row, "expires", lot.expires, endless=True, negative=True)
        for row, need in enumerate(self.needs):
            _amount("need", row, "units", need.units)
            _amount("need", row, "priority", need.priority, zero=False)
        for row, fixed in enumerate(self.fixed):
            _amount("fixed", row, "units", fixed.units)
        for row, item in enumerate(self.items):
            _amount("item", row, "load", item.load, zero=False)
        for row, depot in enumerate(self.depots):
            _amount("depot", row, "throughput", depot.throughput, endless=True)
        _amount("policy", 0, "leeway", self.policy.leeway)
        _amount("policy", 0, "unmet_hours", self.policy.unmet_hours, zero=False)

    def _timed(self) -> None:
        shape = (len(self.depots), len(self.sites))
        if self.seconds.shape != shape or not (self.seconds >= 0).all():
            raise Malformed(
                "allot.times",
                "The travel times must be numbers from 0 on in the shape {expected}; they have {shape}.",
                cure="Give seconds for each depot and site, inf where there is no way.",
                where="seconds",
                expected=shape,
                shape=self.seconds.shape,
            )


def _once(kind: str, names: Sequence[object]) -> None:
    seen: set[object] = set()
    for row, name in enumerate(names):
        if name in seen:
            raise Malformed(
                "allot.twice",
                "{where} {row} repeats “{name}”.",
                cure="Join the two lines, or name one of them differently.",
                where=kind,
                row=row,
                name=name if isinstance(name, str) else " / ".join(map(str, name)),  # type: ignore[call-overload]
            )
        seen.add(name)


def _amount(
    kind: str,
    row: int,
    field: str,
    value: float,
    *,
    zero: bool = True,
    endless: bool = False,
    negative: bool = False,
) -> None:
    fine = not isnan(value) and (isfinite(value) or (endless and value > 0))
    if not fine or (value < 0 and not negative) or (value == 0 and not zero):
        raise Malformed(
            "allot.amount",
            "{where} {row}: {field} can't be {value}.",
            cure="Write a number, not below 0; a priority, a load and a weight are above 0.",
            where=kind,
            row=row,
            field=field,
            value=value,
        )
