"""Series that are added up."""

from dataclasses import replace

import numpy as np

from engine.detect.samples import quiet, shard
from tocsin.engine.detect.sequential import Sequential
from tocsin.engine.detect.zones import added_up, beside


def test_a_zone_is_the_sum_of_those_that_are_there():
    counts = shard([[1, 2, 3], [0, 5, 6], [7, 8, 9]], begins=[0, 1, 0])
    zones = added_up(
        counts, {"north": ["s0", "s1", "nobody"], "nowhere": ["nobody"], "all": ["s0", "s1", "s2"]}
    )
    assert (zones.names, zones.counts.tolist()) == (("north", "all"), [[1, 7, 9], [8, 15, 18]])
    assert zones.begins.tolist() == [1, 1]
    exposed = added_up(replace(counts, exposure=np.ones((3, 3))), {"all": ["s0", "s2"]})
    assert exposed.exposure.tolist() == [[2.0, 2.0, 2.0]]


def test_without_zones_there_is_nothing_to_add():
    assert added_up(shard([[1, 2]]), {"nowhere": ["nobody"]}).names == ()


def test_zones_stand_after_the_series_that_they_are_made_of():
    counts = shard([[1, 2], [3, 4]])
    both = beside(counts, {"all": ["s0", "s1"]})
    assert (both.names, both.counts[2].tolist(), both.begins.tolist()) == (
        ("s0", "s1", "all"),
        [4, 6],
        [0, 0, 0],
    )
    exposed = beside(replace(counts, exposure=np.ones((2, 2))), {"all": ["s0", "s1"]})
    assert exposed.exposure.tolist() == [[1, 1], [1, 1], [2, 2]]
    assert beside(counts, {}).names == counts.names


def test_an_outbreak_over_nine_series_is_seen_in_their_sum():
    nine, rounds = 9, 60
    calm = quiet(series=nine * rounds, times=160, mean=5.0)
    counts = calm.counts.copy()
    counts[:, -2:] += 4
    zones = {f"z{z}": [f"s{z * nine + part}" for part in range(nine)] for z in range(rounds)}
    alone = Sequential().scores(shard(counts), 159).p < 0.01
    together = Sequential().scores(added_up(shard(counts), zones), 159).p < 0.01
    assert np.mean(together) > 0.9 > 2 * np.mean(alone)
