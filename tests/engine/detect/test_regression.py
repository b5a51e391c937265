"""The regression against a plain reference, and its p-values where nothing is going on."""

import numpy as np
import pytest
from scipy import stats

from engine.detect.samples import quiet, shard
from tocsin.engine.detect.regression import Regression
from tocsin.engine.detect.tails import at_least, mid_p

CALM = quiet(series=1500, times=190)


def test_tails_are_those_of_the_distributions():
    y, mu = np.array([0.0, 1, 4, 30]), np.array([3.0, 0.2, 4, 12])
    phi = np.array([2.0, 1.5, 3.0, 1.7])
    wide = stats.nbinom.sf(y - 1, mu / (phi - 1), 1 / phi)
    assert np.allclose(at_least(y, mu, phi), wide)
    assert np.allclose(at_least(y, mu, np.ones(4)), stats.poisson.sf(y - 1, mu))
    assert mid_p(np.array(4.0), np.array(4.0), np.array(1.0)) == pytest.approx(
        stats.poisson.sf(4, 4) + stats.poisson.pmf(4, 4) / 2
    )


def test_without_outliers_it_is_the_plain_fit_of_the_model():
    """Newton on (1) written out for one series, with (2) and (5) by hand."""
    calm = quiet(series=1, times=160, mean=40.0, spread=1.2, seed=3)
    found = Regression(outlying=99.0).scores(calm, 159)
    end, times = 159 - 26, 160
    time = np.arange(times) - (times - 1.0)
    angle = 2 * np.pi * time * 7 / 365.25
    x = np.stack([np.ones(times), time, *(w(k * angle) for k in (1, 2) for w in (np.sin, np.cos))], axis=1)
    y, b = calm.counts[0, :end], np.zeros(6)
    b[0] = np.log(y.mean())
    for _ in range(50):
        mu = np.exp(x[:end] @ b)
        b = b + np.linalg.solve((x[:end].T * mu) @ x[:end], x[:end].T @ (y - mu))
    mu = np.exp(x[:end] @ b)
    phi = max(1.0, ((y - mu) ** 2 / mu).sum() / (end - 6))
    expected = np.exp(x[159] @ b)
    unsure = x[159] @ np.linalg.inv((x[:end].T * mu) @ x[:end]) @ x[159]
    assert found.expected[0, 0] == pytest.approx(expected, rel=1e-4)
    assert found.spread[0, 0] == pytest.approx(phi * (1 + expected * unsure), rel=1e-4)


def test_where_nothing_goes_on_p_is_as_uniform_as_counts_allow():
    p = Regression().scores(CALM, CALM.times - 4).p.ravel()
    assert np.mean(p) == pytest.approx(0.5, abs=0.02)
    assert 0.6 < np.mean(p < 0.01) / 0.01 < 1.6
    assert 0.85 < np.mean(p < 0.1) / 0.1 < 1.15


def test_a_past_outbreak_takes_less_of_the_power_than_it_would():
    counts = CALM.counts[:200].copy()
    counts[:, -1] += 15
    clean = Regression().scores(shard(counts), 189)
    counts[:, 90:94] += 40
    dirty = Regression().scores(shard(counts), 189)
    unweighted = Regression(outlying=99.0).scores(shard(counts), 189)
    caught = [float(np.mean(scores.p < 0.01)) for scores in (clean, dirty, unweighted)]
    assert caught[0] > 0.9
    assert caught[1] > max(0.3, 2 * caught[2])


def test_an_outbreak_that_has_begun_does_not_explain_itself():
    counts = CALM.counts[:200].copy()
    counts[:, -6:] += 15
    assert np.mean(Regression().scores(shard(counts), 189).p < 0.01) > 0.7
