"""Reports for the tests: crashes in a made-up town, and the real calls."""

import csv
import lzma
from pathlib import Path

from tocsin.engine.gather.geocodes import default_points, placed
from tocsin.engine.gather.reports import Position, Report
from tocsin.engine.gather.rows import report

TRUTH = Path(__file__).parent / "truth"
NOON = 1_450_000_000.0
NORTH = 1 / 111_195
"""A metre northwards, in degrees."""


def crash(name, minutes=0.0, channel="EMS", metres=0.0, names=("MAIN ST", "OAK AVE"), **more):
    """A vehicle accident some minutes after noon, some metres north of the corner."""
    given = {
        "kind": "VEHICLE ACCIDENT",
        "position": Position(-75.3, 40.1 + metres * NORTH),
        "names": names,
        **more,
    }
    return Report(name, NOON + 60 * minutes, channel=channel, **given)


def calls():
    """The 9,227 calls, as one reads them from a table."""
    with lzma.open(TRUTH / "calls.csv.xz", "rt", encoding="utf-8") as file:
        read = [report(row, "") for row in csv.DictReader(file)]
    defaults = default_points(read)
    return [placed(one, defaults) for one in read]


def verdicts(name):
    """Labelled pairs: ids and whether they are one event; the unsure ones left out."""
    with (TRUTH / name).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {(row["a"], row["b"]): row["verdict"] == "same" for row in rows if row["verdict"] != "unsure"}


def ids(groups):
    """The ids of each group."""
    return [tuple(report.id for report in group.reports) for group in groups]
