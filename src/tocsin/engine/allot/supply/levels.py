"""Fairness: the least possible largest unmet share of each item, and the levels below it.

Sites that the same sources can reach in time are alike, so they can all be left with the same share; one
class c stands for them, which makes the programme small. With N the need of a class and f the share that is
left unmet at most,

    (1)  minimise Σ_items f
    (2)  Σ_sources y + N · f ≥ N − fixed      for each class, f that of its item or, if fixed, its own
    (3)  Σ_classes y ≤ stock                  for each item and source
    (4)  Σ load · y ≤ throughput              for each depot
    (5)  0 ≤ f ≤ 1, y ≥ 0

The first level is one solution of (1). For the full order the classes whose constraint (2) has a price can't
get more at this level: their shares are fixed and the rest is solved again; each round fixes at least one
class of every item whose f is above 0. A class that no source reaches is left out and said elsewhere: it
would allow every other site to be left with nothing.

Ogryczak, Pióro, Tomaszewski, Telecommunications network design and max-min optimization problem, Journal of
Telecommunications and Information Technology 3 (2005) 43-53.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.engine.allot.supply.asked import Fairness
from tocsin.engine.allot.supply.programme import Floats, Ints, Programme
from tocsin.engine.allot.supply.solver import TIGHT, Columns, opened, solve, values

PRICED = 1e-7


@dataclass(frozen=True)
class _Classes:
    of: Ints
    """(R,): the class of each row; −1 where nothing reaches it."""
    item: Ints
    need: Floats
    given: Floats
    pair_class: Ints
    pair_source: Ints


def shares(programme: Programme, fairness: Fairness, seconds: float) -> Floats | None:
    """(R,): the share of each need that may stay unmet; None if there was no time to find it."""
    found = np.ones(len(programme.need))
    classes = _classes(programme)
    if fairness is Fairness.NONE or not len(classes.need):
        return found
    level = (
        _first(programme, classes, seconds)
        if fairness is Fairness.FIRST
        else _full(programme, classes, seconds)
    )
    if level is None:
        return None
    reached = classes.of >= 0
    found[reached] = np.clip(level[classes.of[reached]], 0.0, 1.0)
    return found


def _first(programme: Programme, classes: _Classes, seconds: float) -> Floats | None:
    solved = _solve(programme, classes, np.full(len(classes.need), np.nan), seconds)
    return None if solved is None else solved[0][classes.item]


def _full(programme: Programme, classes: _Classes, seconds: float) -> Floats | None:
    fixed = np.full(len(classes.need), np.nan)
    while np.isnan(fixed).any():
        solved = _solve(programme, classes, fixed, seconds)
        if solved is None:
            return None
        level, priced = solved
        done = np.isnan(fixed) & (priced | (level[classes.item] <= TIGHT))
        fixed = np.where(done, level[classes.item], fixed)
    return fixed


def _classes(programme: Programme) -> _Classes:
    """Rows of one item that have the same open sources; a row of which something is fixed stands alone."""
    rows, sources = len(programme.need), programme.stock.shape[1]
    reaches = np.zeros((rows, sources), dtype=bool)
    reaches[programme.row, programme.source] = programme.open
    asked = reaches.any(1) & (programme.need > 0)
    alone = np.where(programme.given > 0, np.arange(rows), -1)
    names = np.column_stack([programme.item, alone]).view(np.uint8).reshape(rows, 16)
    keys = np.column_stack([names, np.packbits(reaches, 1)])
    _, first, of = np.unique(keys[asked], axis=0, return_index=True, return_inverse=True)
    of_all = np.full(rows, -1, dtype=np.int64)
    of_all[asked] = of.ravel()
    heads = np.flatnonzero(asked)[first]
    given: Floats = np.bincount(of.ravel(), programme.given[asked], len(heads)).astype(np.float64)
    need: Floats = np.bincount(of.ravel(), programme.need[asked], len(heads)) + given
    pair_class, pair_source = np.nonzero(reaches[heads])
    return _Classes(of_all, programme.item[heads], need, given, pair_class, pair_source)


def _solve(
    programme: Programme, classes: _Classes, fixed: Floats, seconds: float
) -> tuple[Floats, npt.NDArray[np.bool_]] | None:
    """(1) to (5): the level of each item, and which classes have a price."""
    items, sources = programme.stock.shape
    count, many = len(classes.need), len(classes.pair_class)
    free = np.flatnonzero(np.isnan(fixed))
    item = classes.item[classes.pair_class]
    rows = np.column_stack(
        [
            classes.pair_class,
            count + item * sources + classes.pair_source,
            count + items * sources + programme.depot[classes.pair_source],
        ]
    )
    entries = np.column_stack([np.ones(many), np.ones(many), programme.load[item]])
    order = free[np.argsort(classes.item[free], kind="stable")]
    width = np.bincount(classes.item[free], minlength=items)
    columns = Columns(
        cost=np.concatenate([np.zeros(many), np.ones(items)]),
        upper=np.concatenate([np.full(many, np.inf), np.ones(items)]),
        start=np.concatenate([3 * np.arange(many + 1), 3 * many + np.cumsum(width)]),
        row=np.concatenate([rows.ravel(), order]),
        value=np.concatenate([entries.ravel(), classes.need[order]]),
    )
    least = classes.need * (1.0 - np.where(np.isnan(fixed), 0.0, np.minimum(fixed + TIGHT, 1.0)))
    lower = np.concatenate(
        [
            np.maximum(least - classes.given, 0.0),
            np.full(items * sources + len(programme.throughput), -np.inf),
        ]
    )
    upper = np.concatenate([np.full(count, np.inf), programme.stock.ravel(), programme.throughput])
    solver = opened(columns, lower, upper)
    solver.setOptionValue("primal_feasibility_tolerance", TIGHT)
    if not solve(solver, seconds):
        return None
    found, duals = values(solver)
    return found[many:], duals[:count] * classes.need > PRICED
