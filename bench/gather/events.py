"""Candidate incidents of real calls: how right, how fast, beside what one would do in an hour.

The calls, the labelled pairs and how they were made: tests/engine/gather/truth/SOURCE.txt. Peers:

- same address: calls of one address belong together if no more than an hour lies between one and the next;
- DBSCAN in space and time: the published way for such streams (Birant, Kut, ST-DBSCAN, Data & Knowledge
  Engineering 60 (2007) 208-221), here on scipy's cKDTree with seconds turned into metres, at the two settings
  of a small grid that do best on the develop part, once with kinds of one family only;
- best link: ours without any grouping: the pairs whose weight is above 0, joined up in chains.

Precision and recall are over the labelled pairs of each part; unsure ones are left out.
"""

import csv
import lzma
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from statistics import median

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from tocsin.engine.gather import CALLS, Gathering, Report
from tocsin.engine.gather.comparing import X, Z, marks, numbers
from tocsin.engine.gather.estimation import learned
from tocsin.engine.gather.geocodes import default_points, placed
from tocsin.engine.gather.kinds import DEFAULT
from tocsin.engine.gather.rows import report
from tocsin.engine.gather.window import Window

TRUTH = Path(__file__).parents[2] / "tests/engine/gather/truth"
ROUNDS = 5
HOUR = 3600.0
REACH = 2500.0
GRID = [(metres, minutes) for metres in (50.0, 300.0, 1000.0) for minutes in (5.0, 15.0, 30.0)]
Labels = dict[str, int]


@lru_cache(maxsize=1)
def calls() -> list[Report]:
    """All calls in order of time."""
    with lzma.open(TRUTH / "calls.csv.xz", "rt", encoding="utf-8") as file:
        read = [report(row, "") for row in csv.DictReader(file)]
    defaults = default_points(read)
    return sorted((placed(one, defaults) for one in read), key=lambda one: (one.seconds, one.id))


def verdicts(part: str) -> dict[tuple[str, str], bool]:
    """Labelled pairs."""
    with (TRUTH / f"calls_{part}.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {(row["a"], row["b"]): row["verdict"] == "same" for row in rows if row["verdict"] != "unsure"}


def ours(reports: list[Report]) -> Labels:
    """Through the streaming interface, call by call."""
    gathering = Gathering()
    groups = [group for one in reports for group in gathering.add(one)]
    groups += gathering.close()
    return {one.id: number for number, group in enumerate(groups) for one in group.reports}


def best_link(reports: list[Report]) -> Labels:
    """Chains of pairs of weight above 0."""
    window = Window(REACH, HOUR, DEFAULT.persons)
    pairs = []
    for one in reports:
        row = window.push(numbers(one), marks(one, DEFAULT))
        found, weights = window.search(row, CALLS)
        pairs += [(row, other) for other in found[weights > 0.0].tolist()]
    return _joined(reports, np.array(pairs))


def same_address(reports: list[Report]) -> Labels:
    """One address, no more than an hour from call to call."""
    last: dict[frozenset[str], tuple[float, int]] = {}
    labels: Labels = {}
    for number, one in enumerate(reports):
        at, label = last.get(frozenset(one.names), (-HOUR, -1))
        label = label if one.seconds - at <= HOUR and one.names else number
        last[frozenset(one.names)] = (one.seconds, label)
        labels[one.id] = label
    return labels


def dbscan(metres: float, minutes: float, *, families: bool) -> Callable[[list[Report]], Labels]:
    """Calls within `metres` and `minutes` of each other, in chains; `families`: of kinds that are kin."""

    def run(reports: list[Report]) -> Labels:
        rows = np.array([numbers(one) for one in reports])
        since = (rows[:, :1] - rows[0, 0]) * metres / (60.0 * minutes)
        tree = cKDTree(np.concatenate([rows[:, X : Z + 1], since], axis=1))
        pairs = tree.query_pairs(metres, output_type="ndarray")
        if families:
            bits = np.array([DEFAULT.of(one.kind) for one in reports])
            pairs = pairs[(bits[pairs[:, 0]] & bits[pairs[:, 1]]) != 0]
        return _joined(reports, pairs)

    return run


def _joined(reports: list[Report], pairs: np.ndarray) -> Labels:
    ones = np.ones(len(pairs))
    graph = coo_matrix((ones, (pairs[:, 0], pairs[:, 1])), shape=(len(reports), len(reports)))
    labels = connected_components(graph, directed=False)[1]
    return {one.id: int(label) for one, label in zip(reports, labels, strict=True)}


def right(labels: Labels, part: str) -> tuple[float, float]:
    """Precision and recall over the labelled pairs."""
    truth = verdicts(part)
    joined = [pair for pair in truth if labels[pair[0]] == labels[pair[1]]]
    hits = sum(truth[pair] for pair in joined)
    return hits / max(len(joined), 1), hits / sum(truth.values())


def _balance(rates: tuple[float, float]) -> float:
    return 2.0 * rates[0] * rates[1] / max(sum(rates), 1e-9)


def _tuned(families: bool) -> tuple[str, Callable[[list[Report]], Labels]]:
    """The setting of DBSCAN that does best on the develop part."""
    tried = {at: right(dbscan(*at, families=families)(calls()), "develop") for at in GRID}
    metres, minutes = max(tried, key=lambda at: _balance(tried[at]))
    name = f"DBSCAN, {metres:.0f} m and {minutes:.0f} min" + (", kin only" if families else "")
    return name, dbscan(metres, minutes, families=families)


def table() -> list[str]:
    """Ours and the peers, as rows of Markdown."""
    reports = calls()
    ways = {"Tocsin": ours, "best link, chained": best_link, "same address within an hour": same_address}
    ways |= dict(_tuned(families) for families in (True, False))
    for run in ways.values():
        run(reports)
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, run in ways.items():
            began = time.process_time()
            run(reports)
            times[name].append(time.process_time() - began)
    lines = [
        "way | precision | recall | precision, develop | recall, develop | calls/s of one core",
        "---|---|---|---|---|---",
    ]
    for name, run in ways.items():
        labels = run(reports)
        rates = (*right(labels, "truth"), *right(labels, "develop"))
        shown = " | ".join(f"{rate:.3f}" for rate in rates)
        lines.append(f"{name} | {shown} | {len(reports) / median(times[name]):,.0f}")
    return lines


def weights() -> list[str]:
    """The largest difference between the weights that are built in and those learned anew."""
    again = learned(calls(), CALLS, DEFAULT, REACH, HOUR)
    worst = float(np.abs(again.table - CALLS.table).max())
    return [f"Learned anew from the {len(calls()):,} calls, no weight differs by more than {worst:.2f}."]
