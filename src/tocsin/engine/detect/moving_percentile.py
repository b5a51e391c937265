"""The moving percentile, as China's early-warning system (CIDARS) runs it: this week among its like.

The baseline of step t are the steps t-2 … t+2, one to five years back: up to 25 counts. `score` is the share
of them that lie below the count, ties counted half; an alarm is a score over 0.5 … 0.9 by disease. It is a
rank among at most 25 and no probability: `p` is NaN.

The system and what became of its signals of 2008-2010: PubMed 21569720.

Valid for: comparison with what health authorities know. Not valid for: rare alarms; in calm times it
raises one week in five at 0.8.
"""

from dataclasses import dataclass

import numpy as np

from tocsin.engine.detect.scores import Scores
from tocsin.engine.detect.shard import Floats, Shard

YEAR = 365.25


@dataclass(frozen=True)
class MovingPercentile:
    """`years` back, `around` steps to each side."""

    years: int = 5
    around: int = 2
    fewest: int = 10
    """Counts of the past below which nothing is said."""

    def scores(self, shard: Shard, first: int) -> Scores:
        """Scores of the steps from index `first` on."""
        scores = Scores.blank(len(shard.names), shard.times - first)
        known, counts = shard.known(), shard.counts.astype(float)
        for at in range(first, shard.times):
            past = self._past(shard, at)
            among = np.where(known[:, past], counts[:, past], np.nan)
            self._judge(scores, at - first, counts[:, at], among)
        return scores

    def _past(self, shard: Shard, at: int) -> list[int]:
        year = YEAR / shard.step.days
        centres = (at - round(back * year) for back in range(1, self.years + 1))
        steps = (centre + off for centre in centres for off in range(-self.around, self.around + 1))
        return [step for step in steps if step >= 0]

    def _judge(self, scores: Scores, at: int, y: Floats, among: Floats) -> None:
        size = np.sum(~np.isnan(among), axis=1)
        judged = np.where(size >= self.fewest, 1.0, np.nan)
        below = np.sum(among < y[:, None], axis=1) + 0.5 * np.sum(among == y[:, None], axis=1)
        share = below / np.maximum(size, 1) * judged
        mean = np.nansum(among, axis=1) / np.maximum(size, 1)
        square = np.nansum((among - mean[:, None]) ** 2, axis=1) / np.maximum(size - 1, 1)
        spread = square / np.maximum(mean, 0.04) * judged
        scores.put(at, score=share, p=np.full_like(share, np.nan), expected=mean * judged, spread=spread)
