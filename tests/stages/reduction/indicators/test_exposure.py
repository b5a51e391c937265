"""Counts in proportion to something."""

from datetime import timedelta

import numpy as np
import pytest

from stages.reduction.indicators.counts import MONDAY, calm, counts_elsewhere, noon_of, table
from tocsin.kernel.errors import Malformed
from tocsin.stages.reduction.indicators import actions, queries
from tocsin.stages.reduction.indicators.drawing import spots
from tocsin.stages.reduction.indicators.models import Point


def exposed(counts, exposures, series=""):
    return [
        (*row, float(exposure)) for row, exposure in zip(table(counts, series=series), exposures, strict=True)
    ]


def put(desk, row, counts):
    return actions.count_in(act=desk.act("duty_officer"), indicator=row, counts=counts)


def doubled():
    """Twice as many clinics report in the last days, and each as many cases as before."""
    clinics = np.r_[np.full(115, 10.0), np.full(5, 20.0)]
    return np.random.default_rng(4).poisson(1.2 * clinics), clinics


def test_twice_the_clinics_is_no_outbreak_where_it_is_known(shenzhen):
    counts, clinics = doubled()
    blind, seeing = (counts_elsewhere(shenzhen) for _ in range(2))
    put(shenzhen, blind, table(counts))
    put(shenzhen, seeing, exposed(counts, clinics))
    found = {row.id: len(queries.judged(row, noon_of(MONDAY)).findings(None)) for row in (blind, seeing)}
    assert found[blind.id] > 0 == found[seeing.id]


def test_it_is_kept_shown_and_added_up(shenzhen):
    row = counts_elsewhere(shenzhen)
    for name in "ab":
        put(shenzhen, row, exposed(calm(), np.arange(1, 121), series=name))
    judged = queries.judged(row, noon_of(MONDAY))
    assert judged.watch.shard.names == ("a", "b", "")
    assert [spots(judged, at)[-1].exposure for at in range(3)] == [120.0, 120.0, 240.0]
    assert spots(judged, 0)[-1].complete == 1.0
    put(shenzhen, row, exposed([5], [99.5], series="a"))
    assert Point.objects.get(series="a", exposure=99.5).count == 5


@pytest.mark.parametrize("bad", [0.0, -1.0, float("nan"), float("inf")])
def test_what_is_no_exposure_is_refused(shenzhen, bad):
    with pytest.raises(Malformed) as refusal:
        put(shenzhen, counts_elsewhere(shenzhen), exposed([1, 2], [3, bad]))
    assert refusal.value.code == "indicator.exposure"
    assert Point.objects.count() == 0


def test_some_without_one_are_refused_and_nothing_is_kept(shenzhen):
    row = counts_elsewhere(shenzhen)
    put(shenzhen, row, exposed([1, 2], [3, 4]))
    with pytest.raises(Malformed) as refusal:
        put(shenzhen, row, table([7], last=MONDAY - timedelta(3)))
    assert "2026-06-12" in str(refusal.value.data)
    assert Point.objects.count() == 2
