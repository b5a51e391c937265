"""Which lot goes where: the earliest expiry first.

Of a depot's lots of one item, taken in the order of their expiry, each serves the nearest shipments that it
still reaches in time. A later lot can serve whatever an earlier one can, so using as much as possible of
each lot in turn never takes away a way of serving the rest.
"""

from collections import defaultdict
from dataclasses import replace

from tocsin.engine.allot.supply.answer import NOTHING, Plan, Shipment
from tocsin.engine.allot.supply.asked import Asked

HOUR = 3600.0


def with_lots(asked: Asked, plan: Plan) -> Plan:
    """The plan, with the lots of every shipment named."""
    stock = _stock(asked)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(plan.shipments):
        groups[one.depot, one.item].append(at)
    named = list(plan.shipments)
    for key, places in groups.items():
        _name(stock[key], sorted(places, key=lambda at: plan.shipments[at].hours), named)
    return replace(plan, shipments=tuple(named))


def _stock(asked: Asked) -> dict[tuple[str, str], list[tuple[float, float]]]:
    stock: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for lot in asked.lots:
        stock[lot.depot, lot.item].append((lot.expires, lot.units))
    return {key: sorted(lots) for key, lots in stock.items()}


def _name(lots: list[tuple[float, float]], places: list[int], named: list[Shipment]) -> None:
    """Gives the lots, earliest first, to the shipments at `places`, nearest first."""
    open_units = {at: named[at].units for at in places}
    for expires, units in lots:
        for at in places:
            take = min(units, open_units[at])
            if take > NOTHING and named[at].hours * HOUR <= expires:
                named[at] = replace(named[at], lots=(*named[at].lots, (expires, take)))
                open_units[at] -= take
                units -= take
