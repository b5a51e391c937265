"""`tocsin allot supply`: who gets what from which depot when there is too little, and what would help."""

import csv
import sys
import time
from math import inf
from pathlib import Path
from typing import Any

import click

from tocsin.cli.allot_tables import Tables
from tocsin.cli.roads import FILE, tell_off_road, travel, travel_options
from tocsin.engine.allot.supply.answer import Plan, plan
from tocsin.engine.allot.supply.asked import Asked, Depot, Fairness, Fixed, Policy
from tocsin.engine.allot.supply.changes import (
    Difference,
    Scarce,
    changed,
    decided,
    difference,
    more,
    scarcest,
)
from tocsin.engine.allot.supply.lots import with_lots
from tocsin.engine.allot.supply.planning import Planner, Solution
from tocsin.engine.allot.supply.reasons import explained
from tocsin.engine.allot.supply.solver import Patience
from tocsin.engine.allot.supply.whole import in_whole_units

SHOWN = 20
"""Lines of each kind that are printed; the file has them all."""
ROUNDING = 1e-6
"""Of differences."""
COLUMNS = ("depot", "site", "item", "units", "hours", "lots", "why")


@click.command()
@click.option("--stock", required=True, type=FILE, help="CSV: depot,item,units[,hours until it expires].")
@click.option("--needs", required=True, type=FILE, help="CSV: site,item,units[,priority].")
@click.option("--depots", type=FILE, help="CSV: depot,lon,lat[,trucks,capacity,trips,throughput].")
@click.option("--sites", type=FILE, help="CSV: site,lon,lat.")
@click.option("--items", type=FILE, help="CSV: item,load (kg or litres of a unit).")
@travel_options
@click.option("--trucks", type=int, help="Trucks of each depot that has none of its own in its table.")
@click.option("--capacity", type=float, help="Load of one truck.")
@click.option("--trips", default=1.0, show_default=True, help="Trips of one truck in the time planned for.")
@click.option(
    "--fairness", type=click.Choice([f.value for f in Fairness]), default="first", show_default=True
)
@click.option("--leeway", default=0.0, show_default=True, help="Share by which priorities may bend fairness.")
@click.option("--unmet-hours", default=1000.0, show_default=True, help="Hours that an unmet load weighs.")
@click.option("--exact", is_flag=True, help="Fractions of units, as the optimum has them.")
@click.option("--fix", multiple=True, help="depot,site,item,units: a person's will; may be repeated.")
@click.option("--limit", default=60.0, show_default=True, help="Seconds for the plan.")
@click.option("--helps", default=3, show_default=True, help="What one more would change: how many are tried.")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="CSV of the plan."
)
def supply(**given: Any) -> None:
    """Shares scarce supplies: fair first, then by priority, then with the least travel.

    Prints who gets what from where, what stays unmet and why, and what one more unit or truck would change.
    Exits with 1 if rows were left out.
    """
    tables = _tables(given)
    times = travel(given)
    tell_off_road(times, "depot", tables.depots)
    tell_off_road(times, "site", tables.sites)
    policy = Policy(Fairness(given["fairness"]), given["leeway"], given["unmet_hours"])
    asked = _with_trucks(tables.asked(policy, times), given)
    planner, left = Planner(), _patience(given["limit"])
    before = planner.solve(asked, left)
    if given["fix"]:
        asked, before = _decided(planner, asked, before, given["fix"], left)
    _answer(asked, before, given["out"], exact=given["exact"])
    for scarce in scarcest(asked, before, given["helps"]):
        _tell_help(planner, asked, before, scarce, given["capacity"], left)
    sys.exit(1 if tables.faults else 0)


def _tables(given: dict[str, Any]) -> Tables:
    tables = Tables()
    tables.read(given["stock"], ("depot", "item", "units"), tables.take_lot)
    tables.read(given["needs"], ("site", "item", "units"), tables.take_need)
    for option, columns, take in (
        ("depots", ("depot", "lon", "lat"), tables.take_depot),
        ("sites", ("site", "lon", "lat"), tables.take_site),
        ("items", ("item", "load"), tables.take_item),
    ):
        if given[option] is not None:
            tables.read(given[option], columns, take)
    if not (tables.depots and tables.sites):
        click.echo("travel: no places of depots and sites; every way counts as none", err=True)
    return tables


def _with_trucks(asked: Asked, given: dict[str, Any]) -> Asked:
    if given["trucks"] is None:
        return asked
    if given["capacity"] is None:
        raise click.UsageError("--trucks needs the --capacity of one.")
    carried = given["trucks"] * given["capacity"] * given["trips"]
    depots = tuple(one if one.throughput < inf else Depot(one.name, carried) for one in asked.depots)
    return Asked(depots, asked.sites, asked.items, asked.lots, asked.needs, asked.seconds, asked.policy)


def _patience(seconds: float) -> Patience:
    until = time.monotonic() + seconds
    return lambda: until - time.monotonic()


def _decided(
    planner: Planner, asked: Asked, before: Solution, wills: tuple[str, ...], left: Patience
) -> tuple[Asked, Solution]:
    """What people fix, one after the other, and what each costs."""
    solution = before
    for will in wills:
        now = plan(asked, solution)
        asked = decided(asked, _fixed(will))
        solution = planner.solve(asked, left)
        cost = difference(now.totals, plan(asked, solution).totals)
        click.echo(f"fixed {will}: {_words(cost)}")
    return asked, solution


def _fixed(will: str) -> Fixed:
    parts = [part.strip() for part in will.split(",")]
    try:
        depot, site, item, units = parts
        return Fixed(depot, site, item, float(units))
    except ValueError as wrong:
        raise click.UsageError(f"--fix {will}: write depot,site,item,units") from wrong


def _answer(asked: Asked, solution: Solution, out: Path, *, exact: bool) -> None:
    lost = 0.0
    if not exact:
        rounded = in_whole_units(solution)
        solution, lost = rounded.solution, rounded.lost
    found = with_lots(asked, plan(asked, solution))
    sent, unmet = ([str(reason) for reason in reasons] for reasons in explained(asked, solution, found))
    _write(out, found, sent, unmet)
    _tell(found, sent, unmet)
    click.echo(_proved(found, lost))
    click.echo(f"→ {out}")


def _write(out: Path, found: Plan, sent: list[str], unmet: list[str]) -> None:
    """A line for each shipment; a line without a depot for what stays unmet."""
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for one, why in zip(found.shipments, sent, strict=True):
            lots = " ".join(f"{units:g}@{_expiry(until)}" for until, units in one.lots)
            table.writerow(
                [one.depot, one.site, one.item, f"{one.units:.10g}", f"{one.hours:.3f}", lots, why]
            )
        for left, why in zip(found.unmet, unmet, strict=True):
            table.writerow(["", left.site, left.item, f"{left.units:.10g}", "", "", why])


def _expiry(seconds: float) -> str:
    return "keeps" if seconds == inf else f"{seconds / 3600:g}h"


def _tell(found: Plan, sent: list[str], unmet: list[str]) -> None:
    ways = [
        f"{one.depot} → {one.site}: {one.units:g} {one.item}, {one.hours:.1f} h. {why}"
        for one, why in zip(found.shipments, sent, strict=True)
    ]
    gaps = [
        f"unmet {one.site}: {one.units:g} {one.item} ({one.share:.0%} of its need). {why}"
        for one, why in zip(found.unmet, unmet, strict=True)
    ]
    for lines in (ways, gaps):
        for line in lines[:SHOWN]:
            click.echo(line)
        if len(lines) > SHOWN:
            click.echo(f"… and {len(lines) - SHOWN} more in the file")


def _proved(found: Plan, lost: float) -> str:
    totals, proof = found.totals, found.proof
    largest = ", ".join(f"{item} {share:.1%}" for item, share in totals.largest_share.items() if share > 0)
    rounding = f"; whole units leave {lost:.4g} units more behind" if lost > ROUNDING else ""
    told = "the best there is" if proof.holds() else f"within {proof.gap:.2%} of the best"
    return (
        f"largest unmet share: {largest or 'none'}; weighed unmet {totals.weighed_unmet:g}; "
        f"{totals.load_hours:.1f} load-hours; {told}{rounding}"
    )


def _tell_help(
    planner: Planner, asked: Asked, before: Solution, scarce: Scarce, capacity: float | None, left: Patience
) -> None:
    """Plans anew with one more unit in stock, or one more truck (else one more load) at a gate."""
    amount = 1.0 if scarce.item or capacity is None else capacity
    what = f"unit of {scarce.item}" if scarce.item else "load" if capacity is None else "truck trip"
    _, gain = changed(planner, plan(asked, before), more(asked, scarce, amount), left)
    click.echo(f"one more {what} at {scarce.depot}: {_words(gain)}")


def _words(change: Difference) -> str:
    shares = [f"largest unmet share of {item} {moved:+.2%}" for item, moved in change.largest_share.items()]
    parts = [
        *shares,
        f"weighed unmet {_moved(change.weighed_unmet)}",
        f"load-hours {_moved(change.load_hours)}",
    ]
    return ", ".join(parts)


def _moved(amount: float) -> str:
    """With its sign; what is only rounding is 0."""
    return f"{amount if abs(amount) > ROUNDING else 0.0:+.4g}"


COMMANDS = (supply,)
