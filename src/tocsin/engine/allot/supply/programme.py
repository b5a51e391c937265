"""The programme in numbers: what is asked, as arrays that a solver can take.

A source is a depot's stock of one age (its lots of an item that expire together); most depots are one source.
A row is one site's need of one item; the rows of an item stand together. A pair is a source that can serve
a row in time; pairs are kept row by row.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Programme:
    """R rows, P pairs, K items, V sources, D depots."""

    start: Ints
    """(R + 1,): the pairs of row r are start[r] to start[r + 1]."""
    source: Ints
    """(P,): which source."""
    cost: Floats
    """(P,): load-hours for one unit."""
    item: Ints
    """(R,): ascending."""
    site: Ints
    """(R,)."""
    need: Floats
    """(R,): units, without those that a person has fixed."""
    given: Floats
    """(R,): units that a person has fixed."""
    penalty: Floats
    """(R,): load-hours that one unmet unit weighs."""
    ceiling: Floats
    """(R,): the most units that may stay unmet, by fairness."""
    beyond: float
    """Load-hours that a unit unmet above its ceiling weighs on top; so no programme is without a solution."""
    stock: Floats
    """(K, V): units."""
    load: Floats
    """(K,): kilograms or litres of one unit."""
    throughput: Floats
    """(D,): load that may leave each depot; inf where nothing limits it."""
    depot: Ints
    """(V,): whose stock the source is."""

    @property
    def row(self) -> Ints:
        """(P,): the row of each pair."""
        return np.repeat(np.arange(len(self.need)), np.diff(self.start))

    @property
    def open(self) -> Flags:
        """(P,): pairs that a person has not closed; a closed one costs more than any need would pay."""
        paid: Flags = self.cost <= self.beyond + self.penalty.max(initial=0.0)
        return paid

    def dearer(self) -> "Programme":
        """The same with ten times the weight of what is unmet above its ceiling; closed pairs stay closed."""
        cost = np.where(self.open, self.cost, 10.0 * self.cost)
        return replace(self, beyond=10.0 * self.beyond, cost=cost)
