"""EARS and the moving percentile against values worked out by hand."""

import numpy as np
import pytest

from engine.detect.samples import shard
from tocsin.engine.detect.ears import Ears
from tocsin.engine.detect.moving_percentile import MovingPercentile

COUNTS = [9, 9, 2, 4, 4, 4, 5, 5, 7, 9, 20]


def score(kind: str) -> float:
    return Ears(kind).scores(shard(COUNTS), len(COUNTS) - 1).score[0, 0]


def test_c1_stands_against_the_seven_steps_before():
    window = np.array([4, 4, 4, 5, 5, 7, 9])
    assert score("C1") == pytest.approx((20 - window.mean()) / window.std(ddof=1))


def test_c2_leaves_the_last_two_out():
    window = np.array([9, 2, 4, 4, 4, 5, 5])
    assert score("C2") == pytest.approx((20 - window.mean()) / window.std(ddof=1))


def test_c3_sums_three_steps_of_c2_over_one():
    def c2(at):
        window = np.array(COUNTS[at - 9 : at - 2])
        return (COUNTS[at] - window.mean()) / window.std(ddof=1)

    # the step at index 8 has no full baseline of C2 yet, so C3 is not known either
    assert np.isnan(score("C3"))
    longer = shard([9, 9, 2, *COUNTS])
    assert Ears("C3").scores(longer, 13).score[0, 0] == pytest.approx(max(0, c2(10) - 1) + _early(longer))


def _early(longer) -> float:
    """The two steps before, by the definition."""
    counts, total = longer.counts[0], 0.0
    for at in (11, 12):
        window = counts[at - 9 : at - 2]
        total += max(0.0, (counts[at] - window.mean()) / window.std(ddof=1) - 1)
    return total


def test_a_flat_baseline_gives_no_infinite_score():
    assert Ears("C1").scores(shard([3] * 7 + [5]), 7).score[0, 0] == 4.0


def test_the_percentile_is_the_rank_among_the_same_weeks_of_past_years():
    counts = np.zeros(300, dtype=np.int64)
    at = 299
    for back in range(1, 6):
        counts[at - round(back * 365.25 / 7) + np.arange(-2, 3)] = [1, 2, 3, 4, 5]
    counts[at] = 4
    scores = MovingPercentile().scores(shard(counts), at)
    assert scores.score[0, 0] == pytest.approx((15 + 2.5) / 25)
    assert (scores.expected[0, 0], scores.spread[0, 0]) == (3.0, pytest.approx(50 / 24 / 3))
