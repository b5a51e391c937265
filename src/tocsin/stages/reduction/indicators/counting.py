"""Counting signals into steps. Pure: signals in, counts out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, tzinfo

from tocsin.engine.detect.nowcast import TooFew, completeness, triangle, unfinished
from tocsin.engine.detect.series import Point
from tocsin.engine.detect.shard import Step
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.steps import STEPS, skipped, step_of

DELAYS = 15
"""A report that is not in fourteen steps after its own is not waited for."""
LEARNT_FROM = {Rhythm.HOUR: 14 * 24, Rhythm.DAY: 120, Rhythm.WEEK: 78}
"""Steps of the past from which the delay of reports is learnt."""


def counted(
    signals: Iterable[tuple[date, Sequence[str]]], inside: Mapping[str, frozenset[str]], rhythm: Rhythm
) -> Counter[tuple[str, date]]:
    """How many signals each series has in each step. `signals` are moments of the local clock and codes of
    places; `inside` the codes that belong to each series, none for one that counts whatever the place is."""
    found: Counter[tuple[str, date]] = Counter()
    for moment, codes in signals:
        step, places = step_of(moment, rhythm), set(codes)
        for series, belonging in inside.items():
            if not belonging or places & belonging:
                found[series, step] += 1
    return found


def filled_up(
    points: Mapping[str, Mapping[date, int]], begin: date, until: date, step: Step
) -> dict[str, list[Point]]:
    """Every step from `begin` to `until`; where nothing was counted, nothing came."""
    steps = [begin + at * step.span for at in range((until - begin) // step.span + 1)]
    return {name: [Point(day, counts.get(day, 0)) for day in steps] for name, counts in points.items()}


def with_skipped(given: Sequence[Point], zone: tzinfo) -> list[Point]:
    """Hours from elsewhere with a zero where the clock had none; its exposure is that of the hour before."""
    known = {one.day: one for one in given}
    gone = (hour for hour in skipped(given[0].day, given[-1].day, zone) if hour not in known)
    before = ((hour, known.get(hour - Step.HOUR.span)) for hour in gone)
    return [*given, *(Point(hour, 0, one.exposure if one else None) for hour, one in before)]


def shares(reports: Iterable[tuple[date, date]], until: date, rhythm: Rhythm) -> list[float] | None:
    """How much of the last steps is in by the end of `until`, the newest first, as far as they are not whole;
    None where too few reports tell how long they take. `reports` are moments of the local clock: when it
    happened and when it was known."""
    counts = triangle(_delays(reports, until, rhythm), LEARNT_FROM[rhythm], DELAYS)
    try:
        return unfinished(completeness(counts).tolist())
    except TooFew:
        return None


def _delays(reports: Iterable[tuple[date, date]], until: date, rhythm: Rhythm) -> Iterator[tuple[int, int]]:
    """Of each report its step, counted to the last one of the triangle, and the steps that it took."""
    span, last = STEPS[rhythm].span, LEARNT_FROM[rhythm] - 1
    for happened, known in reports:
        step = step_of(happened, rhythm)
        yield last - (until - step) // span, (step_of(known, rhythm) - step) // span
