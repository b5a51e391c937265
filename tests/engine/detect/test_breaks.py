"""A jump that everyone makes is a change of counting; one that a single place makes is not."""

import numpy as np

from engine.detect.samples import shard
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
