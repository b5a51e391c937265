"""Is this step's count alone more than trend and season explain? The regression on its own past.

    (1)  mu_t, phi_t, doubt_t from `baseline`
    (2)  predictive:  Y_t ~ NB(mean mu_t, variance (phi_t + mu_t doubt_t) mu_t)
    (3)  p = mid-p of the count under (2),  score = -log10 p

(2) adds what is not known of the mean to the noise. It looks at one step only, as the method that it
follows (farringtonFlexible, see `baseline`) does; `sequential` takes the steps before into account and sees
more.

Valid for: counts with a year or more of weeks, or two months of days, any mean above about 0.05 a step. Not
valid for: series whose level has just shifted (a new laboratory, a new definition), which it calls
outbreaks.
"""

from dataclasses import dataclass, field

import numpy as np

from tocsin.engine.detect.baseline import Baseline
from tocsin.engine.detect.scores import Scores
from tocsin.engine.detect.shard import Shard
from tocsin.engine.detect.tails import mid_p


@dataclass(frozen=True)
class Regression:
    """The detector and its baseline."""

    baseline: Baseline = field(default_factory=Baseline)

    def scores(self, shard: Shard, first: int) -> Scores:
        """Scores of the steps from index `first` on."""
        scores = Scores.blank(len(shard.names), shard.times - first)
        for forecast in self.baseline.forecasts(shard, first):
            y = shard.counts[:, forecast.at].astype(float)
            spread = forecast.spread + forecast.mean * forecast.doubt
            p = mid_p(y, forecast.mean, spread)
            at = forecast.at - first
            scores.put(at, score=-np.log10(p), p=p, expected=forecast.mean, spread=spread)
        return scores
