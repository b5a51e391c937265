"""Many series: is the time linear, how much memory does it take, how long does a new point take?

    python -m bench.detect.scale [--largest 1000000]

Ten years of weeks, in shards of 8,192 series that are made, judged in their last week and let go; then
5,000 live series with one new week. Times are of one core; the median of three runs for the live series.
"""

import argparse
import resource
import statistics
import time
from datetime import date

import numpy as np

from tocsin.engine.detect.sequential import Sequential
from tocsin.engine.detect.shard import Shard, Step
from tocsin.engine.detect.sharding import in_parts

WEEKS = 520
SIZE = 8192
LIVE = 5000


def shard(series: int, seed: int) -> Shard:
    """Counts of all means between a twentieth and two hundred."""
    chance = np.random.default_rng(seed)
    mean = np.exp(chance.uniform(np.log(0.05), np.log(200.0), (series, 1)))
    counts = chance.negative_binomial(np.broadcast_to(mean / 0.5, (series, WEEKS)), 1 / 1.5)
    names = tuple(map(str, range(series)))
    return Shard(names, counts, np.zeros(series, dtype=np.int64), Step.WEEK, date(2026, 6, 15))


def judged(series: int) -> tuple[float, float]:
    """Seconds of processor time for the last week of so many series; the share with p < 0.01."""
    seconds, alarms, done = 0.0, 0, 0
    while done < series:
        given = shard(min(SIZE, series - done), done)
        began = time.process_time()
        alarms += int((in_parts(Sequential(), given, WEEKS - 1).p < 0.01).sum())
        seconds += time.process_time() - began
        done += len(given.names)
    return seconds, alarms / series


def main() -> None:
    """Prints a line for each size."""
    parser = argparse.ArgumentParser(prog="python -m bench.detect.scale")
    parser.add_argument("--largest", type=int, default=100_000)
    largest = parser.parse_args().largest
    series = 1000
    while series <= largest:
        seconds, share = judged(series)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        each = seconds / series * 1e6
        print(f"{series:>9,} series: {seconds:8.1f} s, {each:6.0f} µs each, {share:.2%} alarms, ", end="")
        print(f"{memory:.2f} GiB", flush=True)
        series *= 10
    live = statistics.median(judged(LIVE)[0] for _ in range(3))
    print(f"a new week of {LIVE:,} live series, fitted from nothing: {live:.2f} s")


if __name__ == "__main__":
    main()
