"""What every detector must keep to, whatever it thinks of a count."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.detect.samples import part, quiet, shard
from tocsin.engine.detect.cusum import Cusum
from tocsin.engine.detect.ears import Ears
from tocsin.engine.detect.moving_percentile import MovingPercentile
from tocsin.engine.detect.regression import Regression
from tocsin.engine.detect.sequential import Sequential
from tocsin.engine.detect.sharding import in_parts

DETECTORS = [Ears("C1"), Ears("C2"), Ears("C3"), Cusum(), MovingPercentile(), Regression(), Sequential()]
WHOLE = quiet(series=8)
FIRST = WHOLE.times - 3


def names(detector) -> str:
    return f"{type(detector).__name__}{getattr(detector, 'kind', '')}"


every_detector = pytest.mark.parametrize("detector", DETECTORS, ids=names)


def same(one, other) -> bool:
    pairs = ((getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return all(np.allclose(a, b, rtol=1e-6, equal_nan=True) for a, b in pairs)


@every_detector
class TestEveryDetector:
    def test_it_judges_each_series_at_each_tested_step(self, detector):
        scores = detector.scores(WHOLE, FIRST)
        for field in fields(scores):
            assert getattr(scores, field.name).shape == (8, 3)
        assert np.isfinite(scores.score).all() and (scores.expected > 0).all() and (scores.spread >= 0).all()
        known = ~np.isnan(scores.p)
        assert ((scores.p[known] > 0) & (scores.p[known] <= 1)).all()

    @settings(max_examples=8)
    @given(order=st.permutations(range(8)))
    def test_neither_the_order_nor_the_size_of_the_shard_matters(self, detector, order):
        whole = detector.scores(WHOLE, FIRST)
        rows = list(order[:5])
        few = detector.scores(part(WHOLE, rows), FIRST)
        assert same(few, type(few)(*(getattr(whole, field.name)[rows] for field in fields(whole))))

    def test_nor_do_parts(self, detector):
        assert same(detector.scores(WHOLE, FIRST), in_parts(detector, WHOLE, FIRST, size=3))

    @settings(max_examples=8)
    @given(count=st.integers(0, 60), more=st.integers(0, 60))
    def test_more_is_never_less_suspicious(self, detector, count, more):
        counts = WHOLE.counts[:1].copy()
        counts[0, -1] = count
        less = detector.scores(shard(counts), WHOLE.times - 1)
        counts[0, -1] = count + more
        assert detector.scores(shard(counts), WHOLE.times - 1).score[0, 0] >= less.score[0, 0]

    def test_what_comes_later_changes_nothing(self, detector):
        counts = WHOLE.counts.copy()
        counts[:, -1] += 500
        before, after = detector.scores(WHOLE, FIRST), detector.scores(shard(counts), FIRST)
        assert np.allclose(before.score[:, :2], after.score[:, :2], rtol=1e-6)

    def test_too_short_a_past_is_not_judged_and_stops_nobody(self, detector):
        young = shard(WHOLE.counts, begins=[0, WHOLE.times - 4, *[0] * 6])
        scores = detector.scores(young, FIRST)
        assert np.isnan(scores.score[1]).all() and np.isnan(scores.expected[1]).all()
        assert np.isfinite(scores.score[[0, 2, 7]]).all()

    def test_nothing_is_said_before_there_is_a_past(self, detector):
        assert np.isnan(detector.scores(WHOLE, 0).score[:, :5]).all()

    def test_a_past_of_zeros_with_a_single_case_breaks_nothing(self, detector):
        counts = np.zeros((1, 180), dtype=np.int64)
        counts[0, [20, 179]] = 1
        assert np.isfinite(detector.scores(shard(counts), 179).score).all()

    def test_an_empty_shard_has_no_scores(self, detector):
        assert detector.scores(part(WHOLE, []), FIRST).score.shape == (0, 3)
