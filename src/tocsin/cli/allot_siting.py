"""`tocsin allot site`: where depots, shelters or ambulances should stand."""

import csv
import sys
import time
from pathlib import Path
from typing import Any

import click
import numpy as np

from tocsin.cli.allot_dispatch import SHOWN, rows_of
from tocsin.cli.allot_tables import Fault, name, number, place
from tocsin.cli.roads import FILE, travel, travel_options
from tocsin.engine.allot.siting.placement import Placement
from tocsin.engine.allot.siting.placing import place as placed
from tocsin.engine.allot.siting.reach import CLOSED, FREE, OPEN
from tocsin.engine.allot.siting.sites import Demand, Sites
from tocsin.gateways.tables.rows import Row

STATUS = {"": FREE, "free": FREE, "open": OPEN, "existing": OPEN, "closed": CLOSED, "forbidden": CLOSED}


@click.command("site")
@click.option("--demand", required=True, type=FILE, help="CSV: demand,lon,lat[,weight].")
@click.option(
    "--sites", required=True, type=FILE, help="CSV: site,lon,lat[,status]; status free, open or closed."
)
@click.option("--open", "count", required=True, type=int, help="How many sites are to be open in all.")
@click.option("--within", type=float, help="Minutes: most weight within reach, not the least travel time.")
@travel_options
@click.option("--limit", default=60.0, show_default=True, help="Seconds; then the best so far is given.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="CSV: demand,site,minutes.")
def site(**given: Any) -> None:
    """Chooses sites: least weighted travel time, or with --within most weight in reach.

    Prints what to open, whom each site serves, what closing it would cost, what one more would gain, and how
    far from the best the answer can be at most. Exits with 1 if rows were left out.
    """
    faults: list[str] = []
    demand = _demand(rows_of(given["demand"], _one_demand, faults))
    sites = _sites(rows_of(given["sites"], _one_site, faults))
    for fault in faults[:SHOWN]:
        click.echo(f"✗ {fault}", err=True)
    times = travel(given)
    until = time.monotonic() + given["limit"]
    within = None if given["within"] is None else given["within"] * 60
    found = placed(demand, sites, given["count"], times, within, lambda: time.monotonic() > until)
    _tell(found)
    if given["out"] is not None:
        _write(given["out"], found)
    sys.exit(1 if faults else 0)


def _one_demand(row: Row) -> tuple[str, tuple[float, float], float]:
    return name(row, "demand"), place(row), number(row, "weight", 1.0)


def _one_site(row: Row) -> tuple[str, tuple[float, float], int]:
    status = STATUS.get(row.text("status").lower())
    if status is None:
        raise Fault(f"status can't be {row.text('status')}: write free, open or closed")
    return name(row, "site"), place(row), status


def _demand(rows: list[Any]) -> Demand:
    ids, spots, weight = zip(*rows, strict=True) if rows else ((),) * 3
    return Demand(ids, np.array(spots, dtype=np.float64).reshape(-1, 2), np.array(weight, dtype=np.float64))


def _sites(rows: list[Any]) -> Sites:
    ids, spots, status = zip(*rows, strict=True) if rows else ((),) * 3
    return Sites(ids, np.array(spots, dtype=np.float64).reshape(-1, 2), np.array(status, dtype=np.int64))


def _tell(found: Placement) -> None:
    for reason in found.reasons():
        click.echo(str(reason))
    weight = float(found.demand.weight.sum())
    out = [found.demand.ids[row] for row in np.flatnonzero(found.served < 0)]
    if out:
        more = f" … and {len(out) - SHOWN} more" if len(out) > SHOWN else ""
        click.echo(f"out of reach: {', '.join(out[:SHOWN])}{more}")
    told = f"weight {found.covered:g} of {weight:g} reached"
    if found.within is None:
        told += f", {found.cost / 60:.1f} weighted minutes"
    proof = "no choice is better: proved" if found.proved else f"within {found.gap:.3%} of the best"
    click.echo(f"{told}; {proof}")


def _write(out: Path, found: Placement) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["demand", "site", "minutes"])
        for row, at in enumerate(found.served.tolist()):
            cells = ["", ""] if at < 0 else [found.sites.ids[at], f"{found.seconds[row, at] / 60:.2f}"]
            table.writerow([found.demand.ids[row], *cells])
    click.echo(f"→ {out}")


COMMANDS = (site,)
