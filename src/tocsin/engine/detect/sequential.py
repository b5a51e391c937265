"""Is something going on now? All weeks of evidence, for an outbreak of unknown start, size and course.

    (1)  null:              Y_t ~ NB(mean m_t, variance phi_t m_t),  m_t = mu_t exp(d_t)
    (2)  outbreak, size k:  Y_t ~ NB(mean m_t + k (phi_t m_t)^1/2, the same variance over mean)
    (3)  l_k = log of (2) over (1) at the count                                                     (`ratios`)
    (4)  prior of step t:   w_k <- sum_j w_j M_jk + n s_k,   n <- n (1 - sum s) + sum_j w_j e_j
    (5)  posterior:         w_k <- w_k exp(l_k), then w and n are scaled to sum to one
    (6)  score = log(sum_k w_k / n), the logarithm of the odds that an outbreak is going on

s, M, e are the starts, moves and ends of `courses`. mu_t and phi_t come from `baseline`. What its forecast
does not know is common to the steps that follow one another; d_t is learnt from them as they pass:

    (7)  v <- v + (1 - v / D)(2 h - h^2) D,  d <- (1 - h) d      D: doubt of the forecast, h: share forgotten
    (8)  g = n v / (v + phi / m),  d <- d + g min((y - m) / m, g0),  v <- (1 - g) v

and (1), (2) take phi_t + m_t v for phi_t. Only the chance n that nothing is going on lets a count teach d.
Since (3) grows with the count at every size, so does the score: more is never less suspicious.

(6) is calibrated by simulation (`calibration`): `p` is the chance of at least this score when nothing is
going on, at this mean and this variance.

The chain is the forward recursion of a hidden Markov model (Le Strat & Carrat, Statistics in Medicine 18
(1999) 3463-3478) over the sizes of the generalised likelihood ratio of Höhle & Paul (Computational
Statistics & Data Analysis 52 (2008) 4357-4368), with their maximum over the unknown size replaced by its
sum.

Valid for: what `baseline` is valid for. Not valid for: the cause of a rise, or a rise of the reporting
alone.
"""

from dataclasses import dataclass, field

import numpy as np

from tocsin.engine.detect.baseline import Baseline, Forecast
from tocsin.engine.detect.calibration import p_value
from tocsin.engine.detect.courses import SIZES, Courses
from tocsin.engine.detect.ratios import log_ratios
from tocsin.engine.detect.scores import Scores
from tocsin.engine.detect.shard import Floats, Shard

FORGOTTEN = 0.03
"""h of (7)."""
LARGEST_LESSON = 1.0
"""g0 of (8): a count of more than twice what was expected teaches no more than one of twice."""
WARM = 12
"""Steps before the first judged one over which the chain comes to rest."""
FARTHEST = 700.0


@dataclass(frozen=True)
class Sequential:
    """The detector: a baseline and the courses that outbreaks may take."""

    baseline: Baseline = field(default_factory=Baseline)
    courses: Courses = field(default_factory=Courses)

    def scores(self, shard: Shard, first: int) -> Scores:
        """Scores of the steps from index `first` on; `expected` and `spread` are those of (1)."""
        scores = Scores.blank(len(shard.names), shard.times - first)
        chain = Chain(len(shard.names), self.courses)
        counts = shard.counts.astype(float)
        for forecast in self.baseline.forecasts(shard, max(first - WARM, 0)):
            mean, spread = chain.expected(forecast)
            score = chain.see(counts[:, forecast.at], mean, spread, forecast)
            if forecast.at >= first:
                p = p_value(score, mean, spread)
                scores.put(forecast.at - first, score=score, p=p, expected=mean, spread=spread)
        return scores


class Chain:
    """The chances of every size for every series, step by step: w (series, sizes), n, d and v (series,)."""

    def __init__(self, series: int, courses: Courses) -> None:
        self._starts, self._ends, self._moves = courses.starts(), courses.ends(), courses.moves()
        self._outbreak = np.zeros((series, len(SIZES)))
        self._null = np.ones(series)
        self._drift = np.zeros(series)
        self._unsure: Floats | None = None

    def expected(self, forecast: Forecast) -> tuple[Floats, Floats]:
        """m_t and the variance over the mean that (1) takes, after (7)."""
        doubt = np.nan_to_num(forecast.doubt)
        unsure = doubt if self._unsure is None else np.minimum(self._unsure, doubt)
        share = 1.0 - (1.0 - FORGOTTEN) ** 2
        self._unsure = unsure + share * (doubt - unsure)
        self._drift = (1.0 - FORGOTTEN) * self._drift
        mean = forecast.mean * np.exp(self._drift)
        return mean, forecast.spread + mean * self._unsure

    def see(self, y: Floats, mean: Floats, spread: Floats, forecast: Forecast) -> Floats:
        """Takes a count in: (4), (5), (8). Returns (6), NaN where there was no forecast."""
        judged = ~np.isnan(mean)
        safe = np.where(judged, mean, 1.0)
        ratio = log_ratios(y, safe, np.where(judged, spread, 1.0), SIZES)
        prior = self._outbreak @ self._moves + self._null[:, None] * self._starts
        null = self._null * (1.0 - self._starts.sum()) + self._outbreak @ self._ends
        top = np.maximum(ratio.max(1), 0.0)
        outbreak = prior * np.exp(ratio - top[:, None])
        null = null * np.exp(-top)
        score = np.log(outbreak.sum(1)) - np.log(np.maximum(null, 1e-300))
        total = null + outbreak.sum(1)
        self._outbreak = np.where(judged[:, None], outbreak / total[:, None], self._outbreak)
        self._null = np.where(judged, null / total, self._null)
        self._learn(y, safe, np.where(judged, forecast.spread, 1.0))
        return np.where(judged, np.clip(score, -FARTHEST, FARTHEST), np.nan)

    def _learn(self, y: Floats, mean: Floats, spread: Floats) -> None:
        unsure = np.zeros_like(mean) if self._unsure is None else self._unsure
        gain = self._null * unsure / (unsure + spread / mean)
        self._drift = self._drift + gain * np.minimum((y - mean) / mean, LARGEST_LESSON)
        self._unsure = (1.0 - gain) * unsure
