"""Series as they come from outside, and what makes one impossible to judge.

A count is a whole number of things that happened in a week, a day or an hour; its exposure, where one is
given, a number above zero. What is not, is never mended here: a guess in the baseline would be a wrong
p-value later. The series is left out with its reason; the others go on.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import inf

import numpy as np

from tocsin.engine.detect.shard import Counts, Floats, Shard, Step

LARGEST = 10**9
"""Counts from here on are refused: no crisis has so many cases, a shifted column does."""
SHORTEST = 8
"""Points of history that any detector needs."""


class Reason(StrEnum):
    """Why a series can't be judged."""

    EMPTY = "empty"
    SHORT = "short"
    NEGATIVE = "negative"
    NOT_WHOLE = "not_whole"
    TOO_LARGE = "too_large"
    MISSING = "missing"
    TWICE = "twice"
    OFF_STEP = "off_step"
    FUTURE = "future"
    ALL_ZERO = "all_zero"
    EXPOSURE = "exposure"
    """A step has no exposure, or none above zero, where the series or another one has."""


@dataclass(frozen=True)
class Point:
    """A count and the beginning of its step (see `Step`). None: nobody reported. `exposure` is what the count
    is in proportion to."""

    day: date
    count: float | None
    exposure: float | None = None


@dataclass(frozen=True)
class Unjudged:
    """A series that can't be judged; `day` is where it shows, if it shows on a day."""

    name: str
    reason: Reason
    day: date | None = None


def gather(
    series: Mapping[str, Iterable[Point]], step: Step, until: date, shortest: int = SHORTEST
) -> tuple[Shard, list[Unjudged]]:
    """The series that can be judged, side by side from their first common day to `until` (inclusive).

    All must run without a gap up to `until` and share its steps: weeks that begin on another weekday than
    those of most series are refused. The shard is as long as the oldest of them; younger ones are marked
    as unknown before their first point. Where most have an exposure all must have it, and where most have
    none, none: their sums would mean nothing.
    """
    kept: dict[str, list[Point]] = {}
    left: list[Unjudged] = []
    for name, given in series.items():
        points = list(given)
        found = _mistimed(points, step) or _fault(points, step, until, shortest)
        if found is None:
            kept[name] = points
        else:
            left.append(Unjudged(name, *found))
    exposed = 2 * sum(map(_exposed, kept.values())) > len(kept)
    bare = {name: _bare(points, exposed) for name, points in kept.items()}
    left += [Unjudged(n, Reason.EXPOSURE, day) for n, day in bare.items() if day and kept.pop(n)]
    last = _last_of_most(kept) or until
    astray = [name for name, points in kept.items() if points[-1].day != last]
    left += [Unjudged(name, Reason.OFF_STEP, kept.pop(name)[-1].day) for name in astray]
    return _aligned(kept, step, last, exposed), left


def _last_of_most(kept: Mapping[str, Sequence[Point]]) -> date | None:
    ends = Counter(points[-1].day for points in kept.values())
    return max(ends, key=lambda day: (ends[day], day)) if ends else None


def _mistimed(points: Sequence[Point], step: Step) -> tuple[Reason, date | None] | None:
    """A day among hours or an hour among days: they can't even be put in order."""
    found = next((point.day for point in points if not step.begins(point.day)), None)
    return None if found is None else (Reason.OFF_STEP, found)


def _exposed(points: Sequence[Point]) -> bool:
    return any(point.exposure is not None for point in points)


def _bare(points: Sequence[Point], exposed: bool) -> date | None:
    """The first step whose exposure is missing or no number above zero, or that has any where none is due."""
    if not exposed:
        return next((point.day for point in points if point.exposure is not None), None)
    return next((point.day for point in points if not 0.0 < (point.exposure or 0.0) < inf), None)


def _fault(points: list[Point], step: Step, until: date, shortest: int) -> tuple[Reason, date | None] | None:
    """The first thing that is wrong with a series, gravest first; puts its points in order."""
    points.sort(key=lambda point: point.day)
    if not points:
        return Reason.EMPTY, None
    for point in points:
        if (reason := _wrong(point, until)) is not None:
            return reason, point.day
    if (broken := _broken(points, step, until)) is not None:
        return broken
    if len(points) < shortest:
        return Reason.SHORT, None
    return (Reason.ALL_ZERO, None) if not any(point.count for point in points) else None


def _wrong(point: Point, until: date) -> Reason | None:
    if point.day > until:
        return Reason.FUTURE
    if point.count is None or point.count != point.count:  # NaN alone is not itself
        return Reason.MISSING
    if point.count < 0:
        return Reason.NEGATIVE
    if point.count >= LARGEST:
        return Reason.TOO_LARGE
    return Reason.NOT_WHOLE if point.count != int(point.count) else None


def _broken(points: Sequence[Point], step: Step, until: date) -> tuple[Reason, date | None] | None:
    due = points[0].day
    for point in points:
        if point.day < due:
            return (Reason.TWICE if point.day == due - step.span else Reason.OFF_STEP), point.day
        if point.day > due:
            return (Reason.OFF_STEP if (point.day - due) % step.span else Reason.MISSING), due
        due += step.span
    if due > until:
        return None
    return Reason.MISSING, due


def _aligned(kept: Mapping[str, Sequence[Point]], step: Step, last: date, exposed: bool) -> Shard:
    length = max((len(points) for points in kept.values()), default=0)
    counts: Counts = np.zeros((len(kept), length), dtype=np.int64)
    exposure: Floats | None = np.ones((len(kept), length)) if exposed else None
    begins = np.zeros(len(kept), dtype=np.int64)
    for row, points in enumerate(kept.values()):
        begins[row] = length - len(points)
        counts[row, begins[row] :] = [int(point.count or 0) for point in points]
        if exposure is not None:
            exposure[row, begins[row] :] = [point.exposure or 1.0 for point in points]
    return Shard(tuple(kept), counts, begins, step, last, exposure)
