"""HiGHS beside others who use it in the same process."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tocsin.engine.allot.supply.solver import Columns, opened, solve, values

TESTS = Path(__file__).parents[3]
BESIDE = """
import highspy
other = highspy.Highs()
other.setOptionValue("output_flag", False)
other.setOptionValue("threads", 3)
other.addVariable(lb=0, ub=1, obj=1)
assert other.run() == highspy.HighsStatus.kOk
from engine.allot.supply.worlds import world
from tocsin.engine.allot.supply.planning import Planner
print(Planner().solve(world(7)).proof.holds())
"""


def model():
    """The most of x up to 2, and x at most 1.5."""
    one = np.ones(1)
    columns = Columns(-one, 2 * one, np.array([0, 1]), np.zeros(1, dtype=np.int64), one)
    return opened(columns, np.full(1, -np.inf), np.full(1, 1.5))


def test_a_programme_is_solved():
    solver = model()
    assert solve(solver, np.inf)
    found, duals = values(solver)
    assert (found.tolist(), duals.tolist()) == ([1.5], [-1.0])


def test_threads_that_another_asked_for_spoil_no_plan():
    done = subprocess.run(
        [sys.executable, "-c", BESIDE], capture_output=True, text=True, check=True, cwd=TESTS
    )
    assert done.stdout.splitlines()[-1] == "True"


def test_a_refused_programme_is_no_plan_cut_short():
    solver = model()
    assert solve(solver, np.inf)
    solver.setOptionValue("threads", 97)
    with pytest.raises(RuntimeError, match="refused"):
        solve(solver, np.inf)
