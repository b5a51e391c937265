"""The tables of `tocsin allot supply`, as CSV; a row that can't be meant is told with its line and left out.

stock    depot, item, units [, hours]        hours until it expires; empty: it keeps
needs    site, item, units [, priority]      1 if left out
depots   depot, lon, lat [, trucks, capacity, trips, throughput]
sites    site, lon, lat
items    item, load                          kg or litres of a unit; 1 if there is no such table
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import inf, isfinite
from pathlib import Path
from typing import TypeVar

import click
import numpy as np

from tocsin.engine.allot.supply.asked import Asked, Depot, Item, Lot, Need, Policy
from tocsin.engine.allot.travel import TravelTimes
from tocsin.gateways.tables.delimited import read_delimited
from tocsin.gateways.tables.rows import Row
from tocsin.kernel.errors import Malformed

One = TypeVar("One", Lot, Need)
HOUR = 3600.0


class Fault(Exception):
    """Why a row is left out."""


@dataclass
class Tables:
    """What was read, and how many rows were left out."""

    lots: list[Lot] = field(default_factory=list)
    needs: dict[tuple[str, str], Need] = field(default_factory=dict)
    throughput: dict[str, float] = field(default_factory=dict)
    depots: dict[str, tuple[float, float]] = field(default_factory=dict)
    sites: dict[str, tuple[float, float]] = field(default_factory=dict)
    load: dict[str, float] = field(default_factory=dict)
    faults: int = 0

    def read(self, path: Path, columns: tuple[str, ...], take: Callable[[Row], None]) -> None:
        """Gives every row to `take`; tells those that it refuses."""
        for row in read_delimited(path):
            try:
                if not isinstance(row, Row):
                    raise Fault("the line is no row of this table")
                missing = [name for name in columns if name not in row.cells]
                if missing:
                    raise Malformed(
                        "allot.columns",
                        "{where} has no column {columns}.",
                        cure="Name the columns in the first line; the how-to lists them.",
                        where=path.name,
                        columns=", ".join(missing),
                    )
                take(row)
            except Fault as why:
                self.faults += 1
                click.echo(f"✗ {path.name} line {row.line}: {why}", err=True)

    def take_lot(self, row: Row) -> None:
        """A row of the stock."""
        hours = number(row, "hours", inf)
        self.lots.append(Lot(name(row, "depot"), name(row, "item"), number(row, "units"), hours * HOUR))

    def take_need(self, row: Row) -> None:
        """A row of the needs."""
        key = name(row, "site"), name(row, "item")
        if key in self.needs:
            raise Fault(f"{key[0]} has a need of {key[1]} already")
        priority = number(row, "priority", 1.0)
        if not priority:
            raise Fault("priority is 0; leave the row out if nobody needs it")
        self.needs[key] = Need(*key, number(row, "units"), priority)

    def take_depot(self, row: Row) -> None:
        """A row of the depots: its place, and the least of what its gate and its trucks let out."""
        key, trucks = name(row, "depot"), number(row, "trucks", inf)
        carried = (
            trucks if not isfinite(trucks) else trucks * number(row, "capacity") * number(row, "trips", 1.0)
        )
        self._once(self.depots, key, place(row))
        self.throughput[key] = min(carried, number(row, "throughput", inf))

    def take_site(self, row: Row) -> None:
        """A row of the sites."""
        self._once(self.sites, name(row, "site"), place(row))

    def take_item(self, row: Row) -> None:
        """A row of the items."""
        load = number(row, "load")
        if not load:
            raise Fault("load is 0")
        if name(row, "item") in self.load:
            raise Fault(f"{name(row, 'item')} stands twice")
        self.load[name(row, "item")] = load

    def _once(self, table: dict[str, tuple[float, float]], key: str, where: tuple[float, float]) -> None:
        if key in table:
            raise Fault(f"{key} stands twice")
        table[key] = where

    def asked(self, policy: Policy, times: TravelTimes) -> Asked:
        """What is asked; rows that name a depot or a site without a place are told and left out. Without any
        places travel takes no time."""
        lots = list(self._placed(self.lots, "depot", self.depots))
        needs = list(self._placed(self.needs.values(), "site", self.sites))
        depots = self.depots or dict.fromkeys((lot.depot for lot in lots), (0.0, 0.0))
        sites = self.sites or dict.fromkeys((need.site for need in needs), (0.0, 0.0))
        items = dict.fromkeys([*(lot.item for lot in lots), *(need.item for need in needs)])
        seconds = np.zeros((len(depots), len(sites)))
        if self.depots and self.sites:
            seconds = times.seconds(np.array([*depots.values()]), np.array([*sites.values()]))
        return Asked(
            tuple(Depot(key, self.throughput.get(key, inf)) for key in depots),
            tuple(sites),
            tuple(Item(key, self.load.get(key, 1.0)) for key in items),
            tuple(lots),
            tuple(needs),
            seconds,
            policy,
        )

    def _placed(
        self, rows: Iterable[One], kind: str, places: dict[str, tuple[float, float]]
    ) -> Iterator[One]:
        for row in rows:
            if not places or getattr(row, kind) in places:
                yield row
            else:
                self.faults += 1
                click.echo(
                    f"✗ {kind} {getattr(row, kind)}: no place on its list; {row.item} left out", err=True
                )


def name(row: Row, column: str) -> str:
    """A name that is there."""
    if not row.text(column):
        raise Fault(f"{column} is empty")
    return row.text(column)


def number(row: Row, column: str, otherwise: float | None = None) -> float:
    """A number from 0 on, or what stands for an empty cell."""
    text = row.text(column)
    if not text and otherwise is not None:
        return otherwise
    try:
        value = float(text)
    except ValueError:
        raise Fault(f"{column} is no number: {text}") from None
    if not isfinite(value) or value < 0:
        raise Fault(f"{column} can't be {text}")
    return value


def place(row: Row) -> tuple[float, float]:
    """Longitude and latitude."""
    try:
        lon, lat = float(row.text("lon")), float(row.text("lat"))
    except ValueError:
        raise Fault(f"lon, lat are no numbers: {row.text('lon')}, {row.text('lat')}") from None
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise Fault(f"longitude {lon:g}, latitude {lat:g} is no place on Earth")
    return lon, lat
