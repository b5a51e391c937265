"""Several weeks of evidence, and what a score means."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from engine.detect.samples import quiet, shard
from tocsin.engine.detect import calibration
from tocsin.engine.detect.baseline import Forecast
from tocsin.engine.detect.calibration import p_value
from tocsin.engine.detect.courses import SIZES, Courses
from tocsin.engine.detect.ratios import log_ratios
from tocsin.engine.detect.regression import Regression
from tocsin.engine.detect.sequential import Chain, Sequential
from tocsin.engine.detect.sharding import in_parts

CALM = quiet(series=1500, times=190)


def test_ratios_are_those_of_the_distributions():
    y, m, phi = np.array([0.0, 3, 20]), np.array([2.0, 5, 11]), np.array([1.5, 3.0, 1.0])
    found = log_ratios(y, m, phi, np.array([0.5, 2.0]))
    for row in range(3):
        for column, k in enumerate((0.5, 2.0)):
            more = m[row] + k * np.sqrt(phi[row] * m[row])
            law = (
                (lambda mean, row=row: stats.poisson(mean))
                if phi[row] == 1
                else (lambda mean, row=row: stats.nbinom(mean / (phi[row] - 1), 1 / phi[row]))
            )
            expected = law(more).logpmf(y[row]) - law(m[row]).logpmf(y[row])
            assert found[row, column] == pytest.approx(expected, abs=1e-4)


def test_the_chances_of_a_course_are_chances():
    courses = Courses()
    assert courses.starts().sum() == pytest.approx(courses.rate)
    assert np.allclose(courses.moves().sum(1) + courses.ends(), 1.0)
    assert (courses.starts()[courses.smallest > SIZES] == 0).all()


def test_where_nothing_goes_on_p_is_uniform():
    p = in_parts(Sequential(), CALM, CALM.times - 4).p.ravel()
    assert np.mean(p) == pytest.approx(0.5, abs=0.03)
    for alpha in (0.2, 0.05, 0.01):
        assert 0.7 < np.mean(p < alpha) / alpha < 1.35


@pytest.mark.parametrize("mean", [0.2, 3.0, 200.0])
@pytest.mark.parametrize("spread", [1.0, 1.4, 4.0])
def test_at_every_mean_and_spread(mean, spread):
    """Counts whose law is known exactly: the table allows for a fit's error, so p is on the safe side."""
    chance = np.random.default_rng(4)
    chain, size, p = Chain(4000, Courses()), 4000, []
    forecast = Forecast(0, np.full(size, mean), np.full(size, spread), np.zeros(size))
    for _ in range(40):
        law = chance.negative_binomial(mean / (spread - 1), 1 / spread, size) if spread > 1 else None
        y = chance.poisson(mean, size) if law is None else law
        m, width = chain.expected(forecast)
        score = chain.see(y.astype(float), m, width, forecast)
        p.append(p_value(score, m, width))
    p = np.concatenate(p[12:])
    assert 0.2 < np.mean(p <= 0.01) / 0.01 < 1.3
    assert 0.6 < np.mean(p <= 0.1) / 0.1 < 1.3


def test_weak_signs_of_several_weeks_add_up():
    counts = CALM.counts[:400].copy()
    counts[:, -5:] += 6
    several, one = Sequential().scores(shard(counts), 189), Regression().scores(shard(counts), 189)
    assert np.mean(several.p < 0.01) > 1.5 * np.mean(one.p < 0.01)


def test_what_a_forecast_misses_is_learnt_in_calm_weeks_and_not_from_an_outbreak():
    doubt, size = np.array([0.04]), 1
    for counts, mean in ((12.0, 12.0), (60.0, 10.0)):
        chain = Chain(size, Courses())
        forecast = Forecast(0, np.array([10.0]), np.array([1.0]), doubt)
        for _ in range(20):
            found, width = chain.expected(forecast)
            chain.see(np.array([counts]), found, width, forecast)
        assert chain.expected(forecast)[0][0] == pytest.approx(mean, rel=0.1)


@settings(max_examples=60)
@given(mean=st.floats(0.01, 5000), spread=st.floats(1, 20), low=st.floats(-30, 30), more=st.floats(0.001, 30))
def test_a_higher_score_is_never_likelier(mean, spread, low, more):
    scores = np.array([low, low + more])
    p = p_value(scores, np.full(2, mean), np.full(2, spread))
    assert 0 < p[1] <= p[0] <= 1


def test_the_quantiles_of_the_table_have_their_tails():
    mean, spread = np.exp([calibration.LOG_MEANS[3]]), np.exp([calibration.LOG_SPREADS[2]])
    for at, tail in list(enumerate(calibration.TAILS))[5:]:
        score = np.array([calibration.QUANTILES[3][2][at]])
        assert p_value(score, mean, spread)[0] <= tail * 1.0001


def test_an_unjudged_score_has_no_p():
    assert np.isnan(p_value(np.array([np.nan]), np.array([np.nan]), np.array([np.nan])))
