"""Scarce supplies beside general solvers, and road networks: `python -m bench.allot.supply`.

The programme of the comparison has the unmet units u and the largest unmet shares f as variables of one
objective,

    minimise  Σ load·hours·x + Σ penalty·u + Σ weight·f
    Σ_depots x + u = need,   Σ_sites x ≤ stock,   Σ load·x ≤ throughput,   u ≤ need·f,   0 ≤ f ≤ 1

with a weight on f under which fairness comes first, as ours has it: 510,020 variables at 50 × 500 × 20. All
solvers get the same numbers; the optimum of each is compared, in whole and in its parts, and ours is proved
by its own certificate.
"""

import argparse
import platform
import statistics
import time
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from tocsin.engine.allot.roads import RoadTimes
from tocsin.engine.allot.supply.asked import Asked, Depot, Item, Lot, Need
from tocsin.engine.allot.supply.planning import Planner, Solution
from tocsin.gateways.roads.reading import read_roads

SIZES = ((20, 100, 10), (50, 500, 20))
FAIR = 10.0
"""Weight of a share of 1 of any item, in penalties of the mean need of an item: fairness comes first."""
LIMIT = 150.0
"""Seconds for a peer."""
MAPS = Path("../shared/data/road_networks")


def world(depots: int, sites: int, items: int, seed: int = 1) -> Asked:
    """Depots and sites at random in a square of ten hours; stock for 60 to 120 % of the need of each item,
    gates for 80 to 150 % of each depot's stock; a tenth of the needs is nothing."""
    chance = np.random.default_rng(seed)
    here, there = chance.random((depots, 2)), chance.random((sites, 2))
    hours = 10 * np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    need = np.round(chance.gamma(2, 20, (sites, items))) * (chance.random((sites, items)) < 0.9)
    share = chance.dirichlet(np.full(depots, 2.0), items).T
    stock = np.round(share * need.sum(0) * chance.uniform(0.6, 1.2, items))
    load = chance.uniform(0.5, 2, items)
    gate = (stock @ load) * chance.uniform(0.8, 1.5, depots)
    priority = chance.choice([1.0, 2.0, 4.0], sites)
    return Asked(
        tuple(Depot(f"d{d}", float(gate[d])) for d in range(depots)),
        tuple(f"s{s}" for s in range(sites)),
        tuple(Item(f"i{k}", float(load[k])) for k in range(items)),
        tuple(Lot(f"d{d}", f"i{k}", float(stock[d, k])) for d in range(depots) for k in range(items)),
        tuple(
            Need(f"s{s}", f"i{k}", float(need[s, k]), float(priority[s]))
            for s in range(sites)
            for k in range(items)
        ),
        hours * 3600,
    )


@dataclass(frozen=True)
class Whole:
    """The programme of the comparison: columns, then rows below and above."""

    cost: np.ndarray
    upper: np.ndarray
    row: np.ndarray
    column: np.ndarray
    value: np.ndarray
    lower_row: np.ndarray
    upper_row: np.ndarray
    pairs: int
    items: int


def whole(asked: Asked, solution: Solution) -> Whole:
    """Written out from the arrays of the programme (its ceilings are not used)."""
    p = solution.layout.programme
    pairs, rows, items = len(p.source), len(p.need), len(p.load)
    supply, gates = p.stock.size, len(p.throughput)
    at, row = np.arange(pairs), p.row
    unmet, level = pairs + np.arange(rows), pairs + rows + np.arange(items)
    first, second, third = rows, rows + supply, rows + supply + gates
    parts = [
        (row, at, np.ones(pairs)),
        (np.arange(rows), unmet, np.ones(rows)),
        (first + p.item[row] * p.stock.shape[1] + p.source, at, np.ones(pairs)),
        (second + p.depot[p.source], at, p.load[p.item[row]]),
        (third + np.arange(rows), unmet, np.ones(rows)),
        (third + np.arange(rows), level[p.item], -p.need),
    ]
    count = third + rows
    lower, upper = np.full(count, -np.inf), np.zeros(count)
    lower[:rows], upper[:rows] = p.need, p.need
    upper[first:second], upper[second:third] = p.stock.ravel(), p.throughput
    weight = np.full(items, FAIR * float(p.penalty @ p.need) / items)
    return Whole(
        np.concatenate([p.cost, p.penalty, weight]),
        np.concatenate([np.full(pairs + rows, np.inf), np.ones(items)]),
        *(np.concatenate(column) for column in zip(*parts, strict=True)),
        lower,
        upper,
        pairs,
        items,
    )


def parts_of(asked: Whole, x: np.ndarray) -> tuple[float, float, float]:
    """Travel, weighed shortage and shares of a solution."""
    cuts = [slice(0, asked.pairs), slice(asked.pairs, -asked.items), slice(-asked.items, None)]
    return tuple(float(asked.cost[cut] @ x[cut]) for cut in cuts)


def ours_in_parts(asked: Whole, solution: Solution) -> tuple[float, float, float]:
    """The same of ours."""
    p = solution.layout.programme
    unmet = p.need - np.bincount(p.row, solution.flow, len(p.need))
    share = np.divide(unmet, p.need, out=np.zeros_like(unmet), where=p.need > 0)
    level = np.array([share[p.item == k].max(initial=0.0) for k in range(asked.items)])
    return parts_of(asked, np.concatenate([solution.flow, unmet, level]))


Times = tuple[float, float]
"""Seconds by the clock and of the processor: on a machine that others use, the second is the fairer one."""


def clocked(work) -> Times:
    """How long it takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def medians(times: list[Times]) -> Times:
    """Of each clock."""
    wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
    return wall, cpu


def glop(asked: Whole) -> tuple[Times, np.ndarray | None]:
    """Times and solution of OR-Tools GLOP; None: it did not come to its end."""
    from ortools.linear_solver.python import model_builder_helper

    helper = model_builder_helper.ModelBuilderHelper()
    matrix = _by_rows(asked)
    helper.fill_model_from_sparse_data(
        np.zeros(len(asked.cost)), asked.upper, asked.cost, asked.lower_row, asked.upper_row, matrix
    )
    solver = model_builder_helper.ModelSolverHelper("glop")
    solver.set_time_limit_in_seconds(LIMIT)
    took = clocked(lambda: solver.solve(helper))
    return took, np.array(solver.variable_values()) if solver.has_solution() else None


def _by_rows(asked: Whole):
    from scipy.sparse import csr_matrix

    shape = (len(asked.lower_row), len(asked.cost))
    return csr_matrix((asked.value, (asked.row, asked.column)), shape=shape)


def highs(asked: Whole) -> tuple[Times, np.ndarray | None]:
    """The same of HiGHS's simplex on the whole programme."""
    import highspy

    matrix = _by_rows(asked).tocsc()
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(asked.cost), len(asked.lower_row)
    model.col_cost_, model.col_lower_, model.col_upper_ = asked.cost, np.zeros(len(asked.cost)), asked.upper
    model.row_lower_, model.row_upper_ = asked.lower_row, asked.upper_row
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("solver", "simplex")
    solver.setOptionValue("time_limit", LIMIT)
    solver.passModel(model)
    took = clocked(solver.run)
    done = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return took, np.array(solver.getSolution().col_value) if done else None


PEERS = {"OR-Tools GLOP": ("ortools", glop), "HiGHS simplex": ("highspy", highs)}


def changes(asked: Asked) -> list[Asked]:
    """Small changes after the plan: one need more, one lot less, one gate wider."""
    need, lot, gate = asked.needs[7], asked.lots[3], asked.depots[2]
    return [
        replace(asked, needs=(*asked.needs[:7], replace(need, units=need.units + 60), *asked.needs[8:])),
        replace(asked, lots=(*asked.lots[:3], replace(lot, units=lot.units * 0.7), *asked.lots[4:])),
        replace(
            asked,
            depots=(*asked.depots[:2], replace(gate, throughput=gate.throughput * 1.2), *asked.depots[3:]),
        ),
    ]


def compare(size: tuple[int, int, int], rounds: int, peer_rounds: int) -> list[str]:
    """One size: ours planned from nothing and anew, and each peer, interleaved; medians. Our loops are
    compiled first."""
    asked, taken, anew, peers = world(*size), [], [], {}
    Planner().solve(world(8, 40, 10))
    for at in range(rounds):
        planner = Planner()
        solution, took = _planned(planner, asked)
        taken.append(took)
        anew += [_planned(planner, other)[1] for other in changes(asked)]
        compared = whole(asked, solution)
        for name, (package, solve) in PEERS.items():
            if _version(package) and at < peer_rounds:
                peers.setdefault(name, []).append(solve(compared))
    label = " × ".join(map(str, size))
    return [f"| {label} | {line} |" for line in _lines(taken, anew, peers, compared, solution)]


def _planned(planner: Planner, asked: Asked) -> tuple[Solution, Times]:
    solved = []
    took = clocked(lambda: solved.append(planner.solve(asked)))
    assert solved[0].proof.holds(), solved[0].proof
    return solved[0], took


def _lines(taken: list[Times], anew: list[Times], peers: dict, compared: Whole, solution: Solution):
    wall, cpu = medians(taken)
    mine = ours_in_parts(compared, solution)
    yield f"Tocsin, from nothing | {wall:.2f} | {cpu:.2f} | 1 | proved, gap {solution.proof.gap:.0e}"
    again = medians(anew)
    yield f"Tocsin, after a small change | {again[0]:.3f} | {again[1]:.3f} | {again[1] / cpu:.2f} | proved"
    for name, found in peers.items():
        took, x = medians([times for times, _ in found]), found[-1][1]
        said = f"no optimum in {LIMIT:.0f} s"
        if x is not None:
            parts = parts_of(compared, x)
            off = [abs(a - b) / max(abs(b), 1e-9) for a, b in zip(parts, mine, strict=True)]
            said = "travel, shortage, shares differ by " + ", ".join(f"{one:.0e}" for one in off)
        yield f"{name} | {took[0]:.2f} | {took[1]:.2f} | {took[1] / cpu:.1f} | {said}"


def roads() -> list[str]:
    """Reading the maps that are there, and a matrix of 50 × 500 on each."""
    lines = []
    for path in sorted(MAPS.glob("*.osm.pbf")):
        began = time.perf_counter()
        read = read_roads(path)
        loaded, graph, chance = time.perf_counter() - began, read.graph, np.random.default_rng(1)
        places = graph.points[chance.integers(0, len(graph.points), 550)]
        times = RoadTimes(graph)
        times.seconds(places[:1], places[50:])
        took = []
        for _ in range(3):
            began = time.perf_counter()
            times.seconds(places[:50], places[50:])
            took.append(time.perf_counter() - began)
        lines.append(
            f"| {path.name} | {len(graph.points)} / {len(graph.tail)} | {loaded:.2f} | "
            f"{1000 * statistics.median(took):.0f} | {_scipy(graph, places):.0f} | {graph.connected:.0%} | "
            f"{read.turns} / {read.turns_ignored} |"
        )
    return lines


def _scipy(graph, places) -> float:
    """Milliseconds of scipy's search from 50 of the nodes, turns not honoured."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    matrix = csr_array((graph.seconds, (graph.tail, graph.head)), (len(graph.points),) * 2)
    began = time.perf_counter()
    dijkstra(matrix, indices=RoadTimes(graph).nearest(places[:50])[0])
    return 1000 * (time.perf_counter() - began)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def table(rounds: int = 3) -> list[str]:
    """The comparison as lines of Markdown."""
    packages = ("ortools", "highspy", "scipy", "numba", "osmium")
    versions = ", ".join(f"{name} {_version(name) or 'not installed: skipped'}" for name in packages)
    lines = [
        "### Scarce supplies",
        "",
        f"Python {platform.python_version()}, {versions}; seed 1; medians of {rounds} rounds, but each peer "
        "solves the large size once.",
        "",
        "| depots × sites × items | solver | s | processor s | × ours | agreement |",
        "|---|---|---|---|---|---|",
    ]
    for size, peers in zip(SIZES, (rounds, 1), strict=True):
        lines += compare(size, rounds, peers)
    found = roads()
    if not found:
        return [*lines, "", "No maps in ../shared/data/road_networks: road networks skipped."]
    head = "| map | nodes / pieces | read, s | 50 × 500, ms | scipy, ms | connected | turns kept / not |"
    return [*lines, "", "### Road networks", "", head, "|---|---|---|---|---|---|---|", *found]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.allot.supply")
    parser.add_argument("--rounds", type=int, default=3)
    print("\n".join(table(parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
