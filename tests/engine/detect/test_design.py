"""The days of the week, the calendar and the exposure reach the forecast."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from engine.detect.samples import shard
from tocsin.engine.detect.baseline import Baseline
from tocsin.engine.detect.design import Design
from tocsin.engine.detect.shard import Step


def daily(mu, seed=5, series=40):
    counts = np.random.default_rng(seed).poisson(np.broadcast_to(mu, (series, len(mu))))
    return shard(counts, step=Step.DAY)


def test_weekdays_are_those_of_the_dates():
    days = daily(np.ones(30))
    design = Design.of(days, 365.25)
    weekdays = design.x[:, 6:12]
    for at in range(30):
        day = (days.last - timedelta(29 - at)).weekday()
        expected = np.full(6, -1.0) if day == 0 else np.eye(7)[day][1:]
        assert weekdays[at].tolist() == expected.tolist()
    assert days.day(0) == days.last - timedelta(29)


def test_a_sunday_is_expected_as_sundays_are():
    last = date(2026, 6, 15)
    mu = np.array([30.0 if (last - timedelta(199 - at)).weekday() == 6 else 10.0 for at in range(200)])
    forecasts = list(Baseline().forecasts(daily(mu), 190))
    for forecast in forecasts:
        assert abs(np.log(forecast.mean.mean() / mu[forecast.at])) < 0.1


def test_a_holiday_is_expected_as_holidays_are():
    holiday = (np.arange(200) % 40 == 39).astype(float)
    days = replace(daily(np.where(holiday > 0, 5.0, 20.0)), columns=holiday[:, None])
    (forecast,) = Baseline().forecasts(days, 199)
    assert abs(forecast.mean.mean() - 5.0) < 1.0


def test_a_count_stands_in_proportion_to_its_exposure():
    clinics = np.where(np.arange(150) < 100, 10.0, 20.0)
    weeks = shard(np.random.default_rng(1).poisson(np.broadcast_to(2 * clinics, (40, 150))))
    exposed = replace(weeks, exposure=np.broadcast_to(clinics, (40, 150)).copy())
    (forecast,) = Baseline().forecasts(exposed, 149)
    assert abs(forecast.mean.mean() - 40.0) < 1.5
    assert exposed.rows(slice(0, 2)).exposure.shape == (2, 150)
