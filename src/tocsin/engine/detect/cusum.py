"""CUSUM: small excesses that add up, against the last weeks.

    (1)  z_t = (Y_t - m_t) / max(s_t, floor),  m and s of the `window` steps that end `gap` steps before t
    (2)  S_t = max(0, S_{t-1} + z_t - k)

An alarm is S over h, usually 4 to 5 with k = 1/2: a lasting rise of one standard deviation is seen after
about eight steps. No season, no trend, no probability: `p` is NaN, and what returns every year is an alarm
every year.

Page, Continuous inspection schemes, Biometrika 41 (1954) 100-115.

Valid for: short histories without a season. Not valid for: seasonal or sparse counts.
"""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.detect.scores import Scores
from tocsin.engine.detect.shard import Flags, Floats, Shard

FLOOR = 0.5


@dataclass(frozen=True)
class Cusum:
    """`reference` is k of (2); `window` and `gap` in steps."""

    reference: float = 0.5
    window: int = 26
    gap: int = 2

    def scores(self, shard: Shard, first: int) -> Scores:
        """Scores of the steps from index `first` on; the sum runs from where the window is full."""
        scores = Scores.blank(len(shard.names), shard.times - first)
        total = np.zeros(len(shard.names))
        for at in range(self.window + self.gap, shard.times):
            z, mean, spread, judged = self._standing(shard, at)
            total = np.where(judged, np.maximum(0.0, total + z - self.reference), 0.0)
            if at >= first:
                blank = np.full_like(total, np.nan)
                kept = (np.where(judged, value, np.nan) for value in (total, mean, spread))
                score, mean, spread = kept
                scores.put(at - first, score=score, p=blank, expected=mean, spread=spread)
        return scores

    def _standing(self, shard: Shard, at: int) -> tuple[Floats, Floats, Floats, Flags]:
        begin, end = at - self.gap - self.window, at - self.gap
        past = shard.counts[:, begin:end].astype(float)
        mean, deviation = past.mean(axis=1), past.std(axis=1, ddof=1)
        z = (shard.counts[:, at] - mean) / np.maximum(deviation, FLOOR)
        return z, mean, deviation**2 / np.maximum(mean, FLOOR), shard.begins <= begin
