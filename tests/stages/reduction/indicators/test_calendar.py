"""Holidays, and weekends that are worked for them."""

from datetime import date, timedelta

import numpy as np
import pytest

from tocsin.engine.detect.series import Point
from tocsin.engine.detect.shard import Shard, Step
from tocsin.stages.reduction.indicators.calendar import columns
from tocsin.stages.reduction.indicators.judging import judge


def shard(times, last, step=Step.DAY):
    return Shard(("s",), np.ones((1, times), dtype=np.int64), np.zeros(1, dtype=np.int64), step, last)


def test_the_spring_festival_of_2025_and_the_weekends_worked_for_it():
    begin = date(2025, 1, 25)
    found = columns("CN", shard(16, date(2025, 2, 9)))
    off = [str(begin + timedelta(at)) for at in range(16) if found[at, 0]]
    worked = [str(begin + timedelta(at)) for at in range(16) if found[at, 1]]
    assert off[0] == "2025-01-28"
    assert off[-1] == "2025-02-04"
    assert worked == ["2025-01-26", "2025-02-08"]


def test_a_week_has_the_share_of_its_days():
    found = columns("CN", shard(2, date(2025, 1, 27), Step.WEEK))
    assert found[:, 1].tolist() == pytest.approx([1 / 7, 0])


def test_what_does_not_occur_has_no_column():
    assert columns("CN", shard(5, date(2025, 3, 14))) is None
    assert columns("", shard(5, date(2025, 1, 30))) is None
    assert columns("XX", shard(5, date(2025, 1, 30))) is None
    assert columns("CN", shard(0, date(2025, 1, 30))) is None


def test_a_worked_sunday_is_no_surprise_where_the_calendar_is_known():
    last, chance = date(2025, 10, 11), np.random.default_rng(5)
    days = [last - timedelta(at) for at in range(650, -1, -1)]
    known = columns("CN", shard(len(days), last))
    weekend = np.array([day.weekday() >= 5 for day in days])
    idle = (weekend & (known[:, 1] == 0)) | (known[:, 0] > 0)
    points = [
        Point(day, int(count)) for day, count in zip(days, chance.poisson(np.where(idle, 8, 40)), strict=True)
    ]
    blind, seeing = (
        judge({"s": points}, step=Step.DAY, until=last, alarms=0.05, since=date(2025, 9, 1), country=country)
        for country in ("", "CN")
    )
    assert len(seeing.findings(None)) < len(blind.findings(None))
