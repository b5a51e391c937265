"""The standard simulation of outbreak detection, from its published design.

    (1)  mu(t) = exp{theta + beta t + sum_j [g1 cos(2 pi j t / 52) + g2 sin(2 pi j t / 52)]},  j = 1 … m
    (2)  Y(t) ~ NegBin, mean mu(t), variance phi mu(t)
    (3)  an outbreak that starts in week s has v ~ Poisson(k (phi mu(s))^1/2) cases, v drawn again until >= 2,
         each in week s + floor(D), D by the shape; cases after the end are dropped

42 scenarios: seven sets of parameters, with and without trend, m = 0, 1, 2. Weeks 313-575 are the baseline
with four past outbreaks of one size k1, 576-624 the 49 tested weeks with one outbreak of size k2. Each
series has a twin that lacks the outbreak of the tested weeks and gives the false alarms. A year has 52
weeks.

Noufaily et al., Statistics in Medicine 32 (2013) 1206; Bédubourg & Le Strat, PLoS ONE 12 (2017) e0181227.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from tocsin.engine.detect.shard import Shard, Step

SETS = (  # theta, beta if there is a trend, g1, g2, phi
    (0.1, 0.0025, 0.6, 0.6, 1.5),
    (-2.0, 0.005, 0.1, 0.3, 2.0),
    (1.5, 0.003, 0.2, -0.4, 1.0),
    (0.5, 0.002, 0.5, 0.5, 5.0),
    (2.5, 0.001, 1.0, 0.1, 3.0),
    (3.75, 0.001, 0.1, -0.1, 1.1),
    (5.0, 0.0001, 0.05, 0.01, 1.2),
)
FIRST, TESTED, LAST = 313, 576, 624
PAST = (0, 2, 3, 5, 10)
CURRENT = tuple(range(1, 11))

Shape = Callable[[np.random.Generator, int], np.ndarray]
SHAPES: dict[str, Shape] = {
    "log-normal (0, 0.5)": lambda chance, cases: chance.lognormal(0.0, 0.5, cases),
    "slow log-normal (1, 0.5)": lambda chance, cases: chance.lognormal(1.0, 0.5, cases),
    "step of 6 weeks": lambda chance, cases: chance.uniform(0.0, 6.0, cases),
    "ramp of 6 weeks": lambda chance, cases: 6.0 * np.sqrt(chance.uniform(0.0, 1.0, cases)),
    "single spike": lambda chance, cases: np.zeros(cases),
}

DESIGN = SHAPES["log-normal (0, 0.5)"]
"""The shape of the published design; past outbreaks always have it."""


@dataclass(frozen=True)
class Trial:
    """Counts of shape (series, weeks 313 … 624); `outbreak` marks first to last week with its cases."""

    counts: np.ndarray
    twin: np.ndarray
    outbreak: np.ndarray
    mu: np.ndarray
    phi: np.ndarray
    parameters: np.ndarray
    size: np.ndarray
    past: np.ndarray

    @property
    def first(self) -> int:
        """Index of the first tested week."""
        return TESTED - FIRST

    def shard(self, counts: np.ndarray) -> Shard:
        """The counts as the detectors take them."""
        names = tuple(f"s{row}" for row in range(len(counts)))
        return Shard(names, counts, np.zeros(len(counts), dtype=np.int64), Step.WEEK, date(2026, 6, 15))


def trial(
    each: int,
    seed: int,
    shape: str = "log-normal (0, 0.5)",
    shift: float = 0.0,
    cases: float = 1.0,
    places: int | None = None,
) -> Trial:
    """`each` series for each of the 42 scenarios, sizes balanced. With `shift` the level of both twins
    changes by this much, in logarithm, two years before the tested weeks begin. `cases` multiplies k2. The
    twins of one seed are the same for every shape. `places` seeds the weeks in which outbreaks start, where
    several trials shall have them in common."""
    rows = []
    for which, values in enumerate(SETS):
        for trend in (0, 1):
            for harmonics in (0, 1, 2):
                for replicate in range(each):
                    chance = np.random.default_rng([seed, len(rows)])
                    past, size = PAST[replicate % 5], CURRENT[(replicate * 3 + replicate // 10) % 10]
                    mu = _mean(values, trend, harmonics, shift)
                    start = chance if places is None else np.random.default_rng([places, len(rows)])
                    when = int(start.integers(TESTED, LAST + 1))
                    row = _series(chance, mu, values[4], past, (size * cases, when), SHAPES[shape])
                    rows.append((*row, mu[FIRST - 1 :], values[4], which, size, past))
    return Trial(*(np.array(column) for column in zip(*rows, strict=True)))


def _mean(values: tuple[float, ...], trend: int, harmonics: int, shift: float) -> np.ndarray:
    theta, beta, g1, g2, _ = values
    t = np.arange(1, LAST + 1)
    angle = 2 * np.pi * t / 52
    waves = sum(g1 * np.cos(j * angle) + g2 * np.sin(j * angle) for j in range(1, harmonics + 1))
    return np.exp(theta + trend * beta * t + waves + shift * (t >= TESTED - 104))


def _series(
    chance: np.random.Generator, mu: np.ndarray, phi: float, past: int, now: tuple[float, int], shape: Shape
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    counts = chance.poisson(mu) if phi == 1 else chance.negative_binomial(mu / (phi - 1), 1 / phi)
    for _ in range(4 if past else 0):
        when = int(chance.integers(FIRST, TESTED))
        _outbreak(chance, counts, mu, phi, (past, when), TESTED - 1, DESIGN)
    twin = counts[FIRST - 1 :].copy()
    cases = _outbreak(chance, counts, mu, phi, now, LAST, shape)[FIRST - 1 :]
    weeks = np.flatnonzero(cases)
    during = np.zeros(len(cases), dtype=bool)
    during[weeks[0] : weeks[-1] + 1] = True
    return counts[FIRST - 1 :], twin, during


def _outbreak(
    chance: np.random.Generator,
    counts: np.ndarray,
    mu: np.ndarray,
    phi: float,
    outbreak: tuple[float, int],
    last: int,
    shape: Shape,
) -> np.ndarray:
    """Adds an outbreak of a size that starts in a week, as far as `last`; its cases by week."""
    size, start = outbreak
    added = np.zeros(LAST, dtype=np.int64)
    while not added.any():
        cases = int(chance.poisson(size * np.sqrt(phi * mu[start - 1])))
        if cases >= 2:
            week = start + np.floor(shape(chance, cases)).astype(int)
            added = np.bincount(week[week <= last], minlength=LAST + 1)[1:]
    counts += added
    return added
