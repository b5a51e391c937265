"""The days of the week, the calendar and the exposure reach the forecast."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from engine.detect.samples import hourly, shard
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


def test_a_population_of_millions_leaves_room_for_a_rate():
    people = np.full((20, 120), 17_500_000.0)
    weeks = shard(np.random.default_rng(1).poisson(5, (20, 120)))
    (plain,) = Baseline().forecasts(weeks, 119)
    (exposed,) = Baseline().forecasts(replace(weeks, exposure=people), 119)
    assert np.allclose(plain.mean, exposed.mean, rtol=1e-9)
    assert shard(np.zeros((1, 0))).offset().shape == (1, 0)


def test_hours_have_a_time_of_day_a_weekday_and_no_season():
    hours = hourly(series=1, times=24 * 7)
    design = Design.of(hours, 365.25)
    assert [len(group) for group in design.groups] == [1, 6, 2, 2, 2, 2, 4]
    noon = [at for at in range(24 * 7) if hours.day(at).hour == 12]
    assert np.allclose(design.x[noon, 8:16], design.x[noon[:1], 8:16])
    for at in range(24 * 7):
        day = hours.day(at).weekday()
        expected = np.full(6, -1.0) if day == 0 else np.eye(7)[day][1:]
        assert design.x[at, 2:8].tolist() == expected.tolist()
        assert np.any(design.x[at, 16:]) == (day >= 5)


def test_an_hour_is_expected_as_its_like_are():
    hours = hourly(series=40, times=600)
    forecasts = list(Baseline().forecasts(hours, 500))
    assert [one.at for one in forecasts] == list(range(500, 600))
    truth = {}
    for at in range(600):
        truth.setdefault((hours.day(at).weekday() >= 5, hours.day(at).hour), []).append(
            hours.counts[:, at].mean()
        )
    errors = [
        np.log(one.mean.mean() / np.mean(truth[hours.day(one.at).weekday() >= 5, hours.day(one.at).hour]))
        for one in forecasts
    ]
    assert np.abs(errors).max() < 0.25


def test_hours_need_two_weeks_and_leave_the_last_day_out():
    hours = hourly(series=2, times=24 * 15 + 3)
    assert [one.at for one in Baseline().forecasts(hours, 0)] == [360, 361, 362]
