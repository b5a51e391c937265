"""A desk with the places of Shenzhen, and counts as tables give them."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest
from django.utils.timezone import make_aware

from tocsin.kernel.instants import Instant
from tocsin.spine.places.actions import settle
from tocsin.stages.reduction.indicators import actions
from tocsin.stages.reduction.indicators.enums import Rhythm

MONDAY = date(2026, 6, 15)


def noon_of(day: date) -> Instant:
    return Instant(make_aware(datetime(day.year, day.month, day.day, 12)))


@pytest.fixture
def shenzhen(desk):
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    return desk


@pytest.fixture
def counts_elsewhere(shenzhen):
    """An indicator for counts from elsewhere, defined at noon of a day."""

    def define(rhythm=Rhythm.DAY, day=MONDAY, alarms=0.01):
        return actions.define(
            act=shenzhen.act("duty_officer", at=noon_of(day)),
            name={"zh": "x", "en": "Food poisoning reports"},
            kind="food-poisoning",
            counted=[],
            rhythm=rhythm,
            alarms=alarms,
        )

    return define


def table(counts, last=MONDAY - timedelta(1), series="", step=1):
    """Rows of a table whose last count is that of `last`."""
    begin = last - timedelta(step * (len(counts) - 1))
    return [(series, begin + timedelta(step * at), int(count)) for at, count in enumerate(counts)]


def calm(days=120, mean=12.0, seed=4):
    return np.random.default_rng(seed).poisson(mean, days)
