"""One event is one alert, and a budget of alerts is kept."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.detect.samples import quiet
from tocsin.engine.detect.alerts import QUIET, alerts, alpha_for
from tocsin.engine.detect.calibration_table import BEGUN, TAILS
from tocsin.engine.detect.sequential import Sequential
from tocsin.engine.detect.sharding import in_parts


def test_a_run_of_alarms_is_told_once_and_again_after_two_quiet_steps():
    alarms = np.array([[0, 1, 1, 0, 1, 1, 1, 1, 0, 1]], dtype=bool)
    assert alerts(alarms).astype(int).tolist() == [[0, 1, 0, 0, 1, 0, 0, 1, 0, 0]]


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_an_alert_is_an_alarm_without_an_alert_shortly_before(said):
    told = alerts(np.array([said]))[0]
    for at, alarm in enumerate(said):
        assert told[at] == (alarm and not told[max(at - QUIET, 0) : at].any())


def test_a_budget_of_alerts_is_kept_in_calm_times():
    """The promise that people hear: so many false alerts, whatever the mean of the series."""
    calm = quiet(series=1500, times=200, mean=6.0)
    p = in_parts(Sequential(), calm, calm.times - 20).p
    for rate in (0.05, 0.01):
        assert 0.65 < alerts(p <= alpha_for(rate)).mean() / rate < 1.35


def test_the_chance_of_an_alarm_follows_from_the_rate_of_alerts():
    for tail, share in zip(TAILS, BEGUN, strict=True):
        if tail <= 0.5:
            assert alpha_for(tail * share) == pytest.approx(tail, rel=1e-6)
    assert alpha_for(1e-7) == pytest.approx(1e-7 / BEGUN[-1])
    assert alpha_for(3.0) == 0.5


def test_the_rarer_the_alerts_the_rarer_the_alarms():
    asked = np.geomspace(1e-6, 0.2, 60)
    found = np.array([alpha_for(rate) for rate in asked])
    assert (np.diff(found) > 0).all()
    assert (found >= asked).all()
