"""`tocsin allot dispatch`: which unit goes to which request, why, and what doing otherwise would cost."""

import csv
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import numpy as np

from tocsin.cli.allot_tables import Fault, name, number, place
from tocsin.cli.roads import FILE, travel, travel_options
from tocsin.engine.allot.dispatch.assignment import Assignment
from tocsin.engine.allot.dispatch.dispatching import dispatch
from tocsin.engine.allot.dispatch.overriding import cost_of, one_more, why
from tocsin.engine.allot.dispatch.requests import Requests, Units
from tocsin.gateways.tables.delimited import read_delimited
from tocsin.gateways.tables.rows import Row

SHOWN = 20
"""Lines of each kind that are printed; the file has them all."""
EXPLAINED = 500
"""Orders up to which each is explained."""
CLOSED = {"no", "false", "0", "closed", "busy"}
COLUMNS = ("request", "unit", "minutes", "missing", "why")


@click.command("dispatch")
@click.option(
    "--requests", required=True, type=FILE, help="CSV: request,lon,lat[,weight,needs,count]; needs as a;b."
)
@click.option(
    "--units", required=True, type=FILE, help="CSV: unit,lon,lat[,capabilities,capacity,available]."
)
@travel_options
@click.option("--patience", default=1440.0, show_default=True, help="Minutes after which a unit is too late.")
@click.option("--override", multiple=True, help="request,unit: what would that cost? May be repeated.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="CSV of the plan.")
def dispatch_(**given: Any) -> None:
    """Sends units to requests: the least weighted response time that there is, proved.

    Prints who goes where and why, what stays unmet and why, what one more unit would change, and what each
    --override would cost. Exits with 1 if rows were left out.
    """
    names: dict[str, int] = {}
    faults: list[str] = []
    units = _units(rows_of(given["units"], _unit, faults), names)
    requests = _requests(rows_of(given["requests"], _request, faults), names)
    for fault in faults[:SHOWN]:
        click.echo(f"✗ {fault}", err=True)
    times = travel(given)
    found = dispatch(requests, units, times, given["patience"] * 60)
    told = list(_told(found))
    _tell(found, told)
    for wish in given["override"]:
        click.echo(str(cost_of(found, *_pair(wish))))
    if given["out"] is not None:
        _write(given["out"], told)
    sys.exit(1 if faults else 0)


def rows_of(path: Path, take: Callable[[Row], Any], faults: list[str]) -> list[Any]:
    """What `take` makes of every row; those it refuses go to `faults`."""
    taken = []
    for row in read_delimited(path):
        try:
            if not isinstance(row, Row):
                raise Fault("the line is no row of this table")
            taken.append(take(row))
        except Fault as why_not:
            faults.append(f"{path.name} line {row.line}: {why_not}")
    return taken


def _request(row: Row) -> tuple[str, tuple[float, float], float, str, int]:
    weight, count = number(row, "weight", 1.0), number(row, "count", 1.0)
    if weight == 0:
        raise Fault("weight is 0; leave the row out if nobody needs it")
    if count < 1 or count != int(count):
        raise Fault(f"count can't be {row.text('count')}")
    return name(row, "request"), place(row), weight, row.text("needs"), int(count)


def _unit(row: Row) -> tuple[str, tuple[float, float], str, int]:
    room = number(row, "capacity", 1.0)
    if room != int(room):
        raise Fault(f"capacity can't be {row.text('capacity')}")
    shut = row.text("available").lower() in CLOSED
    return name(row, "unit"), place(row), row.text("capabilities"), 0 if shut else int(room)


def _requests(rows: list[Any], names: dict[str, int]) -> Requests:
    ids, spots, weight, needs, count = zip(*rows, strict=True) if rows else ((),) * 5
    return Requests(
        ids,
        np.array(spots, dtype=np.float64).reshape(-1, 2),
        np.array(weight, dtype=np.float64),
        np.array([_mask(own, names) for own in needs], dtype=np.int64),
        np.array(count, dtype=np.int64),
    )


def _units(rows: list[Any], names: dict[str, int]) -> Units:
    ids, spots, has, room = zip(*rows, strict=True) if rows else ((),) * 4
    return Units(
        ids,
        np.array(spots, dtype=np.float64).reshape(-1, 2),
        np.array([_mask(own, names) for own in has], dtype=np.int64),
        np.array(room, dtype=np.int64),
    )


def _mask(text: str, names: dict[str, int]) -> int:
    """The bits of the capabilities; new ones get the next bit."""
    own = {part.strip() for part in text.split(";") if part.strip()}
    for part in sorted(own - set(names)):
        names[part] = len(names)
    if len(names) > 62:
        raise click.UsageError("There are more than 62 different capabilities.")
    return sum(1 << names[part] for part in own)


def _pair(wish: str) -> tuple[str, str]:
    request, comma, unit = (part.strip() for part in wish.partition(","))
    if not (request and comma and unit):
        raise click.UsageError(f"--override {wish}: write request,unit")
    return request, unit


def _told(found: Assignment) -> Iterator[tuple[str, str, float | None, int, str]]:
    """A line of the plan for each order, then for each need that is not met."""
    reasons: dict[str, list[str]] = defaultdict(list)
    if len(found.plan) <= EXPLAINED:
        for request in dict.fromkeys(order.request for order in found.plan):
            reasons[request] = [str(reason) for reason in why(found, request)][::-1]
    for order in found.plan:
        own = reasons[order.request].pop() if reasons[order.request] else ""
        yield order.request, order.unit, order.seconds / 60, 0, own
    for unmet in found.unmet:
        yield unmet.request, "", None, unmet.missing, str(unmet.why)


def _tell(found: Assignment, told: list[tuple[str, str, float | None, int, str]]) -> None:
    sent = [
        f"{unit} → {request}: {minutes:.1f} min. {own}".rstrip()
        for request, unit, minutes, _, own in told
        if minutes is not None
    ]
    unmet = [f"unmet {request}: {missing}. {own}" for request, _, _, missing, own in told if missing]
    for lines in (sent, unmet):
        for line in lines[:SHOWN]:
            click.echo(line)
        if len(lines) > SHOWN:
            click.echo(f"… and {len(lines) - SHOWN} more")
    proof = found.verify()
    share = proof.gap / proof.cost if proof.cost else 0.0
    click.echo(
        f"{len(sent)} orders, {len(unmet)} needs unmet, {proof.cost / 60:.1f} weighted minutes; "
        + ("no plan is better: proved over all pairs" if proof.proved else f"within {share:.2%} of the best")
    )
    for one in found.unmet[:1]:
        requests = found.instance.requests
        click.echo(
            f"at {one.request}: {one_more(found, requests.places[one.row], int(requests.mask[one.row]))}"
        )


def _write(out: Path, told: list[tuple[str, str, float | None, int, str]]) -> None:
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for request, unit, minutes, missing, own in told:
            table.writerow([request, unit, "" if minutes is None else f"{minutes:.2f}", missing or "", own])
    click.echo(f"→ {out}")


COMMANDS = (dispatch_,)
