"""A jump that everyone makes is a change of counting; one that a single place makes is not."""

from dataclasses import replace

import numpy as np

from engine.detect.samples import hourly, shard
from tocsin.engine.detect.breaks import Jump, jumps
from tocsin.engine.detect.shard import Step


def busy(*last):
    past = np.random.default_rng(2).poisson(40, (len(last), 20))
    return shard(np.concatenate([past, np.array(last)[:, None]], axis=1), step=Step.DAY)


def test_many_that_rise_at_once_are_a_break():
    found = jumps(busy(300, 280, 41, 38), 20)
    assert (found.common, found.each.tolist()) == (Jump.UP, [1, 1, 0, 0])


def test_many_that_fall_silent_at_once_are_one_too():
    found = jumps(busy(0, 0, 0, 41), 20)
    assert (found.common, found.each.tolist()) == (Jump.DOWN, [-1, -1, -1, 0])


def test_one_alone_is_not():
    found = jumps(busy(300, 44, 41, 38), 20)
    assert (found.common, found.each.tolist()) == (Jump.NONE, [1, 0, 0, 0])


def test_a_sum_that_leaps_with_one_of_its_own_is_no_second():
    whole = busy(300, 44, 41, 38)
    counts = np.concatenate([whole.counts, whole.counts.sum(0, keepdims=True)])
    found = jumps(shard(counts, step=Step.DAY), 20, sums={"s4"})
    assert (found.common, found.each.tolist()) == (Jump.NONE, [1, 0, 0, 0, 0])


def test_what_grows_as_contagion_may_is_not_a_jump():
    growing = 20 * 1.3 ** np.arange(12)
    found = jumps(shard(np.tile(growing.astype(int), (5, 1)), step=Step.DAY), 11)
    assert (found.common, found.each.tolist()) == (Jump.NONE, [0] * 5)


def test_cases_in_many_quiet_places_at_once_stay_an_outbreak():
    counts = np.zeros((6, 20), dtype=np.int64)
    counts[:, -1] = 30
    assert jumps(shard(counts, step=Step.DAY), 19).common is Jump.NONE


def test_too_short_a_past_tells_nothing():
    assert jumps(busy(300, 300, 300), 6).each.tolist() == [0, 0, 0]


def lifted(factor, mean=30.0):
    """An hour of the forenoon in which three of four series are so many times what they were."""
    hours = hourly(series=4, times=10 * 24, mean=mean)
    counts = hours.counts.copy()
    counts[:3, -1] = counts[:3, -1] * factor
    return replace(hours, counts=counts)


def test_morning_comes_to_all_and_is_no_break():
    hours = lifted(1)
    assert all(jumps(hours, at).common is Jump.NONE for at in range(7 * 24, 10 * 24))


def test_a_storm_lifts_all_within_the_hour_and_stays_an_alarm():
    assert jumps(lifted(5), 239).common is Jump.NONE


def test_a_backlog_put_into_one_hour_is_a_break():
    found = jumps(lifted(20), 239)
    assert (found.common, found.each.tolist()) == (Jump.UP, [1, 1, 1, 0])


def test_hours_that_fall_silent_together_are_one():
    found = jumps(lifted(0), 239)
    assert (found.common, found.each.tolist()) == (Jump.DOWN, [-1, -1, -1, 0])
    assert jumps(lifted(0), 7 * 24 - 1).each.tolist() == [0] * 4


def test_what_is_half_in_has_not_fallen():
    counts = np.random.default_rng(2).poisson(60, (4, 20))
    counts[:, -1] //= 4
    days = shard(counts, step=Step.DAY)
    assert jumps(days, 19).common is Jump.DOWN
    seen = np.ones((4, 20))
    seen[:, -1] = 0.25
    assert jumps(replace(days, exposure=seen), 19).common is Jump.NONE
