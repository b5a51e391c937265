"""The measures of the published comparison, at a common false-positive rate."""

from dataclasses import dataclass, fields

import numpy as np
from bench.detect.simulation import Trial


@dataclass(frozen=True)
class Measures:
    """Percent, but for `delay` (weeks from the first week of an outbreak to its first alarm). `by_set`: the
    false-positive rate of each parameter set over that of all."""

    fpr: float
    pod: float
    pod1: float
    sensitivity: float
    ppv: float
    f1: float
    delay: float
    by_set: tuple[float, ...]

    def row(self) -> str:
        """A row of a Markdown table."""
        figures = [getattr(self, field.name) for field in fields(self)[:7]]
        return " | ".join([*(f"{figure:.1f}" for figure in figures[:6]), f"{figures[6]:.2f}"])


HEAD = "FPR | POD | POD in week one | sensitivity | PPV | F1 | delay"


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
    percent = [100 * float(share) for share in (false.mean(), found.mean(), alarms[rows, start].mean())]
    percent += [100 * float(sensitivity), 100 * float(ppv)]
    f1 = 200 * float(sensitivity * ppv / max(sensitivity + ppv, 1e-9))
    delay = float((caught.argmax(1) - start)[found].mean()) if found.any() else float("nan")
    return Measures(*percent, f1, delay, tuple(float(share) for share in rates))
