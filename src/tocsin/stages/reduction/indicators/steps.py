"""Steps of time, as the jurisdiction's own clock has them. Pure.

A step is named by its beginning: a date for days and weeks, a naive datetime for hours (a datetime is a date;
the engine has it so too). Stored is the instant of that beginning. The hour that a clock repeats in autumn is
one step, in which both are counted; the hour that it skips in spring is a step of which nothing is stored.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tocsin.engine.detect.shard import Step
from tocsin.kernel.instants import Instant
from tocsin.stages.reduction.indicators.enums import Rhythm

STEPS = {Rhythm.HOUR: Step.HOUR, Rhythm.DAY: Step.DAY, Rhythm.WEEK: Step.WEEK}
MONTH = timedelta(days=31)
LOOKED_BACK = {Rhythm.HOUR: timedelta(days=7), Rhythm.DAY: MONTH, Rhythm.WEEK: MONTH}
"""What is judged when an indicator is new, and anew where counts are mended."""


def step_of(moment: date, rhythm: Rhythm) -> date:
    """The step that holds a moment of the local clock, a bare date being midnight; weeks begin on Monday."""
    if rhythm is Rhythm.HOUR:
        hour = moment if isinstance(moment, datetime) else datetime.combine(moment, time())
        return hour.replace(minute=0, second=0, microsecond=0, fold=0)
    day = moment.date() if isinstance(moment, datetime) else moment
    return day if rhythm is Rhythm.DAY else day - timedelta(days=day.weekday())


def last_whole(now: date, rhythm: Rhythm) -> date:
    """The last step that is over at a moment of the local clock."""
    return step_of(now, rhythm) - STEPS[rhythm].span


def clock(moment: datetime, zone: tzinfo) -> datetime:
    """What the local clock shows at an instant."""
    return moment.astimezone(zone).replace(tzinfo=None)


def step_at(moment: datetime, rhythm: Rhythm, zone: tzinfo) -> date:
    """The step that holds an instant."""
    return step_of(clock(moment, zone), rhythm)


def beginning(step: date, zone: tzinfo) -> Instant:
    """The instant at which a step begins; of an hour that comes twice the first, of one that is skipped that
    of the next."""
    local = step if isinstance(step, datetime) else datetime.combine(step, time())
    return Instant(local.replace(tzinfo=zone).astimezone(UTC))


def skipped(begin: date, until: date, zone: tzinfo) -> Iterator[date]:
    """The hours from one to another that the clock skips."""
    for day in range((until - begin).days + 2):
        midnight = step_of(begin, Rhythm.DAY) + timedelta(days=day)
        if beginning(midnight + timedelta(days=1), zone) - beginning(midnight, zone) < timedelta(days=1):
            hours = (step_of(midnight, Rhythm.HOUR) + timedelta(hours=at) for at in range(24))
            yield from (h for h in hours if begin <= h <= until and clock(beginning(h, zone), zone) != h)


def in_words(step: date) -> str:
    """As people read it: a date, of an hour with the time."""
    return f"{step:%Y-%m-%d %H:%M}" if isinstance(step, datetime) else step.isoformat()
