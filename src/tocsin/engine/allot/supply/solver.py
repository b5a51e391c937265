"""HiGHS as this room uses it: a linear programme given by its columns, silent and exact.

All of a process share the threads of HiGHS: whoever asks for another number of them than the first is
refused. So none is asked for; a simplex without parallel steps uses but one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from tocsin.engine.allot.supply.programme import Floats, Ints

Patience = Callable[[], float]
"""The seconds that are left; whoever asks has the clock."""
TIGHT = 1e-9
OPTIMAL = highspy.HighsModelStatus.kOptimal


@dataclass(frozen=True)
class Columns:
    """Columns of a programme: bounds, cost, and the entries (column after column)."""

    cost: Floats
    upper: Floats
    start: Ints
    """(n + 1,)."""
    row: Ints
    value: Floats


def opened(columns: Columns, lower: Floats, upper: Floats) -> Any:
    """A model with these columns, each from 0 to its upper bound, and these bounds of rows."""
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(columns.cost), len(lower)
    model.col_cost_, model.col_lower_ = columns.cost, np.zeros(len(columns.cost))
    model.col_upper_, model.row_lower_, model.row_upper_ = columns.upper, lower, upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = columns.start.astype(np.int32)
    model.a_matrix_.index_ = columns.row.astype(np.int32)
    model.a_matrix_.value_ = columns.value
    solver = _silent()
    solver.setOptionValue("parallel", "off")
    solver.passModel(model)
    return solver


def _silent() -> Any:
    """The class under `highspy.Highs`, which greets on standard output before it can be told not to."""
    core: Any = highspy._core
    solver = core._Highs()
    solver.setOptionValue("output_flag", False)
    return solver


def solve(solver: Any, seconds: float) -> bool:
    """Whether the optimum was reached in time; the model's own clock counts from its first run.

    Raises `RuntimeError` if HiGHS did not take the model at all: that is no plan that time cut short.
    """
    solver.setOptionValue("time_limit", solver.getRunTime() + max(seconds, 0.0))
    if solver.run() == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS refused the programme: an option or a number in it can not be taken")
    return bool(solver.getModelStatus() == OPTIMAL)


def values(solver: Any) -> tuple[Floats, Floats]:
    """Of the columns, and the duals of the rows."""
    found = solver.getSolution()
    return np.array(found.col_value), np.array(found.row_dual)
