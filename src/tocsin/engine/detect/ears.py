"""EARS C1, C2 and C3: a week of counts against the seven steps before it, for histories too short to model.

    (1)  C_t = (Y_t - m_t) / max(s_t, floor),  m and s the mean and standard deviation of seven steps
    (2)  C1: steps t-7 … t-1.   C2: t-9 … t-3, so that a slow start does not lift its own baseline.
    (3)  C3_t = sum over t-2 … t of max(0, C2_u - 1)

The floor keeps a flat baseline from giving an infinite score; it is half a count. No season, no trend, no
probability: `p` is NaN.

Hutwagner, Thompson, Seeman, Treadwell: The bioterrorism preparedness and response Early Aberration
Reporting System (EARS), Journal of Urban Health 80 (2003) i89-i96.

Valid for: short histories and a first look, with many false alarms. Not valid for: a promise of how many.
"""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.detect.scores import Scores
from tocsin.engine.detect.shard import Floats, Shard

WINDOW = 7
FLOOR = 0.5
LAGS = {"C1": 0, "C2": 2, "C3": 2}


@dataclass(frozen=True)
class Ears:
    """One of "C1", "C2", "C3"."""

    kind: str = "C2"

    def scores(self, shard: Shard, first: int) -> Scores:
        """Scores of the steps from index `first` on; NaN until the baseline is full."""
        scores = Scores.blank(len(shard.names), shard.times - first)
        for at in range(first, shard.times):
            score, mean, spread = self._at(shard, at)
            scores.put(at - first, score=score, p=np.full_like(score, np.nan), expected=mean, spread=spread)
        return scores

    def _at(self, shard: Shard, at: int) -> tuple[Floats, Floats, Floats]:
        score, mean, spread = _standing(shard, at, LAGS[self.kind])
        if self.kind != "C3":
            return score, mean, spread
        recent = [_standing(shard, u, LAGS["C3"])[0] for u in range(at - 2, at + 1)]
        return np.sum([np.maximum(0.0, c - 1.0) for c in recent], axis=0), mean, spread


def _standing(shard: Shard, at: int, lag: int) -> tuple[Floats, Floats, Floats]:
    """(1) at one step: the standardised count, the mean and the variance over the mean."""
    begin = at - lag - WINDOW
    if begin < 0:
        blank = np.full(len(shard.names), np.nan)
        return blank, blank, blank
    window = shard.counts[:, begin : at - lag].astype(float)
    mean, deviation = window.mean(axis=1), window.std(axis=1, ddof=1)
    judged = np.where(shard.begins <= begin, 1.0, np.nan)
    score = (shard.counts[:, at] - mean) / np.maximum(deviation, FLOOR)
    return score * judged, mean * judged, deviation**2 / np.maximum(mean, FLOOR) * judged
