"""Who asks for units, and which units there are: columns, as they come from a table or a database.

A row of requests is one need: so many units with such capabilities. A request with several needs (two
engines and an ambulance) has a row for each, under one id and at one place. Capabilities are bits of a mask.
"""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.allot.dispatch.selecting import Floats, Ints
from tocsin.kernel.errors import Malformed


@dataclass(frozen=True)
class Requests:
    """n needs."""

    ids: tuple[str, ...]
    places: Floats
    """(n, 2) lon/lat degrees WGS 84."""
    weight: Floats
    """(n,) above 0: what a second of waiting counts."""
    mask: Ints
    """(n,) the capabilities that each unit must have; 0 any unit."""
    count: Ints
    """(n,) how many units, all different; at least 1."""

    def rows(self, name: str) -> list[int]:
        """The needs of a request."""
        found = [row for row, own in enumerate(self.ids) if own == name]
        if not found:
            raise Malformed(
                "allot.no_request", "There is no request {where}.", cure="Check the id.", where=name
            )
        return found

    def joined(self, other: "Requests") -> "Requests":
        """These and, after them, others."""
        return Requests(
            self.ids + other.ids,
            np.concatenate([self.places, other.places]),
            np.concatenate([self.weight, other.weight]),
            np.concatenate([self.mask, other.mask]),
            np.concatenate([self.count, other.count]),
        )

    def without(self, rows: list[int]) -> "Requests":
        """All but some rows."""
        kept = np.delete(np.arange(len(self.ids)), rows)
        ids = tuple(self.ids[row] for row in kept.tolist())
        return Requests(ids, self.places[kept], self.weight[kept], self.mask[kept], self.count[kept])


@dataclass(frozen=True)
class Units:
    """m units."""

    ids: tuple[str, ...]
    places: Floats
    """(m, 2) lon/lat degrees WGS 84."""
    mask: Ints
    """(m,) the capabilities that it has."""
    room: Ints
    """(m,) how many needs it can serve; 0 if it is closed or busy."""

    def at(self, name: str) -> int:
        """The number of a unit."""
        if name not in self.ids:
            raise Malformed("allot.no_unit", "There is no unit {where}.", cure="Check the id.", where=name)
        return self.ids.index(name)
