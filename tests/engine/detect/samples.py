"""Shards for the tests, seeded."""

from datetime import date

import numpy as np

from tocsin.engine.detect.shard import Shard, Step


def shard(counts, begins=None, step=Step.WEEK) -> Shard:
    rows = np.atleast_2d(np.asarray(counts, dtype=np.int64))
    begins = np.zeros(len(rows), dtype=np.int64) if begins is None else np.asarray(begins, dtype=np.int64)
    return Shard(tuple(f"s{row}" for row in range(len(rows))), rows, begins, step, date(2026, 6, 15))


def quiet(series=60, times=180, mean=6.0, spread=2.0, seed=7, season=0.4) -> Shard:
    """Counts with a season and nothing else going on; variance = spread × mean."""
    chance = np.random.default_rng(seed)
    wave = np.exp(season * np.sin(2 * np.pi * np.arange(times) * 7 / 365.25))
    mu = np.broadcast_to(mean * wave, (series, times))
    return shard(chance.negative_binomial(mu / (spread - 1), 1 / spread))


def part(whole: Shard, rows) -> Shard:
    names = tuple(whole.names[row] for row in rows)
    return Shard(names, whole.counts[rows], whole.begins[rows], whole.step, whole.last)
