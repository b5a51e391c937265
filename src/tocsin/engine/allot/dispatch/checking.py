"""What can't be asked: refused with which, where, and how to mend it.

What is merely impossible (nobody is capable, no way leads there, too many ask) is not refused: it is solved,
and named as unmet.
"""

from collections import Counter

import numpy as np

from tocsin.engine.allot.dispatch.requests import Requests, Units
from tocsin.engine.allot.dispatch.selecting import Floats, Ints
from tocsin.engine.allot.travel import places
from tocsin.kernel.errors import Malformed


def check_requests(requests: Requests) -> None:
    """Raises `Malformed` for the first row that is wrong."""
    _columns("requests", requests.ids, requests.places, requests.weight, requests.mask, requests.count)
    places(requests.places, "requests")
    for row in np.flatnonzero(~(np.isfinite(requests.weight) & (requests.weight > 0)))[:1]:
        raise Malformed(
            "allot.weight",
            "Request {where} has the weight {weight}.",
            cure="Give a number above 0; leave out what needs no unit.",
            where=requests.ids[row],
            weight=float(requests.weight[row]),
        )
    for row in np.flatnonzero(requests.count < 1)[:1]:
        raise Malformed(
            "allot.count",
            "Request {where} asks for {count} units.",
            cure="Ask for at least one; leave out what needs no unit.",
            where=requests.ids[row],
            count=int(requests.count[row]),
        )
    _one_place_each(requests)


def _one_place_each(requests: Requests) -> None:
    if len(set(requests.ids)) == len(requests.ids):
        return
    first: dict[str, int] = {}
    needs: set[tuple[str, int]] = set()
    for row, (name, mask) in enumerate(zip(requests.ids, requests.mask.tolist(), strict=True)):
        at = first.setdefault(name, row)
        if (name, mask) in needs:
            raise Malformed(
                "allot.twice",
                "Request {where} is there twice with the same capabilities.",
                cure="Write one line with the count of both, or give the second another id.",
                where=name,
            )
        if at != row and (requests.places[at] != requests.places[row]).any():
            raise Malformed(
                "allot.two_places",
                "Request {where} is in two places.",
                cure="Give all needs of one request the same place, or different ids.",
                where=name,
            )
        needs.add((name, mask))


def check_units(units: Units) -> None:
    """Raises `Malformed` for the first unit that is wrong."""
    _columns("units", units.ids, units.places, units.mask, units.room)
    places(units.places, "units")
    for row in np.flatnonzero(units.room < 0)[:1]:
        raise Malformed(
            "allot.capacity",
            "Unit {where} has the capacity {room}.",
            cure="Give 0 for a unit that can't be sent, 1 for one that serves one request.",
            where=units.ids[row],
            room=int(units.room[row]),
        )
    if len(set(units.ids)) < len(units.ids):
        raise Malformed(
            "allot.same_unit",
            "Unit {where} is there twice.",
            cure="Give each unit an id of its own; a unit that can serve two requests has the capacity 2.",
            where=Counter(units.ids).most_common(1)[0][0],
        )


def check_patience(seconds: float) -> None:
    """Raises `Malformed` where it is no length of time."""
    if not 0 < seconds < np.inf:
        raise Malformed(
            "allot.patience",
            "{where} of {seconds} s says nothing about what is unmet.",
            cure="Give the seconds after which a unit would come too late; a day is common.",
            where="patience",
            seconds=seconds,
        )


def check_seconds(requests: Requests, units: Units, rows: slice, times: Floats) -> None:
    """Raises `Malformed` for a travel time, (rows, m), that is none."""
    wrong = np.argwhere(~(times >= 0))
    if len(wrong):
        row, unit = wrong[0]
        raise Malformed(
            "allot.seconds",
            "From unit {unit} to request {where} it takes {seconds} s.",
            cure="Travel times are 0 or more; inf where there is no way.",
            where=requests.ids[rows][row],
            unit=units.ids[unit],
            seconds=float(times[row, unit]),
        )


def _columns(name: str, ids: tuple[str, ...], *columns: Floats | Ints) -> None:
    for column in columns:
        if len(column) != len(ids):
            raise Malformed(
                "allot.columns",
                "The columns of {where} have {rows} ids but {length} values.",
                cure="Give every column one value for each id.",
                where=name,
                rows=len(ids),
                length=len(column),
            )
