"""The exact programme, by columns: HiGHS holds the pairs that matter, prices tell whether one is missing.

    (1)  need − U ≤ Σ_sources x + e ≤ need     for each row; e is unmet above its ceiling, at cost q
    (2)  Σ_sites x ≤ stock                     for each item and source, at price μ
    (3)  Σ load · x ≤ throughput               for each depot, at price λ
    (4)  minimise Σ (cost − p) x + q e + Σ p · need

A pair that is not held can help only if cost + μ + load·λ < y, its row's worth. So: solve, price all pairs
(one pass), take in the cheapest few of each row, solve on from the same basis; when no pair is left the
optimum is that of the whole programme. The model is kept: after a change of needs, stock, throughput or
ceilings the old basis is a start a few pivots away.

Dantzig, Wolfe, Decomposition principle for linear programs, Operations Research 8 (1960) 101-111; columns by
price as in Ford, Fulkerson, Management Science 5 (1958) 97-101.
"""

from dataclasses import dataclass

import highspy
import numpy as np

from tocsin.engine.allot.supply import loops
from tocsin.engine.allot.supply.newton import Point
from tocsin.engine.allot.supply.programme import Floats, Ints, Programme
from tocsin.engine.allot.supply.solver import Columns, Patience, opened, solve, values

REDUCED = 1e-7
"""A reduced cost above minus this, relative to the largest penalty, is none."""
LOOSE = 0.1
"""Of the ratio at which as many pairs lie above as there are rows: those below are left out at first."""
MOST = 6
"""Pairs of a row that are taken in at once."""


@dataclass(frozen=True)
class Prices:
    """What one more unit of stock (K, V), and of load at a depot (D,), would save; both from 0 on."""

    stock: Floats
    depot: Floats

    def source(self, programme: Programme) -> Floats:
        """(K, V): what a unit costs when it leaves a source, on top of its way."""
        price: Floats = self.stock + programme.load[:, None] * self.depot[programme.depot]
        return price


@dataclass(frozen=True)
class Held:
    """Flows of all pairs (P,) and the prices that go with them; whether they are the optimum."""

    flow: Floats
    prices: Prices
    optimal: bool


class Master:
    """One model with its columns and basis."""

    def __init__(self, programme: Programme, held: Ints, start: Point | None = None) -> None:
        self.programme = programme
        self.held = held
        columns = _columns(programme, held)
        self._solver = opened(columns, *_bounds(programme))
        self._excess = len(held)
        self._solver.setOptionValue("presolve", "off" if start is not None else "choose")
        if start is not None:
            self._solver.setOptionValue("simplex_strategy", 4)
            self._solver.setBasis(_basis(programme, held, start))

    def solve(self, left: Patience) -> Held:
        """The optimum of the whole programme, or the best that there was time for."""
        while True:
            optimal = solve(self._solver, left())
            held = self._read(optimal)
            missing = self._missing(held.prices) if optimal else np.empty(0, dtype=np.int64)
            if not len(missing):
                return held
            self._take_in(missing)

    def change(self, programme: Programme) -> None:
        """Other needs, stocks, throughputs, costs, penalties or ceilings over the same pairs."""
        lower, upper = _bounds(programme)
        count = len(lower)
        self._solver.changeRowsBounds(count, np.arange(count, dtype=np.int32), lower, upper)
        where, cost = self._places(), programme.cost[self.held] - programme.penalty[programme.row[self.held]]
        self._solver.changeColsCost(len(where), where, cost)
        where = np.arange(self._excess, self._excess + len(programme.need), dtype=np.int32)
        self._solver.changeColsCost(len(where), where, np.full(len(where), programme.beyond))
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_strategy", 1)
        self.programme = programme

    def _places(self) -> Ints:
        """Where in the model each held pair stands: the excesses lie between the first and the later ones."""
        at = np.arange(len(self.held), dtype=np.int32)
        places: Ints = np.where(at < self._excess, at, at + len(self.programme.need)).astype(np.int32)
        return places

    def _read(self, optimal: bool) -> Held:
        found, duals = values(self._solver)
        flow = np.zeros(len(self.programme.source))
        flow[self.held] = np.maximum(found[self._places()], 0.0)
        rows, (items, sources) = len(self.programme.need), self.programme.stock.shape
        price = np.maximum(-duals[rows:], 0.0)
        stock = price[: items * sources].reshape(items, sources)
        return Held(flow, Prices(stock, price[items * sources :]), optimal)

    def _missing(self, prices: Prices) -> Ints:
        """Pairs outside whose reduced cost is negative: nobody's worth is below the cheapest held pair."""
        p = self.programme
        if len(self.held) == len(p.source):
            return np.empty(0, dtype=np.int64)
        _, duals = values(self._solver)
        worth = p.penalty + duals[: len(p.need)]
        margin = REDUCED * float(p.penalty.max(initial=1.0))
        found = loops.below(p.start, p.source, p.item, p.cost, prices.source(p), worth - margin, MOST)
        missing: Ints = np.setdiff1d(found, self.held, assume_unique=True)
        return missing

    def _take_in(self, pairs: Ints) -> None:
        columns = _columns(self.programme, pairs, excess=False)
        n = len(pairs)
        self._solver.addCols(
            n, columns.cost, np.zeros(n), columns.upper, 3 * n,
            columns.start[:-1].astype(np.int32), columns.row.astype(np.int32), columns.value,
        )  # fmt: skip
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_strategy", 4)
        self.held = np.concatenate([self.held, pairs])


def promising(programme: Programme, point: Point) -> Ints:
    """The pairs that may be in an optimal basis, seen from an interior point: x/z is large for those that are
    used and small for those that are too dear, and between the two lies a gap."""
    ratio = point.x / point.z
    size = min(len(programme.need) + programme.stock.size + len(programme.throughput), len(ratio))
    edge = np.partition(ratio, len(ratio) - size)[len(ratio) - size]
    return np.flatnonzero(ratio > LOOSE * edge)


def _columns(programme: Programme, pairs: Ints, *, excess: bool = True) -> Columns:
    """Pairs in (1), (2) and (3) and, after them, the excess of every row."""
    row, source = programme.row[pairs], programme.source[pairs]
    item, (items, sources), rows = programme.item[row], programme.stock.shape, len(programme.need)
    second = rows + item * sources + source
    third = rows + items * sources + programme.depot[source]
    index = np.column_stack([row, second, third]).ravel()
    value = np.column_stack([np.ones(len(pairs)), np.ones(len(pairs)), programme.load[item]]).ravel()
    more = rows if excess else 0
    return Columns(
        cost=np.concatenate(
            [programme.cost[pairs] - programme.penalty[row], np.full(more, programme.beyond)]
        ),
        upper=np.full(len(pairs) + more, np.inf),
        start=np.concatenate([3 * np.arange(len(pairs) + 1), 3 * len(pairs) + 1 + np.arange(more)]),
        row=np.concatenate([index, np.arange(more)]),
        value=np.concatenate([value, np.ones(more)]),
    )


def _bounds(programme: Programme) -> tuple[Floats, Floats]:
    limits = programme.stock.size + len(programme.throughput)
    lower = np.concatenate([np.maximum(programme.need - programme.ceiling, 0.0), np.full(limits, -np.inf)])
    return lower, np.concatenate([programme.need, programme.stock.ravel(), programme.throughput])


def _basis(programme: Programme, held: Ints, point: Point) -> highspy.HighsBasis:
    """As many columns and rows as there are rows, those farthest from their bounds."""
    u1, g, u2, a, b = point.met
    z1, w, z2, mu, lam = point.duals
    between = np.where(programme.ceiling > 0, np.minimum(u1 / z1, g / w), 0.0)
    free = np.where(np.isfinite(programme.throughput), b / lam, np.inf)
    inside = np.concatenate([point.x[held] / point.z[held], u2 / z2, between, (a / mu).ravel(), free])
    count = len(between) + a.size + len(b)
    basic = np.zeros(len(inside), dtype=bool)
    basic[np.argsort(-inside)[:count]] = True
    high = np.concatenate([u1 < g, np.ones(a.size + len(b), dtype=bool)])
    columns = len(inside) - count
    status = highspy.HighsBasisStatus
    basis = highspy.HighsBasis()
    basis.col_status = [status.kBasic if one else status.kLower for one in basic[:columns]]
    basis.row_status = [
        status.kBasic if one else status.kUpper if up else status.kLower
        for one, up in zip(basic[columns:], high, strict=True)
    ]
    basis.valid, basis.alien = True, True
    return basis
