"""Shards for the tests, seeded."""

from datetime import date, datetime, timedelta

import numpy as np

from tocsin.engine.detect.shard import Shard, Step


def shard(counts, begins=None, step=Step.WEEK) -> Shard:
    rows = np.atleast_2d(np.asarray(counts, dtype=np.int64))
    begins = np.zeros(len(rows), dtype=np.int64) if begins is None else np.asarray(begins, dtype=np.int64)
    last = datetime(2026, 6, 15, 13) if step is Step.HOUR else date(2026, 6, 15)
    return Shard(tuple(f"s{row}" for row in range(len(rows))), rows, begins, step, last)


def quiet(series=60, times=180, mean=6.0, spread=2.0, seed=7, season=0.4) -> Shard:
    """Counts with a season and nothing else going on; variance = spread × mean."""
    chance = np.random.default_rng(seed)
    wave = np.exp(season * np.sin(2 * np.pi * np.arange(times) * 7 / 365.25))
    mu = np.broadcast_to(mean * wave, (series, times))
    return shard(chance.negative_binomial(mu / (spread - 1), 1 / spread))


def hourly(series=20, times=600, mean=6.0, seed=3) -> Shard:
    """Hours with a day and a night, and another day at weekends."""
    bare = shard(np.zeros((1, times)), step=Step.HOUR)
    at = [bare.last - timedelta(hours=times - 1 - step) for step in range(times)]
    hour = np.array([one.hour for one in at])
    weekend = np.array([one.weekday() >= 5 for one in at])
    night = np.exp(0.9 * np.cos(2 * np.pi * (hour - np.where(weekend, 18, 12)) / 24))
    counts = np.random.default_rng(seed).poisson(np.broadcast_to(mean * night, (series, times)))
    return shard(counts, step=Step.HOUR)


def part(whole: Shard, rows) -> Shard:
    names = tuple(whole.names[row] for row in rows)
    return Shard(names, whole.counts[rows], whole.begins[rows], whole.step, whole.last)
