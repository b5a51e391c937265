"""Which of a million, and of ten million, points are in an area: ours, its peers, and the memory's limit.

    python -m bench.reach [--points 1000000 10000000] [--rounds 9] [--seed 20261128] [--write]

Every method gives ids, and all answers are compared id by id. Peers are given the area as WKB, ours a region:
both are rings of numbers in memory, of which each makes what it needs to search (a prepared geometry, an
outline), and that is in the time that is compared. One round asks every method once; the figures are medians
over the rounds. `--write` puts the tables into docs/reference.
"""

import argparse
import platform
import resource
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
import shapely
from shapely.geometry import shape

from bench.reach.peers import PEERS, Ask, set_up
from bench.reach.world import Sample, areas, sample
from tocsin.engine.reach import UNCHANGED, Changes, Region, from_geojson, indexed, moved, reach, taken_up
from tocsin.spine.places.points import PointReader, PointWriter

PAGE = Path("docs/reference/reach-bench.md")
OURS = "ours"
SERVER = "PostGIS GiST"
"""Works in another process, so its time is that of the clock."""
HEAD = (
    "area",
    "inside",
    "count, outline kept",
    "ids, outline kept",
    "ids, from the region",
    "ids, from GeoJSON with all checks",
)
BATCH = 10_000


def milliseconds(job: Callable[[], object]) -> float:
    """How long a job takes once."""
    began = time.perf_counter()
    job()
    return 1000 * (time.perf_counter() - began)


def processor(job: Callable[[], object]) -> float:
    """How long this process works at a job: other processes on the machine don't count."""
    began = time.process_time()
    job()
    return 1000 * (time.process_time() - began)


def asked(points: Sample, rounds: int, drawn: dict[str, dict]) -> Iterator[str]:
    """The table of one number of points."""
    began = time.process_time()
    index = indexed(points.lon, points.lat, points.ids)
    ours = time.process_time() - began
    regions = {name: from_geojson(area) for name, area in drawn.items()}
    methods: dict[str, tuple[Ask, float]] = {}
    for name in PEERS:
        try:
            methods[name] = set_up(name, points)
        except LookupError as missing:
            print(f"{name}: left out, {missing}", flush=True)
    size = sum(column.nbytes for column in (index.lon, index.lat, index.ids, index.begins, index.by_id))
    yield f"## {len(points.ids):,} points"
    yield ""
    yield (
        f"The index is made in {ours:.1f} s and takes {size / len(index):.1f} B a point; "
        + "; ".join(f"{name} is set up in {seconds:.1f} s" for name, (_, seconds) in methods.items())
        + ". Milliseconds; in brackets, how many times ours (from the region)."
    )
    yield ""
    columns = [*HEAD, *methods, "copying the ids", "copying all coordinates"]
    yield f"| {' | '.join(columns)} |"
    yield "|" + "---|" * len(columns)
    for name, area in drawn.items():
        yield _row(name, area, points, index, regions[name], methods, rounds)


def _row(name, area, points, index, region, methods, rounds) -> str:
    truth = np.sort(reach(region, index).ids)
    wkb = shapely.to_wkb(shape(area))
    for peer, (ask, _) in methods.items():
        if not np.array_equal(truth, np.sort(ask(wkb))):
            raise SystemExit(f"{name}: {peer} finds other ids")
    jobs = {
        "count": lambda: reach(region, index).count,
        "ids": lambda: reach(region, index).ids,
        OURS: lambda: reach(Region(region.polygons), index).ids,
        "whole": lambda: reach(from_geojson(area), index).ids,
        **{peer: (lambda ask=ask: ask(wkb)) for peer, (ask, _) in methods.items()},
        "copy": truth.copy,
        "memcpy": lambda: (points.lon.copy(), points.lat.copy()),
    }
    times = {job: [] for job in jobs}
    for _ in range(rounds):
        for job, run in jobs.items():
            times[job].append((milliseconds if job == SERVER else processor)(run))
    found = {job: median(each) for job, each in times.items()}
    print(name, {job: round(ms, 3) for job, ms in found.items()}, flush=True)
    cells = [f"{found[job]:.2f}" for job in ("count", "ids", OURS, "whole")]
    cells += [f"{found[job]:.1f} ({found[job] / found[OURS]:.0f} ×)" for job in [*methods, "copy", "memcpy"]]
    cells[-2] = f"{found['copy']:.3f}"
    return f"| {name} | {len(truth):,} | {' | '.join(cells)} |"


def kept(points: Sample, area: dict, rounds: int, chance: np.random.Generator) -> Iterator[str]:
    """Updates, readers in parallel, and the memory that a process needs."""
    region = from_geojson(area)
    with tempfile.TemporaryDirectory(prefix="tocsin-reach-", dir=".") as folder:
        store = Path(folder) / "points"
        with PointWriter(store) as writer:
            writer.append(moved(points.ids, points.lon, points.lat))
            yield f"| making a generation on disk | {milliseconds(writer.compact) / 1000:.1f} s |"
            opening = milliseconds(lambda: PointReader(store))
            yield f"| opening it | {opening:.1f} ms |"
            for batch in (100, BATCH):
                yield from _updates(writer, store, points, batch, chance)
            reader = PointReader(store)
        alone = median(processor(lambda: reader.reach(region).ids) for _ in range(rounds))
        yield f"| a county, 5,000 corners, beside {reader.changed:,} changes | {alone:.2f} ms |"
        for threads in (1, 2):
            yield f"| questions a second, {threads} threads | {_together(reader, region, threads):,.0f} |"


def _updates(writer, store, points, batch, chance) -> Iterator[str]:
    batches = [_moves(points, batch, chance) for _ in range(200_000 // batch if batch == BATCH else 300)]
    reader = PointReader(store)
    written = milliseconds(lambda: [writer.append(each) for each in batches]) / 1000
    seen = milliseconds(reader.refresh) / 1000
    count = len(batches) * batch
    yield f"| updates a second, batches of {batch:,}: on the disk | {count / written:,.0f} |"
    yield f"| … on the disk, and seen by a reader refreshed after all | {count / (written + seen):,.0f} |"
    index, _ = reader.state
    fresh = UNCHANGED

    def take_up() -> None:
        nonlocal fresh
        for each in batches:
            fresh = taken_up(fresh, each, index)

    yield f"| … in memory, seen after every batch | {count / milliseconds(take_up) * 1000:,.0f} |"


def _moves(points: Sample, batch: int, chance: np.random.Generator) -> Changes:
    ids = chance.integers(0, len(points.ids) * 1.02, batch)
    return moved(ids, chance.uniform(73, 135, batch), chance.uniform(18, 54, batch))


def _together(reader: PointReader, region, threads: int, seconds: float = 2.0) -> float:
    counts = [0] * threads
    until = time.perf_counter() + seconds

    def ask(at: int) -> None:
        while time.perf_counter() < until:
            _ = reader.reach(region).ids
            counts[at] += 1

    workers = [threading.Thread(target=ask, args=(at,)) for at in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(counts) / seconds


def main() -> None:
    """All tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.reach")
    parser.add_argument("--points", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    began = time.time()
    chance = np.random.default_rng(given.seed)
    drawn = areas(chance)
    warm = sample(1_000, chance)
    for area in drawn.values():  # compiles the loops
        _ = reach(from_geojson(area), indexed(warm.lon, warm.lat, warm.ids)).ids
    lines: list[str] = []
    for count in given.points:
        points = sample(count, chance)
        lines += [*asked(points, given.rounds, drawn), ""]
    lines += [f"## A store of {count:,} points", "", "| what | figure |", "|---|---|"]
    lines += kept(points, drawn["county, 5,000 corners"], given.rounds, chance)
    page = "\n".join([*_head(given, time.time() - began), *lines, ""])
    print(page)
    if given.write:
        PAGE.write_text(page, "utf-8")


def _head(given: argparse.Namespace, seconds: float) -> list[str]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return [
        "# Points in an area, side by side",
        "",
        f"Made by `python -m bench.reach --rounds {given.rounds} --seed {given.seed} --write` on top of",
        f"commit {commit.strip()} in {seconds / 60:.0f} minutes; Python {platform.python_version()}, NumPy "
        f"{np.__version__}, shapely {shapely.__version__} (GEOS {shapely.geos_version_string}).",
        f"{memory:.1f} GiB of memory at most, the peers' included. Medians of one run in which all are asked",
        "in every round. Times are of the processor, updates and questions a second of the clock. All",
        "ids agree with every peer. The points are told in `bench/reach/world.py`.",
        "",
    ]


if __name__ == "__main__":
    main()
