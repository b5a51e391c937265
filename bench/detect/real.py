"""The labelled real series: six weekly counts of four years in which the RKI's staff marked outbreaks.

The first two years are history, the last two are tested; that is less than the five years which the peer is
made for, so it runs with one year back. The files are not part of the project (GPL-2, from R's
surveillance): the folder that holds k1.csv and m1.csv … m5.csv is named with --series.
"""

import csv
from datetime import date
from pathlib import Path

import numpy as np

from bench.detect import peer
from tocsin.engine.detect.regression import Regression
from tocsin.engine.detect.sequential import Sequential
from tocsin.engine.detect.shard import Shard, Step
from tocsin.engine.detect.sharding import in_parts

FIRST = 104
ALPHA = 0.01
NAMES = ("k1", "m1", "m2", "m3", "m4", "m5")


def compared(folder: Path, *, with_peer: bool) -> list[str]:
    """Lines of a Markdown table: labelled outbreaks found, alarms outside them, at p < 0.01."""
    counts, states = (
        np.array(column) for column in zip(*(_read(folder / f"{n}.csv") for n in NAMES), strict=True)
    )
    shard = Shard(NAMES, counts, np.zeros(len(counts), dtype=np.int64), Step.WEEK, date(2004, 12, 27))
    found = {name: in_parts(detector, shard, FIRST).p < ALPHA for name, detector in DETECTORS.items()}
    if with_peer:
        found["farringtonFlexible (R), one year back"] = peer.scores(counts, FIRST, years=1)[0] > -np.log(
            ALPHA
        )
    lines = ["detector | outbreaks found | of | weeks of them alarmed | of | alarms outside | of weeks"]
    lines += ["|".join(["---"] * 7)]
    return lines + [f"{name} | {_row(alarms, states[:, FIRST:] > 0)}" for name, alarms in found.items()]


DETECTORS = {"sequential (default)": Sequential(), "regression, one week": Regression()}


def _read(path: Path) -> tuple[list[int], list[int]]:
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [int(row["observed"]) for row in rows], [int(row["state"]) for row in rows]


def _row(alarms: np.ndarray, during: np.ndarray) -> str:
    outbreaks = [part for row, said in zip(during, alarms, strict=True) for part in _outbreaks(row, said)]
    figures = (sum(outbreaks), len(outbreaks), (alarms & during).sum(), during.sum())
    return " | ".join(str(int(figure)) for figure in (*figures, (alarms & ~during).sum(), (~during).sum()))


def _outbreaks(during: np.ndarray, alarms: np.ndarray) -> list[bool]:
    edges = np.flatnonzero(np.diff(np.r_[0, during.astype(int), 0]))
    return [bool(alarms[begin:end].any()) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
