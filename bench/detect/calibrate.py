"""Makes src/tocsin/engine/detect/calibration_table.py: quantiles of the score when nothing is going on, and
the share of alarms that begin an alert.

    python -m bench.detect.calibrate            (under a minute on two cores)

At each point of the grid, paths of counts with a constant mean and spread are scored by the chain, whose
forecast errs as that of a fit to six years of weeks was seen to err: the logarithm of the mean by a normal
error that stays, the spread by a gamma one of relative variance (2 + excess kurtosis of a count) / weeks.
"""

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np

from tocsin.engine.detect.alerts import alerts
from tocsin.engine.detect.baseline import Forecast
from tocsin.engine.detect.courses import Courses
from tocsin.engine.detect.sequential import WARM, Chain

SEED = 20261124
MEANS = 2.0 ** np.arange(-5, 11)
SPREADS = np.array([1.0, 1.1, 1.3, 1.6, 2.2, 3.2, 5.0, 9.0])
TAILS = (1.0, 0.99, 0.95, 0.9, 0.8, 0.65, 0.5, 0.35, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
TAILS += (0.0005, 0.0002, 0.0001)
PATHS, STEPS = 16000, 60
DOUBT = 0.022
"""Of a fit to six years, in units of spread over mean: what the baseline reports."""
ERROR = 1.8
"""The square of its real error over that, past outbreaks and a shrinkage chosen by the data included."""
WEEKS = 300
COARSEST = 0.1
"""Bound of the relative variance of a spread."""
TABLE = Path(__file__).parents[2] / "src/tocsin/engine/detect/calibration_table.py"


def quantiles(mean: float, spread: float) -> tuple[list[float], list[float]]:
    """The scores that are reached with each chance of TAILS, and the rate of alerts over that of alarms for
    each as a threshold."""
    chance = np.random.default_rng([SEED, int(mean * 1024), int(spread * 1000)])
    paths = np.array(_paths(chance, mean, spread)).T
    scores = np.sort(paths, axis=None)
    places = np.ceil((1.0 - np.array(TAILS)) * len(scores)).astype(int)
    reached = [float(score) for score in scores[np.minimum(places, len(scores) - 1)]]
    return reached, [_begun(paths >= score) for score in reached]


def _begun(alarms: np.ndarray) -> float:
    return float(alerts(alarms).sum() / max(alarms.sum(), 1))


def _paths(chance: np.random.Generator, mean: float, spread: float) -> list[np.ndarray]:
    doubt = DOUBT * spread / mean
    guessed = mean * np.exp(chance.normal(0.0, np.sqrt(ERROR * doubt), PATHS))
    kurtosis = 6.0 * (spread - 1.0) / mean + 1.0 / (spread * mean)
    coarse = min((2.0 + kurtosis) / WEEKS, COARSEST)
    width = np.maximum(chance.gamma(1.0 / coarse, spread * coarse, PATHS), 1.0)
    chain, scores = Chain(PATHS, Courses()), []
    for step in range(WARM + STEPS):
        forecast = Forecast(step, guessed, width, np.full(PATHS, doubt))
        y = chance.poisson(mean, PATHS) if spread == 1 else _counts(chance, mean, spread)
        score = chain.see(y.astype(float), *chain.expected(forecast), forecast)
        if step >= WARM:
            scores.append(score)
    return scores


def _counts(chance: np.random.Generator, mean: float, spread: float) -> np.ndarray:
    return chance.negative_binomial(mean / (spread - 1.0), 1.0 / spread, PATHS)


def main() -> None:
    """Writes the table, a line for each point of the grid."""
    points = [(float(mean), float(spread)) for mean in MEANS for spread in SPREADS]
    rows, begun = [], []
    with ProcessPoolExecutor() as pool:
        for at, (row, shares) in enumerate(pool.map(quantiles, *zip(*points, strict=True))):
            rows.append(row)
            begun.append(shares)
            print(f"\r{at + 1} of {len(points)} ", end="", flush=True)
    table = np.array(rows).reshape(len(MEANS), len(SPREADS), -1)
    TABLE.write_text(_source(table, np.array(begun).mean(0)), "utf-8")
    print(f"\nalerts over alarms, least and most: {np.min(begun, 0).round(2)} {np.max(begun, 0).round(2)}")
    print(f"\n{TABLE}")


def _source(table: np.ndarray, begun: np.ndarray) -> str:
    lines = ['"""Made by bench/detect/calibrate.py; what it means is told in `calibration`."""', ""]
    lines += ["# fmt: off", f"TAILS = {TAILS}", f"BEGUN = {_row(begun)}"]
    lines += [f"LOG_MEANS = {_row(np.log(MEANS))}", f"LOG_SPREADS = {_row(np.log(SPREADS))}", "QUANTILES = ("]
    for block in table:
        lines += ["    (", *(f"        {_row(row)}," for row in block), "    ),"]
    return "\n".join([*lines, ")", ""])


def _row(values: np.ndarray) -> str:
    return "(" + ", ".join(f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}" for value in values) + ")"


if __name__ == "__main__":
    main()
