"""Hours are judged as days and weeks are."""

import numpy as np

from engine.detect.samples import hourly, shard
from tocsin.engine.detect.findings import Verdict, watch
from tocsin.engine.detect.sequential import Sequential
from tocsin.engine.detect.shard import Step

CALM = hourly(series=60, times=470)


def test_where_nothing_goes_on_alarms_are_no_more_than_promised():
    p = Sequential().scores(CALM, 430).p
    assert np.isfinite(p).all()
    for alpha in (0.2, 0.05, 0.01):
        assert np.mean(p < alpha) / alpha < 1.35


def test_a_busy_night_is_seen_though_days_are_busier():
    counts = CALM.counts[:1].copy()
    night = next(at for at in range(469, 0, -1) if CALM.day(at).hour == 3)
    usual, noon = counts[0, night], counts[0].max()
    counts[0, night] = usual + 12
    assert counts[0, night] < noon
    found = watch(shard(counts, step=Step.HOUR), 440, 1e-4).finding(0, night)
    assert (found.verdict, found.day) == (Verdict.ALARM, CALM.day(night))
