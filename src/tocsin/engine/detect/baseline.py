"""What a series' own past leads one to expect: a log-linear model, refitted at every step.

    (1)  E Y_t = mu_t = e_t exp(x_t' b),   x_t = (1, t, sin and cos of the year and half-year, calendar_t)
    (2)  Var Y_t = phi mu_t,               phi = max(1, sum_i w_i (y_i - mu_i)^2 / mu_i / (sum_i w_i - p))
    (3)  l_ik = log likelihood of y_i with k standard deviations more than mu_i over that with none (`ratios`)
    (4)  w_i = 1 / (1 + rate mean_D mean_k sum_windows exp(sum of l_jk)),   windows of D steps that hold i
    (5)  b* = (A + L)^-1 A b,   A = sum_i w_i mu_i x_i x_i' + 1,  L = phi d_g / max(|b_g|^2 - var b_g, 0)
    (6)  doubt_t = Var(log mu_t) = phi x_t' (A + L)^-1 x_t

Past outbreaks would make the baseline too high and too wide. (4) is the chance that week i belonged to
none, if outbreaks of k standard deviations and of one, two or four steps begin at some rate; it is what a
week weighs. The `left_out` steps before the judged one don't take part, so that an outbreak which has begun
does not explain itself. (5) takes back what the data don't support: a trend, a season or a holiday effect
that isn't told from noise is shrunk to nothing (positive-part James-Stein by group g of d_g coefficients),
which makes the forecast of a series without a season as sure as it can be. e_t is the exposure.

The regression is that of Noufaily, Enki, Farrington, Garthwaite, Andrews, Charlett: An improved algorithm
for outbreak detection in multiple surveillance systems, Statistics in Medicine 32 (2013) 1206-1222, with
smooth harmonics for their ten levels of season and (4) for their weights.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tocsin.engine.detect.design import Design
from tocsin.engine.detect.ratios import log_ratios
from tocsin.engine.detect.shard import Flags, Floats, Shard, Step

FIRST_ROUNDS = 8
"""Newton steps of a first fit, weights renewed at every other of its last half; later ones begin where the
step before ended and need one."""
LOOSE = 1.0
"""Standard deviation, on the logarithmic scale, that is thought possible for every coefficient but the level:
it decides only where a short history doesn't, as between a trend and half a season."""
STEEPEST = 12.0
"""Bound of |x'b|: a baseline of zeros has no finite coefficient."""
STRIDE = 2.0
"""The longest Newton step, in any coefficient."""
SIZES = np.array([1.5, 3.0, 6.0])
DURATIONS = (1, 2, 4)
RATE = 0.01
FRESH = 12
"""Steps that are weighed anew at every fit: those that have just come in."""
LEFT_OUT = {Step.WEEK: 8, Step.DAY: 8, Step.HOUR: 24}
LONGEST = {Step.WEEK: 313, Step.DAY: 313, Step.HOUR: 8 * 7 * 24}
SHORTEST = {Step.WEEK: 52, Step.DAY: 56, Step.HOUR: 2 * 7 * 24}
"""Steps that a baseline needs before those that are left out."""


@dataclass(frozen=True)
class Forecast:
    """Of the step at index `at`, shape (series,) each: mean, variance over mean, variance of the logarithm of
    the mean. NaN where the history is too short."""

    at: int
    mean: Floats
    spread: Floats
    doubt: Floats


@dataclass(frozen=True)
class Baseline:
    """`left_out`, `longest`, `shortest` and `reweigh` in steps; where they are None the step says how many.
    Every `reweigh` steps the whole past is weighed anew, the last of it at each."""

    left_out: int | None = None
    longest: int | None = None
    reweigh: int = 26
    shortest: int | None = None
    year: float = 365.25

    def forecasts(self, shard: Shard, first: int) -> Iterator[Forecast]:
        """One for each step from index `first` on, each from what was known `left_out` steps before."""
        design = Design.of(shard, self.year)
        past = _Past.of(shard, design)
        left_out = LEFT_OUT[shard.step] if self.left_out is None else self.left_out
        longest = LONGEST[shard.step] if self.longest is None else self.longest
        shortest = SHORTEST[shard.step] if self.shortest is None else self.shortest
        fit: _Fit | None = None
        for at in range(first, shard.times):
            end = at - left_out
            if end < shortest:
                continue
            now = past.until(end, longest)
            if fit is None:
                fit = _first(now, past.start())
            else:
                fit = _next(now, fit.b, whole=at % self.reweigh == 0)
            past.weights[:, max(end - longest, 0) : end] = now.weights
            yield _forecast(at, fit, design, past.steps(end) >= shortest)


@dataclass(frozen=True)
class _Past:
    """Counts, offsets, weights and what is known, of shape (series, times); the design."""

    y: Floats
    offset: Floats
    weights: Floats
    known: Floats
    design: Design

    @classmethod
    def of(cls, shard: Shard, design: Design) -> "_Past":
        y, known = shard.counts.astype(float), shard.known().astype(float)
        return cls(y, shard.offset(), known.copy(), known, design)

    def until(self, end: int, longest: int) -> "_Past":
        part = slice(max(end - longest, 0), end)
        y, offset, weights, known = (a[:, part] for a in (self.y, self.offset, self.weights, self.known))
        return _Past(y, offset, weights, known, self.design.part(part))

    def steps(self, end: int) -> Floats:
        total: Floats = self.known[:, :end].sum(1)
        return total

    def start(self) -> Floats:
        b = np.zeros((len(self.y), self.design.x.shape[1]))
        exposed = (np.exp(self.offset) * self.known).sum(1)
        b[:, 0] = np.log(np.maximum((self.y * self.known).sum(1), 0.5) / np.maximum(exposed, 1e-9))
        return b


@dataclass(frozen=True)
class _Fit:
    """b (series, p), A (series, p, p), mu (series, n), phi (series,)."""

    b: Floats
    a: Floats
    mu: Floats
    phi: Floats


def _first(past: _Past, b: Floats) -> _Fit:
    fit = _newton(past, b)
    for turn in range(FIRST_ROUNDS):
        if turn >= FIRST_ROUNDS // 2 and turn % 2 == 0:
            _weigh(past, fit)
        fit = _newton(past, fit.b)
    return fit


def _next(past: _Past, b: Floats, *, whole: bool) -> _Fit:
    fit = _newton(past, b)
    _weigh(past, fit, 0 if whole else -FRESH)
    return fit


def _newton(past: _Past, b: Floats) -> _Fit:
    """One step for (1), and (2) at where it began."""
    x, p = past.design.x, past.design.x.shape[1]
    ridge = np.r_[1e-6, np.full(p - 1, LOOSE**-2)]
    mu = np.exp(np.clip(b @ x.T, -STEEPEST, 2 * STEEPEST) + past.offset)
    missed = past.y - mu
    weighed = past.weights * missed
    a = ((past.weights * mu) @ past.design.pairs)[:, past.design.square] + np.diag(ridge)
    step = np.linalg.solve(a, (weighed @ x - ridge * b)[:, :, None])[:, :, 0]
    free = np.maximum(past.weights.sum(1) - p, 1.0)
    phi = np.maximum((weighed * missed / mu).sum(1) / free, 1.0)
    return _Fit(b + np.clip(step, -STRIDE, STRIDE), a, mu, phi)


def _weigh(past: _Past, fit: _Fit, begin: int = 0) -> None:
    """Equations (3) and (4); writes the weights from an index (or so many last ones) on."""
    at = max(begin + past.y.shape[1] if begin < 0 else begin, 0)
    part = slice(max(at - max(DURATIONS) + 1, 0), None)
    y, mu, known = past.y[:, part], fit.mu[:, part], past.known[:, part]
    ratio = log_ratios(y, mu, np.broadcast_to(fit.phi[:, None], mu.shape), SIZES)
    total = np.cumsum(np.pad(ratio * known[:, :, None], ((0, 0), (1, 0), (0, 0))), axis=1)
    evidence = np.zeros_like(mu)
    for duration in DURATIONS:
        windows = np.exp(np.minimum(total[:, duration:] - total[:, :-duration], 50.0)).mean(2)
        for shift in range(duration):
            evidence[:, shift : shift + windows.shape[1]] += windows
    weights = known / (1.0 + RATE / len(DURATIONS) * evidence)
    past.weights[:, at:] = weights[:, at - (part.start or 0) :]


def _forecast(at: int, fit: _Fit, design: Design, long_enough: Flags) -> Forecast:
    """Equations (5) and (6)."""
    b, inverse = _shrunk(fit, design)
    x = design.x[at]
    mean = np.exp(np.clip(b @ x, -STEEPEST, 2 * STEEPEST) + design.offset[:, at])
    doubt = fit.phi * np.einsum("i,sij,j->s", x, inverse, x)
    judged = np.where(long_enough, 1.0, np.nan)
    return Forecast(at, mean * judged, fit.phi * judged, doubt * judged)


def _shrunk(fit: _Fit, design: Design) -> tuple[Floats, Floats]:
    variance = fit.phi[:, None] * np.diagonal(np.linalg.inv(fit.a), axis1=1, axis2=2)
    penalty = np.zeros_like(fit.b)
    for group in design.groups:
        noise = variance[:, group].sum(1)
        real = np.maximum((fit.b[:, group] ** 2).sum(1) - noise, 1e-6 * noise)
        penalty[:, group] = (fit.phi * len(group) / real)[:, None]
    inverse = np.linalg.inv(fit.a + penalty[:, :, None] * np.eye(penalty.shape[1]))
    b: Floats = np.einsum("sij,sjk,sk->si", inverse, fit.a, fit.b)
    return b, np.asarray(inverse, dtype=np.float64)
