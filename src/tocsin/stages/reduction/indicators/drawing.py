"""The chart of a series: what was counted, what was expected, where it was too much. Pure: an SVG as text.

An alarm is a filled mark, a break an open square, a step whose reports are not all in yet an open ring at
what it will have come to, with the bounds of that; so none needs a colour. A chart of many steps is broken
into lines like a text, a week of hours to each. Texts are escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from math import ceil, isfinite

import numpy as np

from tocsin.engine.detect.findings import Verdict
from tocsin.engine.detect.nowcast import filled_up
from tocsin.stages.reduction.indicators.judging import Judged
from tocsin.stages.reduction.indicators.steps import in_words

WIDTH, HEIGHT, LEFT, FOOT, TOP = 720.0, 190.0, 46.0, 22.0, 10.0
RIGHT = 8.0
LONGEST = 7 * 24
"""Steps of one line of a chart."""


@dataclass(frozen=True)
class Spot:
    """One step of a chart, by its beginning. Expected, low and high are None where nothing was expected.
    `complete` is how much of it is in; where that isn't all, `filled` is what it will have come to, nine
    times in ten between the other two. `exposure` is what the count is in proportion to, if anything."""

    day: date
    count: int
    expected: float | None
    low: float | None
    high: float | None
    verdict: str
    exposure: float | None = None
    complete: float = 1.0
    filled: float | None = None
    filled_low: float | None = None
    filled_high: float | None = None


def spots(judged: Judged, row: int) -> list[Spot]:
    """The judged steps of a series (its place in the shard)."""
    complete = judged.complete()
    return [
        _spot(judged, row, at, float(complete[at]))
        for at in range(judged.watch.first, judged.watch.shard.times)
    ]


def _spot(judged: Judged, row: int, at: int, complete: float) -> Spot:
    one, exposure = judged.watch.finding(row, at), judged.watch.shard.exposure
    given = None if exposure is None or judged.shares else float(exposure[row, at])
    filled: tuple[float, ...] = ()
    if complete < 1.0:
        made = filled_up(np.array([one.count]), np.array([complete]))
        filled = tuple(float(part[0]) for part in (made.mean, made.low, made.high))
    expected, low, high = (_some(value) for value in (one.expected, one.low, one.high))
    return Spot(one.day, one.count, expected, low, high, one.verdict, given, complete, *filled)


def _some(value: float) -> float | None:
    return value if isfinite(value) else None


def chart(steps: Sequence[Spot], title: str, description: str, mark: str) -> str:
    """An SVG; `mark` makes its ids its own among the charts of a page."""
    lines = max(ceil(len(steps) / LONGEST), 1)
    each = max(ceil(len(steps) / lines), 1)
    highest = max([1.0, *(step.count for step in steps), *(_top(step) for step in steps)])
    drawn = [
        _line(steps[line * each : (line + 1) * each], _Scale(each, highest), line * HEIGHT)
        for line in range(lines)
    ]
    return (
        f'<svg class="counts" role="img" viewBox="0 0 {WIDTH:.0f} {HEIGHT * lines:.0f}" '
        f'xmlns="http://www.w3.org/2000/svg" aria-labelledby="{mark}-t {mark}-d">'
        f'<title id="{mark}-t">{escape(title)}</title><desc id="{mark}-d">{escape(description)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


@dataclass(frozen=True)
class _Scale:
    steps: int
    highest: float

    def x(self, at: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (at + 0.5) / max(self.steps, 1)

    def y(self, value: float) -> float:
        return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * min(value, self.highest) / self.highest

    def point(self, at: int, value: float) -> str:
        return f"{self.x(at):.1f},{self.y(value):.1f}"


def _top(step: Spot) -> float:
    return max(step.high or 0.0, step.filled_high or 0.0)


def _line(steps: Sequence[Spot], scale: _Scale, down: float) -> str:
    parts = (_frame, _band, _expected, _counts, _rings)
    drawn = "".join(part(steps, scale) for part in parts)
    return f'<g transform="translate(0 {down:.0f})">{drawn}</g>' if down else drawn


def _frame(steps: Sequence[Spot], scale: _Scale) -> str:
    top, floor = scale.y(scale.highest), scale.y(0)
    lines = f'<path d="M{LEFT},{top:.1f}V{floor:.1f}H{WIDTH - RIGHT:.0f}" fill="none" stroke="#77818a"/>'
    said = [(LEFT - 6, top + 8, "end", f"{scale.highest:.0f}"), (LEFT - 6, floor, "end", "0")]
    if steps:
        first, last = in_words(steps[0].day), in_words(steps[-1].day)
        said += [(LEFT, HEIGHT - 6, "start", first), (scale.x(len(steps) - 0.5), HEIGHT - 6, "end", last)]
    return (
        _midnights(steps, scale)
        + lines
        + "".join(
            f'<text x="{x:.0f}" y="{y:.1f}" text-anchor="{side}" font-size="11" fill="#4a545e">{text}</text>'
            for x, y, side, text in said
        )
    )


def _midnights(steps: Sequence[Spot], scale: _Scale) -> str:
    """Where a day begins among hours."""
    at = (at for at, step in enumerate(steps) if isinstance(step.day, datetime) and step.day.hour == 0)
    path = "".join(f"M{scale.x(place - 0.5):.1f},{TOP:.0f}V{scale.y(0):.1f}" for place in at)
    return f'<path d="{path}" fill="none" stroke="#e6eaed"/>' if path else ""


def _band(steps: Sequence[Spot], scale: _Scale) -> str:
    known = [(at, step.low, step.high) for at, step in enumerate(steps) if step.low is not None]
    upper = [scale.point(at, high or 0.0) for at, _, high in known]
    lower = [scale.point(at, low or 0.0) for at, low, _ in reversed(known)]
    return f'<polygon points="{" ".join(upper + lower)}" fill="#dfe4e8"/>' if known else ""


def _expected(steps: Sequence[Spot], scale: _Scale) -> str:
    known = [scale.point(at, step.expected) for at, step in enumerate(steps) if step.expected is not None]
    line = '<polyline points="{}" fill="none" stroke="#4a545e" stroke-dasharray="4 3"/>'
    return line.format(" ".join(known)) if known else ""


def _counts(steps: Sequence[Spot], scale: _Scale) -> str:
    line = " ".join(scale.point(at, step.count) for at, step in enumerate(steps))
    width = 1.5 if scale.steps <= LONGEST / 2 else 1.0
    drawn = f'<polyline points="{line}" fill="none" stroke="#161b20" stroke-width="{width}"/>'
    return drawn + "".join(_mark(scale, at, step) for at, step in enumerate(steps))


def _mark(scale: _Scale, at: int, step: Spot) -> str:
    x, y = scale.x(at), scale.y(step.count)
    if step.verdict == Verdict.ALARM:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#161b20"/>'
    if step.verdict == Verdict.BREAK:
        box = f'x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10"'
        return f'<rect {box} fill="#fff" stroke="#161b20" stroke-width="2"/>'
    return ""


def _rings(steps: Sequence[Spot], scale: _Scale) -> str:
    return "".join(
        _ring(
            scale.x(at),
            scale.y(step.filled),
            scale.y(step.filled_low or 0.0),
            scale.y(step.filled_high or 0.0),
        )
        for at, step in enumerate(steps)
        if step.filled is not None
    )


def _ring(x: float, y: float, low: float, high: float) -> str:
    return (
        f'<path d="M{x:.1f},{low:.1f}V{high:.1f}" stroke="#4a545e" stroke-dasharray="1 2"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#fff" stroke="#161b20"/>'
    )
