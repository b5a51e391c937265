"""Counting signals into steps. Pure: signals in, counts out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from tocsin.engine.detect.series import Point
from tocsin.engine.detect.shard import Step
from tocsin.stages.reduction.indicators.enums import Rhythm

STEPS = {Rhythm.DAY: Step.DAY, Rhythm.WEEK: Step.WEEK}


def step_of(day: date, rhythm: Rhythm) -> date:
    """The first day of the step that holds a day; weeks begin on Monday."""
    return day if rhythm is Rhythm.DAY else day - timedelta(days=day.weekday())


def last_whole(today: date, rhythm: Rhythm) -> date:
    """The first day of the last step that is over."""
    return step_of(today, rhythm) - timedelta(days=int(STEPS[rhythm]))


def counted(
    signals: Iterable[tuple[date, Sequence[str]]], inside: Mapping[str, frozenset[str]], rhythm: Rhythm
) -> Counter[tuple[str, date]]:
    """How many signals each series has in each step. `signals` are days and codes of places; `inside` the
    codes that belong to each series, none for one that counts whatever the place is."""
    found: Counter[tuple[str, date]] = Counter()
    for day, codes in signals:
        step, places = step_of(day, rhythm), set(codes)
        for series, belonging in inside.items():
            if not belonging or places & belonging:
                found[series, step] += 1
    return found


def filled_up(
    points: Mapping[str, Mapping[date, int]], begin: date, until: date, rhythm: Rhythm
) -> dict[str, list[Point]]:
    """Every step from `begin` to `until`; where nothing was counted, nothing came."""
    step = timedelta(days=int(STEPS[rhythm]))
    steps = [begin + at * step for at in range((until - begin) // step + 1)]
    return {name: [Point(day, counts.get(day, 0)) for day in steps] for name, counts in points.items()}
