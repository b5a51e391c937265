"""One Newton step of the interior point: the system of `interior`, (6) to (8), factored and solved.

The right side of each product is what value · dual shall become, less what it is. With t = value/dual, a
quantity moves by right/dual − t · (step of its dual), so only the duals of (1), (2) and (3) are unknown; (4)
is eliminated with its row.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from tocsin.engine.allot.supply import loops
from tocsin.engine.allot.supply.cholesky import inverses
from tocsin.engine.allot.supply.programme import Flags, Floats, Programme

NEXT_TO_NOTHING = 1e-6
"""Of the mean need."""


class Five(NamedTuple):
    """A number for each of u₁ (R,), g (R,), u₂ (R,), a (K, V) and b (D,), or for the dual of each."""

    under: Floats
    room: Floats
    over: Floats
    stock: Floats
    depot: Floats


@dataclass(frozen=True)
class Point:
    """Where the method stands: quantities and their duals, all positive, and the worth y of rows."""

    x: Floats
    z: Floats
    met: Five
    duals: Five
    worth: Floats


@dataclass(frozen=True)
class Step:
    """How a point moves, and how far its quantities and its duals can go that way."""

    x: Floats
    z: Floats
    met: Five
    duals: Five
    worth: Floats
    primal: float
    dual: float


@dataclass(frozen=True)
class Residuals:
    """By how much (1), (2), (3) and the second and third of (5) are missed."""

    rows: Floats
    stock: Floats
    depot: Floats
    under: Floats
    over: Floats


class Shape:
    """What stays the same on the way: pairs, which ceilings and throughputs count, whose a source is."""

    def __init__(self, asked: Programme) -> None:
        """What is nothing becomes next to nothing: without an inside there is no interior point."""
        little = NEXT_TO_NOTHING * float(asked.need.mean())
        programme = replace(
            asked,
            stock=np.maximum(asked.stock, little),
            throughput=np.maximum(asked.throughput, little * asked.load.mean()),
        )
        self.programme = programme
        self.pairs = (programme.start, programme.source, programme.item)
        self.capped: Flags = programme.ceiling > little
        self.limited: Flags = np.isfinite(programme.throughput)
        self.throughput: Floats = np.where(self.limited, programme.throughput, 0.0)
        self.belongs: Floats = (programme.depot[:, None] == np.arange(len(self.limited))).astype(np.float64)

    def flags(self) -> Five:
        """1 where a quantity is there, 0 where it stands for none."""
        p = self.programme
        capped = self.capped.astype(np.float64)
        every = np.ones(len(p.need))
        return Five(capped, capped, every, np.ones_like(p.stock), self.limited.astype(np.float64))

    def leaving(self, sent: Floats) -> Floats:
        """(D,) load, from units sent (K, V)."""
        found: Floats = (self.programme.load @ sent) @ self.belongs
        return found

    def through(self, depot: Floats) -> Floats:
        """(K, V): what a unit bears of the prices of depots (D,)."""
        found: Floats = self.programme.load[:, None] * (self.belongs @ np.where(self.limited, depot, 0.0))
        return found


class Newton:
    """The factored system at one point."""

    def __init__(self, shape: Shape, at: Point, missed: Residuals) -> None:
        self._shape, self._at, self._missed = shape, at, missed
        self._prices = at.duals.stock + shape.through(at.duals.depot)
        self._theta = at.x / at.z
        self._ratio = Five(*(value / dual for value, dual in zip(at.met, at.duals, strict=True)))
        self._held = 1.0 / (self._ratio.under + self._ratio.room)
        slack = shape.capped * self._ratio.under * self._ratio.room * self._held + self._ratio.over
        self._inverse = self._factor(slack)
        self._joint = self._coupling()

    def _factor(self, slack: Floats) -> Floats:
        """(6) and the inverses of M in (7)."""
        stock = self._ratio.stock
        coupled = np.zeros((*stock.shape, stock.shape[1]))
        self._weight, sent = loops.normal(*self._shape.pairs, self._theta, slack, coupled)
        diagonal = np.arange(stock.shape[1])
        coupled[:, diagonal, diagonal] += sent + stock
        return inverses(coupled)

    def _coupling(self) -> Floats:
        """The inverse of the matrix that couples depots: b/λ + Σ_items load² · (Θ − Θ M⁻¹ Θ), Θ = a/μ."""
        shape, stock = self._shape, self._ratio.stock
        weighed = stock * shape.programme.load[:, None]
        mixed = -(weighed[:, :, None] * self._inverse * weighed[:, None, :]).sum(0)
        diagonal = np.arange(len(mixed))
        mixed[diagonal, diagonal] += shape.programme.load @ weighed
        both = shape.belongs.T @ mixed @ shape.belongs
        depots = np.arange(len(both))
        both[depots, depots] += self._ratio.depot
        inverse: Floats = inverses(both[None])[0]
        return inverse

    def direction(self, right: Floats, rights: Five) -> Step:
        """The step towards the products `right` (P,) of pairs, already over z, and `rights` of the others."""
        at, shape = self._at, self._shape
        pushed = Five(*(wanted / dual for wanted, dual in zip(rights, at.duals, strict=True)))
        under = pushed.under - self._ratio.under * self._missed.under
        capped = under + pushed.room
        free = shape.capped * (under - self._ratio.under * self._held * capped)
        free += pushed.over - self._ratio.over * self._missed.over
        towards = (*shape.pairs, shape.programme.cost, self._prices, at.worth, at.z, self._theta, right)
        h, sent = loops.gather(*towards, self._missed.rows - free, self._weight)
        stock, depot = self._prices_move(sent, pushed)
        turn = stock + shape.through(depot)
        dx, dz = np.empty_like(at.x), np.empty_like(at.x)
        worth, *far = loops.spread(*towards, h, self._weight, turn, at.x, dx, dz)
        duals = self._duals(capped, worth, stock, depot)
        met = Five(*(p - r * d for p, r, d in zip(pushed, self._ratio, duals, strict=True)))
        met = met._replace(room=-met.under)
        return Step(dx, dz, met, duals, worth, *_reach(at, met, duals, far))

    def _prices_move(self, sent: Floats, pushed: Five) -> tuple[Floats, Floats]:
        """The steps of μ (K, V) and λ (D,), by (7) and the matrix that couples depots."""
        shape, stock = self._shape, self._ratio.stock
        left = sent + pushed.stock - self._missed.stock
        own = _times(self._inverse, left)
        out = shape.leaving(sent - left + stock * own) + shape.limited * (pushed.depot - self._missed.depot)
        depot = shape.limited * (self._joint @ out)
        through = shape.through(depot)
        return own - through + _times(self._inverse, stock * through), depot

    def _duals(self, capped: Floats, worth: Floats, stock: Floats, depot: Floats) -> Five:
        room = self._shape.capped * self._held * (capped + self._ratio.under * worth)
        under = self._shape.capped * (self._missed.under - worth + room)
        return Five(under, room, self._missed.over - worth, stock, depot)


def _times(matrices: Floats, vectors: Floats) -> Floats:
    found: Floats = np.matmul(matrices, vectors[:, :, None])[:, :, 0]
    return found


def _reach(at: Point, met: Five, duals: Five, far: list[float]) -> tuple[float, float]:
    primal = min(far[0], *(_until_zero(v, d) for v, d in zip(at.met, met, strict=True)))
    return primal, min(far[1], *(_until_zero(v, d) for v, d in zip(at.duals, duals, strict=True)))


def _until_zero(value: Floats, step: Floats) -> float:
    falling = step < 0
    return float(np.min(value[falling] / -step[falling], initial=np.inf))
