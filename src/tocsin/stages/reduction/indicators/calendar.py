"""Which steps hold public holidays, and which weekends are worked to make up for them.

The days are those of the `holidays` library by the pack's country; the official arrangements of a year are in
it once they are published, so a forecast before that knows the fixed days alone. For China it knows the
weekends that are worked in exchange, which look like weekdays in every count of calls.
"""

from datetime import date, timedelta
from functools import cache

import holidays
import numpy as np

from tocsin.engine.detect.shard import Floats, Shard
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.steps import step_of


def columns(country: str, shard: Shard) -> Floats | None:
    """Two columns for the steps of a shard: the share of its days that are public holidays, and that are
    worked weekends; an hour has its day's. None where no country is known, or where none of its days matters
    in these steps."""
    if not country or not shard.times:
        return None
    off, worked = _days(country, shard.day(0).year, shard.last.year + 1)
    length = max(round(shard.step.days), 1)
    days = (shard.day(at) for at in range(shard.times))
    found = np.array([_share(step_of(day, Rhythm.DAY), length, off, worked) for day in days])
    kept: Floats = found[:, found.any(axis=0)]
    return kept if kept.shape[1] else None


def _share(day: date, length: int, off: frozenset[date], worked: frozenset[date]) -> tuple[float, float]:
    days = [day + timedelta(days=at) for at in range(length)]
    return sum(one in off for one in days) / length, sum(one in worked for one in days) / length


@cache
def _days(country: str, begin: int, end: int) -> tuple[frozenset[date], frozenset[date]]:
    """Holidays, and weekends that are worked, of some years; none for a country that nobody knows."""
    if country not in holidays.list_supported_countries():
        return frozenset(), frozenset()
    known = holidays.country_holidays(country, years=range(begin, end + 1))
    return frozenset(known), frozenset(getattr(known, "weekend_workdays", ()))
