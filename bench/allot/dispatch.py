"""Units to requests beside scipy's dense solver and LAPJV, with the matrix that they need.

Places are uniform in a rectangle of about 100 by 55 km, integer weights, every request asks for one unit. The
peers are given the matrix of weighted seconds, whose making (chords by scipy, arcs by NumPy) is counted, as
our tree is. Where there are more requests than units, a request unmet costs a day for each of us: the peers'
matrix is less that. All find the same cost, or the row says so. A round asks all solvers once, in turn.
"""

import importlib
import importlib.metadata
import importlib.util
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from tocsin.engine.allot.dispatch.dispatching import dispatch
from tocsin.engine.allot.dispatch.instance import PATIENCE
from tocsin.engine.allot.dispatch.nearest import sphere
from tocsin.engine.allot.dispatch.overriding import cost_of
from tocsin.engine.allot.dispatch.replanning import with_requests, without_request, without_unit
from tocsin.engine.allot.dispatch.requests import Requests, Units
from tocsin.engine.allot.travel import RADIUS, StraightLine

SEED = 20261128
CORNERS = ((113.7, 22.4), (114.7, 22.9))
CASES = {
    (1000, 2000, 5): 5,
    (5000, 10000, 5): 3,
    (1000, 1050, 5): 5,
    (5000, 5250, 5): 3,
    (1000, 800, 5): 3,
    (5000, 4000, 1): 3,
    (5000, 4000, 5): 1,
}
"""Requests, units, the highest weight: rounds."""
LAPX = {(1000, 2000, 5), (5000, 10000, 5), (1000, 1050, 5)}
"""Cases that lapx ends in time."""
CHANGES = 40
LINE = StraightLine()


@dataclass(frozen=True)
class Answer:
    """What a solver found, and how long all of it took and its solving alone."""

    cost: float
    seconds: float
    solving: float


def town(n: int, m: int, highest: int = 5, seed: int = SEED) -> tuple[Requests, Units]:
    """An instance."""
    chance = np.random.default_rng(seed)
    weight = chance.integers(1, highest + 1, n).astype(float)
    ones, none = np.ones(max(n, m), dtype=np.int64), np.zeros(max(n, m), dtype=np.int64)
    requests = Requests(_names("r", n), chance.uniform(*CORNERS, (n, 2)), weight, none[:n], ones[:n])
    return requests, Units(_names("u", m), chance.uniform(*CORNERS, (m, 2)), none[:m], ones[:m])


def _names(letter: str, count: int) -> tuple[str, ...]:
    return tuple(f"{letter}{at}" for at in range(count))


def ours(requests: Requests, units: Units) -> Answer:
    """Tree, lists, search; the state for re-planning is part of it."""
    began = time.perf_counter()
    found = dispatch(requests, units)
    return Answer(found.cost, time.perf_counter() - began, 0.0)


def dense(solve: Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]) -> Callable[..., Answer]:
    """A solver that wants the whole matrix."""

    def run(requests: Requests, units: Units) -> Answer:
        began = time.perf_counter()
        chord = cdist(sphere(requests.places), sphere(units.places))
        factor = 2 * RADIUS * LINE.detour * 3.6 / LINE.speed_kmh
        cost = np.arcsin(np.minimum(chord / 2, 1.0)) * (factor * requests.weight[:, None])
        less = requests.weight * PATIENCE if len(requests.ids) > len(units.ids) else np.zeros(len(cost))
        if less.any():
            cost -= less[:, None]
        made = time.perf_counter()
        row, column = solve(cost)
        ended = time.perf_counter()
        return Answer(float(cost[row, column].sum() + less.sum()), ended - began, ended - made)

    return run


def _lapx(cost: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    _, row, column = importlib.import_module("lap").lapjvx(cost, extend_cost=True)
    return row, column


def compared() -> Iterator[str]:
    """A line for each case and solver."""
    has_lapx = importlib.util.find_spec("lap") is not None
    for case, rounds in CASES.items():
        solvers = {"ours": ours, "scipy linear_sum_assignment": dense(linear_sum_assignment)}
        if has_lapx and case in LAPX:
            solvers["lapx lapjvx"] = dense(_lapx)
        answers: dict[str, list[Answer]] = {name: [] for name in solvers}
        for turn in range(rounds):
            instance = town(*case, seed=SEED + turn)
            for name, solver in solvers.items():
                answers[name].append(solver(*instance))
        print(f"dispatch {case}: done", flush=True)
        yield from _lines(case, answers)


def _lines(case: tuple[int, int, int], answers: dict[str, list[Answer]]) -> Iterator[str]:
    own = answers["ours"]
    for name, found in answers.items():
        ratio = median(one.seconds / mine.seconds for one, mine in zip(found, own, strict=True))
        same = all(abs(one.cost / mine.cost - 1) < 1e-9 for one, mine in zip(found, own, strict=True))
        solving = "" if name == "ours" else f"{1000 * median(one.solving for one in found):,.0f}"
        size, taken = f"{case[0]:,} × {case[1]:,}, 1–{case[2]}", median(one.seconds for one in found)
        told = (size, name, f"{1000 * taken:,.1f}", solving, f"{ratio:.1f}", "equal" if same else "DIFFERS")
        yield f"| {' | '.join(told)} |"


def changed(n: int, m: int) -> str:
    """One change after another on a plan, each timed; the last plan is verified."""
    found = dispatch(*town(n, m))
    chance = np.random.default_rng(SEED)
    times: dict[str, list[float]] = {"more": [], "less": [], "lost": [], "override": []}
    for at in range(CHANGES):
        one = Requests((f"n{at}",), chance.uniform(*CORNERS, (1, 2)), np.full(1, 3.0), *np.array([[0], [1]]))
        for name, job in (
            ("more", lambda plan: with_requests(plan, one)),  # noqa: B023 (called at once)
            ("less", lambda plan: without_request(plan, f"r{at}")),  # noqa: B023 (called at once)
            ("lost", lambda plan: without_unit(plan, f"u{at}")),  # noqa: B023 (called at once)
        ):
            began = time.perf_counter()
            found = job(found)
            times[name].append(time.perf_counter() - began)
        began = time.perf_counter()
        cost_of(found, f"n{at}", f"u{at + CHANGES}")
        times["override"].append(time.perf_counter() - began)
    began = time.perf_counter()
    proof = found.verify()
    cells = " | ".join(f"{1000 * median(own):.2f} ({1000 * min(own):.2f})" for own in times.values())
    said = "proved" if proof.proved else "NOT PROVED"
    return f"| {n:,} × {m:,} | {cells} | {time.perf_counter() - began:.1f} s, {said} |"


def table() -> list[str]:
    """Both comparisons in Markdown."""
    for case in ((50, 60), (60, 50), (60, 50, 1)):
        ours(*town(*case))
    changed(60, 120)
    versions = ", ".join(f"{name} {_version(name)}" for name in ("scipy", "lapx", "numba", "numpy"))
    return [
        "## Dispatch",
        "",
        f"{versions}; seed {SEED}. Milliseconds, medians over rounds, the matrix or the tree included; the "
        "ratio is the median over rounds of each solver's time to ours.",
        "",
        "| requests × units, weights | solver | ms | of it solving | × ours | cost |",
        "|---|---|---|---|---|---|",
        *compared(),
        "",
        f"One change to a plan, ms: median (least) of {CHANGES}, one after another; then every pair is seen "
        "anew.",
        "",
        "| requests × units | request more | request less | unit lost | cost of an override | verified |",
        "|---|---|---|---|---|---|",
        *(changed(*case) for case in ((5000, 10000), (5000, 5250))),
    ]


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed: skipped"
