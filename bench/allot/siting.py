"""Sites beside spopt with HiGHS and with CBC: OR-Library's 40 p-median graphs, and maximal covering.

The graphs (Beasley, European Journal of Operational Research 21 (1985) 270) become matrices of shortest
ways; an edge that is listed twice counts as it was listed last. Ours is given 60 s a graph, and proves its
answer or says the gap. Known optima are those of OR-Library's pmedopt.txt. The peer is run on the small
graphs, 30 s each. For covering, demands and sites are uniform in the unit square, weights 1 to 1,000.
"""

import importlib
import importlib.metadata
import importlib.util
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial.distance import cdist

from tocsin.engine.allot.siting.branching import Branching
from tocsin.engine.allot.siting.reach import FREE, Reach, covering, reach_of

GRAPHS = Path("../shared/data/orlib_pmedian")
KNOWN = (
    *(5819, 4093, 4250, 3034, 1355, 7824, 5631, 4445, 2734, 1255),
    *(7696, 6634, 4374, 2968, 1729, 8162, 6999, 4809, 2845, 1789),
    *(9138, 8579, 4619, 2961, 1828, 9917, 8307, 4498, 3033, 1989),
    *(10086, 9297, 4700, 3013, 10400, 9934, 5057, 11060, 9423, 5128),
)
PEERED = (1, 2, 3, 5, 6, 7)
"""Graphs given to spopt too."""
LIMIT, ENOUGH = 60.0, 30.0
"""Seconds for us and for the peer."""
SEED = 20261128
FAR = 1e6
SOLVERS = {"HiGHS": "HiGHS", "CBC": "PULP_CBC_CMD"}
COVERS = ((1000, 200, 20, 0.08, 10.0), (20000, 1000, 50, 0.065, 1.0), (20000, 1000, 50, 0.065, 10.0))
"""Demands, sites, to be open, radius, seconds."""


def graph(number: int) -> tuple[np.ndarray, int]:
    """Shortest ways between all nodes, and p."""
    lines = (GRAPHS / f"pmed{number}.txt").read_text("utf-8").split("\n")
    rows = [[int(cell) for cell in line.split()] for line in lines if line.strip()]
    (nodes, _, sites), edges = rows[0], rows[1:]
    length = np.zeros((nodes, nodes))
    for one, other, cost in edges:
        length[one - 1, other - 1] = length[other - 1, one - 1] = cost
    return dijkstra(csr_matrix(length), directed=False), sites


def ours(make: Callable[[], Reach], sites: int, count: int, limit: float) -> tuple[Branching, float]:
    """Lists, search and proof."""
    began = time.perf_counter()
    late = lambda: time.perf_counter() - began > limit  # noqa: E731 (short)
    search = Branching(make(), np.full(sites, FREE), count, late, np.random.default_rng(SEED))
    search.run()
    return search, time.perf_counter() - began


def medians(solvers: dict[str, str]) -> Iterator[str]:
    """A line for each graph."""
    for number, known in enumerate(KNOWN, 1):
        cost, count = graph(number)
        found, seconds = ours(lambda: reach_of(cost, np.full(len(cost), FAR)), len(cost), count, LIMIT)  # noqa: B023
        gap = (found.cost - found.bound) / found.cost
        peers = [
            _peer(cost, count, solver, found.cost, seconds) if number in PEERED else ""
            for solver in solvers.values()
        ]
        proof = "proved" if gap == 0 else f"gap {gap:.3%}"
        same = "=" if found.cost == known else f"{found.cost - known:+g}"
        head = (f"pmed{number}", str(len(cost)), str(count), f"{found.cost:g}", same, proof)
        yield _line(*head, str(found.branches), f"{seconds:.2f}", *peers)
        print(f"pmed{number}: done", flush=True)


def _peer(cost: np.ndarray, count: int, solver: str, best: float, mine: float) -> str:
    """spopt's seconds, with its model's building, and the ratio."""
    pulp, locate = importlib.import_module("pulp"), importlib.import_module("spopt.locate")
    began = time.perf_counter()
    model = locate.PMedian.from_cost_matrix(cost, np.ones(len(cost)), p_facilities=count)
    try:
        model = model.solve(pulp.getSolver(solver, msg=False, timeLimit=ENOUGH))
    except RuntimeError:
        return f"not solved in {time.perf_counter() - began:.0f} (> {ENOUGH / mine:.0f} ×)"
    seconds = time.perf_counter() - began
    found = model.problem.objective.value()
    return f"{seconds:.1f} ({seconds / mine:.0f} ×{'' if abs(found - best) < 0.5 else ', not the best'})"


def covers(solvers: dict[str, str]) -> Iterator[str]:
    """A line for each size."""
    chance = np.random.default_rng(SEED)
    for demands, sites, count, radius, limit in COVERS:
        chance = np.random.default_rng(SEED)
        weight = chance.integers(1, 1001, demands).astype(float)
        far = cdist(chance.random((demands, 2)), chance.random((sites, 2)))
        found, seconds = ours(lambda: covering(far <= radius, weight), sites, count, limit)  # noqa: B023
        most, least = weight.sum() - found.bound, weight.sum() - found.cost
        small = demands <= 1000
        peers = [
            _cover_peer(far, weight, count, radius, solver, least, seconds) if small else ""
            for solver in solvers.values()
        ]
        size, gap = f"{demands:,} × {sites:,} × {count}, {limit:g} s", f"{(most - least) / least:.3%}"
        yield _line(size, f"{least:,.0f}", f"{most:,.0f}", gap, f"{seconds:.2f}", *peers)


def _cover_peer(
    far: np.ndarray, weight: np.ndarray, count: int, radius: float, solver: str, best: float, mine: float
) -> str:
    pulp, locate = importlib.import_module("pulp"), importlib.import_module("spopt.locate")
    began = time.perf_counter()
    model = locate.MCLP.from_cost_matrix(far, weight, service_radius=radius, p_facilities=count)
    model = model.solve(pulp.getSolver(solver, msg=False, timeLimit=ENOUGH))
    seconds = time.perf_counter() - began
    found = model.problem.objective.value()
    more = "" if found <= best + 0.5 else ": MORE"
    return f"{seconds:.1f} ({seconds / mine:.1f} ×, covers {found:,.0f}{more})"


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def table() -> list[str]:
    """Both comparisons in Markdown."""
    ours(lambda: reach_of(np.random.default_rng(0).random((20, 20)), np.full(20, FAR)), 20, 4, 1.0)
    has = importlib.util.find_spec("spopt") is not None
    solvers = SOLVERS if has else {}
    head = " | ".join(["ours, s", *(f"spopt + {name}, s" for name in solvers)])
    line = "|---" * (1 + len(solvers))
    versions = ", ".join(f"{name} {_version(name)}" for name in ("spopt", "pulp", "highspy", "numba"))
    lines = [
        "## Siting",
        "",
        f"{versions}; one run each. Lists are part of our time, the model's building of spopt's.",
        "",
    ]
    if GRAPHS.is_dir():
        lines += [
            f"| graph | nodes | p | cost | known | proof | branches | {head} |",
            f"|---|---|---|---|---|---|---{line}|",
            *medians(solvers),
            "",
        ]
    else:
        lines += [f"No graphs in {GRAPHS}: p-median skipped.", ""]
    return [
        *lines,
        f"| covering: demands × sites × open | covered | at most | gap | {head} |",
        f"|---|---|---|---{line}|",
        *covers(solvers),
    ]


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed: skipped"
