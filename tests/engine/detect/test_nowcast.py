"""Counts that are still coming in."""

import numpy as np
import pytest

from tocsin.engine.detect.nowcast import (
    SEEN,
    TooFew,
    by_step,
    completeness,
    filled_up,
    triangle,
    unfinished,
)

SHARES = np.array([0.5, 0.3, 0.15, 0.05])


def simulated(steps=400, mean=40.0, seed=3):
    chance = np.random.default_rng(seed)
    return chance.poisson(mean * SHARES, (steps, 4))


def test_completeness_is_learnt_from_steps_that_are_whole():
    counts = simulated()
    counts[-3:] = 10_000
    assert completeness(counts).tolist() == pytest.approx(np.cumsum(SHARES), abs=0.01)


def test_the_last_steps_are_filled_up_and_the_truth_lies_in_the_bounds():
    held = total = 0
    for seed in range(60):
        counts = simulated(60, seed=seed)
        share = np.array(unfinished(completeness(counts)))
        assert len(share) == 3
        seen = np.array([counts[59 - waited, : waited + 1].sum() for waited in range(3)])
        truth = counts[:56:-1].sum(1)
        found = filled_up(seen, share)
        assert (found.low <= found.mean).all() and (found.mean <= found.high).all()
        held += int(np.sum((found.low <= truth) & (truth <= found.high)))
        total += 3
    assert 0.82 < held / total <= 0.99


def test_what_is_whole_is_filled_up_to_itself():
    found = filled_up(np.array([7]), np.array([1.0]))
    assert (found.mean.tolist(), found.low.tolist(), found.high.tolist()) == ([7.0], [7.0], [7.0])


def test_reports_are_put_into_their_triangle():
    reports = [(0, 0), (0, 2), (1, -5), (2, 1), (-1, 0), (3, 0), (1, 3)]
    assert triangle(reports, 3, 3).tolist() == [[1, 0, 1], [1, 0, 0], [0, 1, 0]]


def test_only_what_is_not_whole_is_named_the_newest_first():
    assert unfinished([0.0, 0.5, 0.979, 0.99, 1.0]) == [SEEN, 0.5, 0.979]
    assert by_step([0.5, 0.8], 4).tolist() == [1.0, 1.0, 0.8, 0.5]
    assert by_step([0.5, 0.8], 1).tolist() == [0.5]
    assert by_step([], 2).tolist() == [1.0, 1.0]


def test_too_few_reports_teach_no_delay():
    with pytest.raises(TooFew, match="3 reports are too few"):
        completeness(np.array([[2], [1]]))
    with pytest.raises(TooFew):
        completeness(np.ones((2, 4), dtype=np.int64))
