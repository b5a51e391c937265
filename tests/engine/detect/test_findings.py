"""What people are told of a series."""

import numpy as np
import pytest

from engine.detect.samples import quiet, shard
from tocsin.engine.detect.budget import Budget, least_seen
from tocsin.engine.detect.findings import Verdict, Why, band, watch
from tocsin.engine.detect.regression import Regression
from tocsin.engine.detect.shard import Step

CALM = quiet(series=4, times=150, mean=20.0)


def changed(row=0, steps=1, by=60, begins=None):
    counts = CALM.counts.copy()
    counts[row, -steps:] += by
    return shard(counts, begins=begins)


def test_a_calm_series_is_calm():
    found = watch(CALM, 140, 1e-4).latest()
    assert {one.verdict for one in found} == {Verdict.CALM}
    assert all(one.low < one.expected < one.high and one.reasons == () for one in found)
    assert [one.name for one in found] == ["s0", "s1", "s2", "s3"]


def test_a_sudden_count_is_above_the_band_and_new():
    one = watch(changed(), 140, 1e-3).latest()[0]
    assert (one.verdict, one.day) == (Verdict.ALARM, CALM.last)
    assert Why.ABOVE in one.reasons
    assert one.count > one.high
    assert one.p <= 1e-3


def test_a_rise_of_several_weeks_says_since_when():
    seen = watch(changed(steps=4, by=15), 130, 1e-3)
    one = seen.finding(0, 149)
    assert one.verdict is Verdict.ALARM
    assert Why.SUSTAINED in one.reasons
    assert seen.shard.day(143) <= one.since <= seen.shard.day(147)


def test_a_fading_alarm_within_the_band_is_told_as_sustained():
    counts = CALM.counts.copy()
    counts[0, -4:-1] += 40
    one = watch(shard(counts), 130, 1e-2).latest()[0]
    assert (one.verdict, one.reasons) == (Verdict.ALARM, (Why.SUSTAINED,))


def test_the_first_judged_step_may_be_an_alarm():
    seen = watch(changed(), 149, 1e-3)
    assert seen.latest()[0].verdict is Verdict.ALARM
    assert seen.latest()[0].reasons == (Why.ABOVE,)


def test_who_has_too_short_a_past_is_unjudged():
    one = watch(changed(begins=[140, 0, 0, 0]), 145, 1e-3).latest()[0]
    assert (one.verdict, one.reasons) == (Verdict.UNJUDGED, ())


def test_a_lone_jump_is_an_alarm_that_says_so():
    one = watch(changed(by=200), 140, 1e-3, Regression()).latest()[0]
    assert (one.verdict, one.reasons) == (Verdict.ALARM, (Why.ABOVE, Why.LONE_JUMP))


@pytest.mark.parametrize(("count", "why"), [(400, Why.COMMON_JUMP), (0, Why.COMMON_FALL)])
def test_a_common_jump_is_a_break(count, why):
    counts = CALM.counts + 60
    counts[:3, -1] = count
    found = watch(shard(counts), 140, 1e-3).latest()
    assert [(one.verdict, one.reasons) for one in found[:3]] == [(Verdict.BREAK, (why,))] * 3
    assert found[3].verdict is Verdict.CALM


def test_the_band_holds_most_of_the_counts():
    low, high = band(np.array([10.0, 10.0]), np.array([1.0, 3.0]))
    assert low.tolist() == pytest.approx([4, 1], abs=1)
    assert high.tolist() == pytest.approx([17, 22], abs=1)


def test_days_are_watched_like_weeks():
    days = shard(CALM.counts, step=Step.DAY)
    assert {one.verdict for one in watch(days, 140, 1e-4).latest()} == {Verdict.CALM}


def test_a_budget_is_shared_by_all_series():
    assert 4e-4 < Budget(2.0, 5000).alpha() < 6e-4
    assert Budget(2.0, 0).alpha() == Budget(2.0, 1).alpha() == 0.5


def test_a_stricter_budget_sees_less_and_a_lasting_excess_is_seen_smaller():
    mean, spread = np.array([0.3, 5.0, 200.0]), np.array([1.0, 2.0, 1.3])
    strict, loose = least_seen(mean, spread, 1e-4), least_seen(mean, spread, 1e-2)
    lasting = least_seen(mean, spread, 1e-4, steps=3)
    assert (strict > loose).all()
    assert (lasting < strict).all()
    assert ((strict > 2 * np.sqrt(mean * spread)) & (strict < 9 * np.sqrt(mean * spread) + 4)).all()


def test_a_sum_whose_parts_leapt_together_is_a_break_with_them():
    counts = CALM.counts + 60
    counts[:3, -1] = 400
    whole = shard(np.concatenate([counts, counts.sum(0, keepdims=True)]))
    found = watch(whole, 140, 1e-3, sums=frozenset({"s4"})).latest()
    assert (found[4].verdict, found[4].reasons) == (Verdict.BREAK, (Why.COMMON_JUMP,))
