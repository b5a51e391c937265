"""Good prices fast: an interior-point method that knows the shape of the programme.

Over the pairs x, with u₁ ≤ U unmet under the ceiling at price p and u₂ beyond it at p + q,

    (1)  Σ_sources x + u₁ + u₂ = need          for each row; its dual is the worth y
    (2)  Σ_sites x + a = stock                 for each item and source; its dual is −μ
    (3)  Σ load · x + b = throughput           for each depot that has a limit; its dual is −λ
    (4)  u₁ + g = U                            its dual is −w
    (5)  z = cost + μ + load·λ − y,  z₁ = p − y + w,  z₂ = p + q − y;  all of x…g and z…w stay positive

A Newton step on the products x·z = σm (predictor and corrector after Mehrotra) needs one symmetric system.
Every pair stands in one row of (1), so the rows fall out by division,

    (6)  E = Σ_sources x/z + slack             and what is left is, for each item, a matrix sources × sources
    (7)  L = diag(Σ_sites x/z) − X E⁻¹ Xᵀ,     M = L + diag(a/μ)
    (8)  h = right side of (1) after the same elimination

and, over all items, one matrix depots × depots that couples them. So a step costs a few passes over the pairs
and a few small inverses, whatever the number of sites: that is why it beats a general solver. Its answer is
only a start, columns and a basis for the simplex, which ends exactly.

Mehrotra, On the implementation of a primal-dual interior point method, SIAM Journal on Optimization 2 (1992)
575-601.
"""

import numpy as np

from tocsin.engine.allot.supply import loops
from tocsin.engine.allot.supply.newton import Five, Newton, Point, Residuals, Shape, Step
from tocsin.engine.allot.supply.programme import Programme
from tocsin.engine.allot.supply.solver import Patience

STEP = 0.9
"""Of the way to the nearest bound."""
WORSE = 10.0
"""A product that grows so much in one step has been eaten by rounding."""


def interior(programme: Programme, gap: float, rounds: int, left: Patience) -> Point:
    """A point whose relative gap is at most `gap`, or the last one: after `rounds` steps, out of time, or
    where rounding ends the way."""
    shape = Shape(programme)
    flags = shape.flags()
    point = _beginning(shape)
    for _ in range(rounds):
        product = _product(point, flags)
        onward = None
        if product > gap * _cost(shape, point) and left() > 0:
            onward = _next(shape, flags, point, product)
        if onward is None:
            break
        point = onward
    return point


def _beginning(shape: Shape) -> Point:
    """All quantities near their needs and all duals near the penalties: far from every bound."""
    p = shape.programme
    pairs = np.diff(p.start)
    scale, each = float(p.penalty.mean()), np.maximum(p.need, 1e-3 * p.need.mean()) / (pairs + 2.0)
    x = np.repeat(each, pairs)
    arrived, sent = loops.totals(*shape.pairs, x, p.stock.shape[1], len(p.load))
    out = shape.leaving(sent)
    under = np.where(shape.capped, np.minimum(each, 0.5 * p.ceiling), 1.0)
    room = np.where(shape.capped, p.ceiling - under, 1.0)
    stock = np.maximum(p.stock - sent, 0.3 * sent + 1e-3 * p.need.mean())
    depot = np.where(shape.limited, np.maximum(shape.throughput - out, 0.3 * out + 1.0), 1.0)
    met = Five(under, room, np.maximum(p.need - arrived - under, each), stock, depot)
    rows = np.full(len(p.need), scale)
    duals = Five(
        rows, rows, rows + p.beyond, np.full_like(stock, scale), np.full_like(depot, scale / p.load.mean())
    )
    return Point(x, np.full(len(x), scale), met, duals, 0.5 * p.penalty)


def _product(at: Point, flags: Five) -> float:
    """Σ value · dual: what is still between the cost and the bound."""
    rest = sum(float((v * d * f).sum()) for v, d, f in zip(at.met, at.duals, flags, strict=True))
    return loops.product(at.x, at.z, at.x, at.z, 0.0, 0.0) + rest


def _after(at: Point, step: Step, flags: Five) -> float:
    """The same after the longest step that is possible."""
    primal, dual = min(1.0, step.primal), min(1.0, step.dual)
    values, duals = zip(at.met, step.met, strict=True), zip(at.duals, step.duals, strict=True)
    rest = sum(
        float(((value + primal * move) * (other + dual * turn) * flag).sum())
        for (value, move), (other, turn), flag in zip(values, duals, flags, strict=True)
    )
    return loops.product(at.x, at.z, step.x, step.z, primal, dual) + rest


def _cost(shape: Shape, at: Point) -> float:
    p = shape.programme
    unmet = shape.capped * at.met.under + at.met.over
    travel = loops.product(p.cost, at.x, p.cost, at.x, 0.0, 0.0)
    return travel + float(p.penalty @ unmet + p.beyond * at.met.over.sum())


def _missed(shape: Shape, at: Point) -> Residuals:
    p = shape.programme
    arrived, sent = loops.totals(*shape.pairs, at.x, p.stock.shape[1], len(p.load))
    return Residuals(
        p.need - arrived - at.met.over - shape.capped * at.met.under,
        p.stock - sent - at.met.stock,
        shape.limited * (shape.throughput - shape.leaving(sent) - at.met.depot),
        shape.capped * (p.penalty - at.worth + at.duals.room - at.duals.under),
        p.penalty + p.beyond - at.worth - at.duals.over,
    )


def _next(shape: Shape, flags: Five, at: Point, product: float) -> Point | None:
    """One predictor, which tells how near the optimum can come, and one corrector; None where the numbers
    allow no further step."""
    newton = Newton(shape, at, _missed(shape, at))
    none = Five(*(-value * dual for value, dual in zip(at.met, at.duals, strict=True)))
    trial = newton.direction(-at.x, none)
    count = len(at.x) + sum(float(flag.sum()) for flag in flags)
    left = _after(at, trial, flags)
    aim = (left / product) ** 3 * product / count
    rights = Five(*(aim + n - dv * dd for n, dv, dd in zip(none, trial.met, trial.duals, strict=True)))
    step = newton.direction(loops.aimed(at.x, at.z, trial.x, trial.z, aim), rights)
    onward = _moved(at, step, min(1.0, STEP * step.primal), min(1.0, STEP * step.dual))
    return onward if _product(onward, flags) < WORSE * product else None


def _moved(at: Point, step: Step, primal: float, dual: float) -> Point:
    return Point(
        loops.moved(at.x, step.x, primal),
        loops.moved(at.z, step.z, dual),
        Five(*(value + primal * move for value, move in zip(at.met, step.met, strict=True))),
        Five(*(value + dual * move for value, move in zip(at.duals, step.duals, strict=True))),
        at.worth + dual * step.worth,
    )
