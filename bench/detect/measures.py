"""The measures of the published comparison, at a common false-positive rate."""

from dataclasses import dataclass, fields

import numpy as np

from bench.detect.simulation import Trial
from tocsin.engine.detect.alerts import alerts


@dataclass(frozen=True)
class Measures:
    """Percent, but for `delay` (weeks from the first week of an outbreak to its first alarm). `pod_alerts` is
    the share of outbreaks with an alert, at the threshold at which the twins have as many alerts as `fpr`
    says alarms. `by_set`: the false-positive rate of each parameter set over that of all."""

    fpr: float
    pod_alerts: float
    pod: float
    pod1: float
    sensitivity: float
    ppv: float
    f1: float
    delay: float
    by_set: tuple[float, ...]

    def row(self) -> str:
        """A row of a Markdown table."""
        *figures, delay = [getattr(self, field.name) for field in fields(self)[:-1]]
        return " | ".join([*(f"{figure:.1f}" for figure in figures), f"{delay:.2f}"])


HEAD = "FPR | POD, one alert an event | POD | POD in week one | sensitivity | PPV | F1 | delay"
RULE = "|".join(["---"] * (2 + HEAD.count("|")))
"""Under a heading with one column before the measures; one more column takes another `|---`."""


def at_rate(scores: np.ndarray, twins: np.ndarray, trial: Trial, rate: float = 0.01) -> Measures:
    """With the one threshold at which the twins give this rate of alarms."""
    twins = np.nan_to_num(twins, nan=-np.inf)
    return at_threshold(scores, twins, trial, float(np.quantile(twins, 1 - rate, method="higher")))


def at_threshold(scores: np.ndarray, twins: np.ndarray, trial: Trial, threshold: float) -> Measures:
    """With a given one."""
    during, rows = trial.outbreak[:, trial.first :], np.arange(len(scores))
    alarms, false = np.nan_to_num(scores, nan=-np.inf) > threshold, twins > threshold
    caught, start = alarms & during, during.argmax(1)
    found = caught.any(1)
    sensitivity, ppv = caught.sum() / during.sum(), caught.sum() / max(alarms.sum(), 1)
    rates = [false[trial.parameters == which].mean() / max(false.mean(), 1e-9) for which in range(7)]
    told = _pod_alerts(scores, twins, trial, float(false.mean()))
    percent = [100 * float(share) for share in (false.mean(), told, found.mean(), alarms[rows, start].mean())]
    percent += [100 * float(sensitivity), 100 * float(ppv)]
    f1 = 200 * float(sensitivity * ppv / max(sensitivity + ppv, 1e-9))
    delay = float((caught.argmax(1) - start)[found].mean()) if found.any() else float("nan")
    return Measures(*percent, f1, delay, tuple(float(share) for share in rates))


def _pod_alerts(scores: np.ndarray, twins: np.ndarray, trial: Trial, rate: float) -> float:
    """The share of outbreaks with an alert while they last, if alerts in calm times have this rate."""
    if not 0.0 < rate < 1.0:
        return float("nan")
    low, high = float(np.nanquantile(twins, 0.5)), float(np.max(twins))
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if alerts(twins > middle).mean() > rate else (low, middle)
    told = alerts(np.nan_to_num(scores, nan=-np.inf) > high) & trial.outbreak[:, trial.first :]
    return float(told.any(1).mean())
