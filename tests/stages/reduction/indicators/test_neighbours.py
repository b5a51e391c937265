"""Neighbouring districts are looked at together too."""

import pytest

from stages.reduction.indicators.counts import MONDAY, calm, counts_elsewhere, noon_of, table
from tocsin.engine.detect.budget import Budget
from tocsin.kernel.errors import Malformed
from tocsin.stages.reduction.indicators import actions, queries
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.models import Finding

NANSHAN, AROUND = "440305", ("440304", "440306", "440309")
EAST = ("440307", "440308", "440310", "440311", "440303")
WEST = "440304+440305+440306+440309"


@pytest.fixture
def row(shenzhen):
    return counts_elsewhere(shenzhen, neighbours=True)


def put(desk, row, more):
    act = desk.act("duty_officer")
    for name in (NANSHAN, *AROUND, *EAST):
        counts = calm(seed=int(name), mean=9)
        counts[-2:] += more.get(name, 0)
        actions.count_in(act=act, indicator=row, counts=table(counts, series=name))


def looked(desk):
    return {one.series for one in actions.look(act=desk.act("machine", at=noon_of(MONDAY)))}


def test_each_neighbourhood_is_a_series_more_of_the_budget(shenzhen, row):
    put(shenzhen, row, {})
    result = queries.judged(row, noon_of(MONDAY))
    assert result.zones[WEST] == ["440304", "440305", "440306", "440309"]
    names = result.watch.shard.names
    assert len(names) > 14
    assert result.watch.alpha == Budget(0.01 / 7, len(names)).alpha()
    assert names[-1] == ""
    plain = queries.judged(counts_elsewhere(shenzhen), noon_of(MONDAY))
    assert plain.zones == {}


def test_what_is_spread_over_neighbours_is_found_and_named_by_them(shenzhen, row):
    put(shenzhen, row, dict.fromkeys((NANSHAN, *AROUND), 6))
    found = looked(shenzhen)
    assert WEST in found
    assert not found & {NANSHAN, *AROUND, *EAST, ""}
    finding = Finding.objects.get(series=WEST)
    assert finding.verdict == "alarm"


def test_what_is_plain_in_one_is_not_said_of_its_neighbours(shenzhen, row):
    put(shenzhen, row, {NANSHAN: 60})
    assert looked(shenzhen) == {NANSHAN}


def test_districts_that_are_no_series_have_no_neighbours(shenzhen):
    with pytest.raises(Malformed) as refusal:
        actions.define(
            act=shenzhen.act("duty_officer"),
            name={"en": "x"},
            kind="rainstorm",
            counted=["rainstorm"],
            rhythm=Rhythm.DAY,
            alarms=1.0,
            neighbours=True,
        )
    assert refusal.value.code == "indicator.neighbours"
