"""Outbreak detectors side by side on the standard simulation, R's surveillance among them if it is installed.

    python -m bench.detect [--each 20] [--many 100] [--seed 20240607] [--out FILE]

Every detector is given the same series; thresholds are set on the twins without a current outbreak, at 1 %
false alarms. With 20 series a scenario a POD is known within three points; what needs no R is measured once
more on `--many` series a scenario, as many as the published design has. The table is written as Markdown,
the chart beside it as SVG (needs matplotlib, see requirements/bench.in).
"""

import argparse
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.detect import chart, oracle, peer
from bench.detect.measures import HEAD, RULE, Measures, at_rate, at_threshold
from bench.detect.real import compared
from bench.detect.simulation import SHAPES, Trial, trial
from bench.detect.zoned import zoned
from tocsin.engine.detect.baseline import Baseline
from tocsin.engine.detect.cusum import Cusum
from tocsin.engine.detect.ears import Ears
from tocsin.engine.detect.moving_percentile import MovingPercentile
from tocsin.engine.detect.regression import Regression
from tocsin.engine.detect.sequential import Sequential
from tocsin.engine.detect.sharding import in_parts

DESIGN_YEAR = 364.0
"""The design's year has 52 weeks."""
BASELINE = Baseline(year=DESIGN_YEAR)
OURS = {
    "sequential (default)": Sequential(BASELINE),
    "regression, one week": Regression(BASELINE),
    "EARS C1": Ears("C1"),
    "EARS C2": Ears("C2"),
    "EARS C3": Ears("C3"),
    "CUSUM": Cusum(),
    "moving percentile": MovingPercentile(),
}
OWN = {"EARS C1": 3.0, "EARS C2": 3.0, "EARS C3": 2.0, "CUSUM": 5.0, "moving percentile": 0.8}
"""Thresholds with which they are commonly run; the others' is p < 0.01."""
NEAR = ("sequential (default)", "regression, one week")
"""Detectors that come near the limits."""
PEER = "farringtonFlexible (R)"
SHIFT = 0.7
FEW = 4
"""Series a scenario for the held-out shapes."""


@dataclass(frozen=True)
class Row:
    """A detector's measures; `own` at its own threshold, if it has one; series-weeks a second of one core."""

    name: str
    measures: Measures
    own: Measures | None
    speed: float | None


def rows(given: Trial, *, with_peer: bool, named: Sequence[str] = tuple(OURS)) -> list[Row]:
    """The limits, the named detectors of ours and, if asked for, the peer on one trial."""
    limits = {"limit: one week, law known": oracle.one_week, "limit: all weeks, law known": oracle.all_weeks}
    found = [
        Row(name, at_rate(law(given, given.counts), law(given, given.twin), given), None, None)
        for name, law in limits.items()
    ]
    found += [_ours(name, given) for name in named]
    return [*found, _peer(given)] if with_peer else found


def _ours(name: str, given: Trial) -> Row:
    began = time.process_time()
    pair = [in_parts(OURS[name], given.shard(counts), given.first) for counts in (given.counts, given.twin)]
    speed = 2 * given.counts.shape[0] * (given.counts.shape[1] - given.first) / (time.process_time() - began)
    measures = at_rate(pair[0].score, pair[1].score, given)
    own = [scores.score for scores in pair] if name in OWN else [-np.log(scores.p) for scores in pair]
    at_own = at_threshold(*own, given, OWN.get(name, -np.log(0.01)))
    print(f"{name}: POD {measures.pod:.1f}, {speed:,.0f} series-weeks/s", flush=True)
    return Row(name, measures, at_own, speed)


def _peer(given: Trial) -> Row:
    (scores, one), (twins, two) = (peer.scores(counts, given.first) for counts in (given.counts, given.twin))
    print(f"{PEER}: done in {one + two:.0f} s of processor time", flush=True)
    measures = at_rate(scores, twins, given)
    return Row(
        PEER, measures, at_threshold(scores, twins, given, -np.log(0.01)), 2 * scores.size / (one + two)
    )


def held_out(seed: int, *, with_peer: bool) -> list[tuple[str, str, Measures]]:
    """Other shapes of outbreaks than the design's, and a shift of the level two years before."""
    trials = {shape: trial(FEW, seed, shape) for shape in list(SHAPES)[1:]}
    trials["design, level doubled two years before"] = trial(FEW, seed, shift=SHIFT)
    found, twins = [], None
    for name, given in trials.items():
        for detector in NEAR:
            pair = [
                in_parts(OURS[detector], given.shard(c), given.first).score
                for c in (given.counts, given.twin)
            ]
            found.append((name, detector, at_rate(*pair, given)))
        if with_peer:
            if twins is None or "level" in name:
                twins = peer.scores(given.twin, given.first)[0]
            found.append((name, PEER, at_rate(peer.scores(given.counts, given.first)[0], twins, given)))
        print(f"{name}: done", flush=True)
    return found


def main() -> None:
    """Runs everything and writes the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.detect")
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--many", type=int, default=100)
    parser.add_argument("--seed", type=int, default=20240607)
    parser.add_argument("--out", type=Path, default=Path("docs/reference/detection-bench.md"))
    parser.add_argument("--series", type=Path, default=Path("../shared/data/outbreak_series"))
    asked = parser.parse_args()
    with_peer = peer.found()
    if not with_peer:
        print("R's surveillance is not installed (Debian: r-base-core r-cran-surveillance): left out")
    began = time.time()
    table = rows(trial(asked.each, asked.seed), with_peer=with_peer)
    well = rows(trial(asked.many, asked.seed + 1), with_peer=False, named=NEAR)
    others = held_out(asked.seed, with_peer=with_peer)
    more = ["## Evidence shared by nine neighbours", "", *zoned(asked.seed), ""]
    if asked.series.is_dir():
        more += ["## Labelled real series, at p < 0.01", "", *compared(asked.series, with_peer=with_peer), ""]
    else:
        print(f"no labelled series at {asked.series} (--series): left out")
    asked.out.write_text(_page(asked, table, well, others, more, time.time() - began), "utf-8")
    chart.draw(table, asked.out.with_suffix(".svg"))
    print(asked.out.read_text("utf-8"))


def _page(
    asked: argparse.Namespace,
    table: list[Row],
    well: list[Row],
    others: list[tuple[str, str, Measures]],
    more: list[str],
    seconds: float,
) -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        "# Detectors side by side",
        "",
        f"Made by `python -m bench.detect --each {asked.each} --many {asked.many} --seed {asked.seed}` at "
        f"commit {commit} in {seconds / 60:.0f} minutes; {memory:.0f} MiB at most. The simulation and its "
        "source are told in `bench/detect/simulation.py`, the limits in `bench/detect/oracle.py`. Percent; "
        "the delay in weeks.",
        "",
        "“POD, one alert an event”: after an alert a series is quiet for two weeks "
        "(`engine/detect/alerts.py`), and 1 % of calm weeks bring an alert. The other columns count every "
        "week in which evidence stands, 1 % of calm weeks.",
        "",
        "![POD and sensitivity of each detector](detection-bench.svg)",
        "",
        *_compared(f"At 1 % false alarms, {asked.each} series a scenario", table),
        *_compared(f"The same on {asked.many} series a scenario", well),
    ]
    for name, found in (("", table), (f", {asked.many} series a scenario", well)):
        lines += [f"## At the detector's own p of 0.01{name}", ""]
        lines += [f"detector | {HEAD} | FPR of each parameter set / nominal", f"{RULE}|---"]
        lines += [*(f"{row.name} | {row.own.row()} | {_sets(row.own)}" for row in found if row.own), ""]
    lines += ["## Held-out outbreaks and shifted levels, at 1 % false alarms", ""]
    lines += [f"outbreak | detector | {HEAD}", f"{RULE}|---"]
    lines += [f"{shape} | {name} | {measures.row()}" for shape, name, measures in others]
    return "\n".join([*lines, "", *more])


def _compared(title: str, found: list[Row]) -> list[str]:
    lines = [f"## {title}", "", f"detector | {HEAD} | series-weeks/s a core", f"{RULE}|---"]
    return [*lines, *(f"{row.name} | {row.measures.row()} | {_speed(row.speed)}" for row in found), ""]


def _speed(speed: float | None) -> str:
    return "" if speed is None else f"{float(f'{speed:.2g}'):,.0f}"


def _sets(measures: Measures) -> str:
    return ", ".join(f"{share * measures.fpr:.2f}" for share in measures.by_set)


if __name__ == "__main__":
    main()
