"""Counts that are still coming in."""

import numpy as np
import pytest

from tocsin.engine.detect.nowcast import TooFew, completeness, nowcast

SHARES = np.array([0.5, 0.3, 0.15, 0.05])


def triangle(steps=400, mean=40.0, seed=3):
    chance = np.random.default_rng(seed)
    return chance.poisson(mean * SHARES, (steps, 4))


def test_completeness_is_learnt_from_steps_that_are_whole():
    counts = triangle()
    counts[-3:] = 10_000
    assert completeness(counts).tolist() == pytest.approx(np.cumsum(SHARES), abs=0.01)


def test_the_last_steps_are_filled_up_and_the_truth_lies_in_the_bounds():
    held = total = 0
    for seed in range(60):
        counts = triangle(60, seed=seed)
        truth = counts.sum(1)
        seen = counts.copy()
        for waited in range(3):
            seen[59 - waited, waited + 1 :] = 999
        found = nowcast(seen)
        assert found.seen[:57].tolist() == truth[:57].tolist()
        assert np.allclose(found.mean[:57], truth[:57], atol=1e-6)
        held += int(np.sum((found.low[57:] <= truth[57:]) & (truth[57:] <= found.high[57:])))
        total += 3
    assert 0.82 < held / total <= 0.99


def test_too_few_reports_teach_no_delay():
    with pytest.raises(TooFew, match="3 reports are too few"):
        nowcast(np.array([[2, 1], [0, 0]]))
    with pytest.raises(TooFew):
        completeness(np.ones((2, 4), dtype=np.int64))
