"""Counts as tables give them, and an indicator to put them in."""

from datetime import date, datetime, timedelta

import numpy as np
from django.utils.timezone import make_aware

from tocsin.kernel.instants import Instant
from tocsin.stages.reduction.indicators import actions
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.models import Indicator

MONDAY = date(2026, 6, 15)


def noon_of(day: date) -> Instant:
    return Instant(make_aware(datetime(day.year, day.month, day.day, 12)))


def midnight_of(day: date) -> datetime:
    """As the beginnings of steps are stored."""
    return make_aware(datetime(day.year, day.month, day.day))


def counts_elsewhere(desk, day=MONDAY, alarms=0.01, rhythm=Rhythm.DAY, **more) -> Indicator:
    """An indicator for counts from elsewhere, defined at noon of a day."""
    return actions.define(
        act=desk.act("duty_officer", at=noon_of(day)),
        name={"zh": "x", "en": "Food poisoning reports"},
        kind="food-poisoning",
        counted=[],
        rhythm=rhythm,
        alarms=alarms,
        **more,
    )


def table(counts, last=MONDAY - timedelta(1), series="", step=1):
    """Rows of a table whose last count is that of `last`."""
    begin = last - timedelta(step * (len(counts) - 1))
    return [(series, begin + timedelta(step * at), int(count)) for at, count in enumerate(counts)]


def calm(days=120, mean=12.0, seed=4):
    return np.random.default_rng(seed).poisson(mean, days)
