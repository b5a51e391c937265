"""The baseline against a plain reference, and the regression's p-values where nothing is going on."""

import numpy as np
import pytest
from scipy import stats

from engine.detect.samples import quiet, shard
from tocsin.engine.detect.baseline import Baseline
from tocsin.engine.detect.regression import Regression
from tocsin.engine.detect.sharding import in_parts
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


def _reference(counts, end, times):
    """Newton on (1) for one series without outbreaks, written out, then (2), (5) and (6) by hand."""
    time = np.arange(times) - (times - 1.0)
    angle = 2 * np.pi * time * 7 / 365.25
    x = np.stack([np.ones(times), time / times, *(w(k * angle) for k in (1, 2) for w in (np.sin, np.cos))], 1)
    y, b, loose = counts[:end], np.zeros(6), np.array([1e-6, 1, 1, 1, 1, 1])
    b[0] = np.log(y.mean())
    for _ in range(60):
        mu = np.exp(x[:end] @ b)
        b = b + np.linalg.solve((x[:end].T * mu) @ x[:end] + np.diag(loose), x[:end].T @ (y - mu) - loose * b)
    mu = np.exp(x[:end] @ b)
    phi = max(1.0, ((y - mu) ** 2 / mu).sum() / (end - 6))
    a = (x[:end].T * mu) @ x[:end] + np.diag(loose)
    variance, penalty = phi * np.diag(np.linalg.inv(a)), np.zeros(6)
    for group in ([1], [2, 3], [4, 5]):
        noise = variance[group].sum()
        penalty[group] = phi * len(group) / max((b[group] ** 2).sum() - noise, 1e-6 * noise)
    inverse = np.linalg.inv(a + np.diag(penalty))
    return np.exp(x[end + 8] @ inverse @ a @ b), phi, phi * x[end + 8] @ inverse @ x[end + 8]


def test_where_no_week_is_suspicious_it_is_the_plain_fit_and_its_shrinkage(monkeypatch):
    monkeypatch.setattr("tocsin.engine.detect.baseline.RATE", 0.0)
    calm = quiet(series=1, times=160, mean=40.0, spread=1.2, seed=3)
    (forecast,) = Baseline().forecasts(calm, 159)
    found = [float(part[0]) for part in (forecast.mean, forecast.spread, forecast.doubt)]
    assert found == pytest.approx(_reference(calm.counts[0], 159 - 8, 160), rel=1e-4)


def test_where_nothing_goes_on_p_is_as_uniform_as_counts_allow():
    p = in_parts(Regression(), CALM, CALM.times - 4).p.ravel()
    assert np.mean(p) == pytest.approx(0.5, abs=0.02)
    assert 0.6 < np.mean(p < 0.01) / 0.01 < 1.6
    assert 0.85 < np.mean(p < 0.1) / 0.1 < 1.15


def test_a_past_outbreak_takes_little_of_the_power(monkeypatch):
    counts = CALM.counts[:200].copy()
    counts[:, -1] += 15
    clean = Regression().scores(shard(counts), 189)
    counts[:, 90:94] += 40
    dirty = Regression().scores(shard(counts), 189)
    monkeypatch.setattr("tocsin.engine.detect.baseline.RATE", 0.0)
    unweighted = Regression().scores(shard(counts), 189)
    caught = [float(np.mean(scores.p < 0.01)) for scores in (clean, dirty, unweighted)]
    assert caught[0] > 0.9
    assert caught[1] > max(0.8 * caught[0], 2 * caught[2])


def test_an_outbreak_that_has_begun_does_not_explain_itself():
    counts = CALM.counts[:200].copy()
    counts[:, -6:] += 15
    assert np.mean(Regression().scores(shard(counts), 189).p < 0.01) > 0.8


def test_a_season_that_is_not_there_is_not_fitted():
    flat = quiet(series=300, times=190, season=0.0, mean=30.0, spread=2.0)
    (forecast,) = Baseline().forecasts(flat, 189)
    error = np.log(forecast.mean / 30.0)
    assert np.std(error) < 0.8 * np.sqrt(6 * 2.0 / 30.0 / 181)


def test_only_the_last_years_are_fitted():
    whole = quiet(series=3, times=190)
    (short,) = Baseline(longest=100).forecasts(whole, 189)
    shifted = shard(np.concatenate([whole.counts[:, :60] + 50, whole.counts[:, 60:]], axis=1))
    (other,) = Baseline(longest=100).forecasts(shifted, 189)
    assert np.allclose(short.mean, other.mean)
