"""Who must be served, and where a depot, a shelter or an ambulance may stand: columns of a table."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from tocsin.engine.allot.dispatch.selecting import Floats, Ints
from tocsin.engine.allot.siting.reach import CLOSED, FREE, OPEN
from tocsin.engine.allot.travel import places
from tocsin.kernel.errors import Malformed


@dataclass(frozen=True)
class Demand:
    """n places to be served."""

    ids: tuple[str, ...]
    places: Floats
    """(n, 2) lon/lat degrees WGS 84."""
    weight: Floats
    """(n,) 0 or more: people, calls a year."""


@dataclass(frozen=True)
class Sites:
    """m places where something may stand."""

    ids: tuple[str, ...]
    places: Floats
    """(m, 2) lon/lat degrees WGS 84."""
    status: Ints
    """(m,) FREE, OPEN (stands and stays, or is decided), CLOSED (must not be used)."""


def check(demand: Demand, sites: Sites, count: int) -> None:
    """Raises `Malformed` for what can't be asked, with which and how to mend it."""
    _columns("demand", demand.ids, demand.places, demand.weight)
    _columns("sites", sites.ids, sites.places, sites.status)
    for row in np.flatnonzero(~(np.isfinite(demand.weight) & (demand.weight >= 0)))[:1]:
        raise Malformed(
            "allot.demand",
            "Demand {where} has the weight {weight}.",
            cure="Give a number of 0 or more.",
            where=demand.ids[row],
            weight=float(demand.weight[row]),
        )
    for row in np.flatnonzero(~np.isin(sites.status, (FREE, OPEN, CLOSED)))[:1]:
        raise Malformed(
            "allot.status",
            "Site {where} has the status {status}.",
            cure="Give 0 for free, 1 for open, 2 for closed.",
            where=sites.ids[row],
            status=int(sites.status[row]),
        )
    stands, possible = int((sites.status == OPEN).sum()), int((sites.status != CLOSED).sum())
    if not max(stands, 1) <= count <= possible:
        raise Malformed(
            "allot.open",
            "{count} sites can't be open: {stands} stand already, {possible} are possible.",
            cure="Ask for a number between the two.",
            where="open",
            count=count,
            stands=stands,
            possible=possible,
        )


def _columns(name: str, ids: tuple[str, ...], spots: Floats, values: Floats | Ints) -> None:
    places(spots, name)
    if not len(ids) == len(spots) == len(values):
        raise Malformed(
            "allot.rows",
            "The columns of {where} differ in length: {ids} ids, {places} places, {values} values.",
            cure="Give every column one value for each id.",
            where=name,
            ids=len(ids),
            places=len(spots),
            values=len(values),
        )
    if len(set(ids)) < len(ids):
        raise Malformed(
            "allot.same_id",
            "In {name} the id {where} is there twice.",
            cure="Give each line an id of its own.",
            where=Counter(ids).most_common(1)[0][0],
            name=name,
        )
