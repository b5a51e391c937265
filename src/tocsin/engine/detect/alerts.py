"""One event is one alert: what people are told, as against the steps in which evidence stands.

Evidence of several steps does not end with the step that brought it, so alarms come in runs. Who has been
told once needn't be told again by the next step:

    (1)  an alarm is an alert unless there was an alert in the `QUIET` steps before it
    (2)  rate of alerts = begun(p) p,   where alarms have p or less by chance

(2) is smaller than p, most where alarms are common. A budget counts what people have to look at, so it is a
budget of alerts; `calibration_table` holds begun(p), from the same simulation as the scores.
"""

import numpy as np

from tocsin.engine.detect.calibration_table import BEGUN, TAILS
from tocsin.engine.detect.shard import Flags

QUIET = 2
"""Steps after an alert in which the same series gives no other."""
_LOG_TAILS = np.log(np.array(TAILS))[::-1]
_LOG_RATES = np.log(np.array(TAILS) * np.array(BEGUN))[::-1]


def alerts(alarms: Flags) -> Flags:
    """Equation (1) over alarms of shape (series, times)."""
    begun, last = np.zeros_like(alarms), np.full(len(alarms), -QUIET - 1)
    for at in range(alarms.shape[1]):
        begun[:, at] = alarms[:, at] & (at - last > QUIET)
        last = np.where(begun[:, at], at, last)
    return begun


def alpha_for(rate: float) -> float:
    """The chance of an alarm at which alerts have this rate, both a series and step: (2) solved for p.

    Above the largest rate that alerts can have it is one half; below the rarest that was simulated an alarm
    is an alert in the same share.
    """
    log = np.log(rate)
    if log <= _LOG_RATES[0]:
        return float(rate / BEGUN[-1])
    return min(float(np.exp(np.interp(log, _LOG_RATES, _LOG_TAILS))), 0.5)
