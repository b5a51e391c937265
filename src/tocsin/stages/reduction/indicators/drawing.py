"""The chart of a series: what was counted, what was expected, where it was too much. Pure: an SVG as text.

An alarm is a filled mark, a break an open square, so that neither needs a colour. Texts are escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite

from tocsin.engine.detect.findings import Verdict
from tocsin.stages.reduction.indicators.judging import Judged

WIDTH, HEIGHT, LEFT, FOOT, TOP = 720.0, 190.0, 46.0, 22.0, 10.0


@dataclass(frozen=True)
class Spot:
    """One step of a chart. Expected, low and high are None where nothing was expected."""

    day: str
    count: int
    expected: float | None
    low: float | None
    high: float | None
    verdict: str


def spots(judged: Judged, row: int) -> list[Spot]:
    """The judged steps of a series (its place in the shard)."""
    watch = judged.watch
    found = [watch.finding(row, at) for at in range(watch.first, watch.shard.times)]
    return [
        Spot(
            one.day.isoformat(), one.count, _some(one.expected), _some(one.low), _some(one.high), one.verdict
        )
        for one in found
    ]


def chart(steps: Sequence[Spot], title: str, description: str, mark: str) -> str:
    """An SVG; `mark` makes its ids its own among the charts of a page."""
    scale = _Scale(
        len(steps), max([1.0, *(step.count for step in steps), *(step.high or 0 for step in steps)])
    )
    parts = [_frame(steps, scale), _band(steps, scale), _expected(steps, scale), _counts(steps, scale)]
    return (
        f'<svg class="counts" role="img" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" '
        f'xmlns="http://www.w3.org/2000/svg" aria-labelledby="{mark}-t {mark}-d">'
        f'<title id="{mark}-t">{escape(title)}</title><desc id="{mark}-d">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


@dataclass(frozen=True)
class _Scale:
    steps: int
    highest: float

    def x(self, at: int) -> float:
        return LEFT + (WIDTH - LEFT - 8.0) * (at + 0.5) / max(self.steps, 1)

    def y(self, value: float) -> float:
        return HEIGHT - FOOT - (HEIGHT - FOOT - TOP) * min(value, self.highest) / self.highest

    def point(self, at: int, value: float) -> str:
        return f"{self.x(at):.1f},{self.y(value):.1f}"


def _some(value: float) -> float | None:
    return value if isfinite(value) else None


def _frame(steps: Sequence[Spot], scale: _Scale) -> str:
    top, floor = scale.y(scale.highest), scale.y(0)
    lines = f'<path d="M{LEFT},{top:.1f}V{floor:.1f}H{WIDTH - 8:.0f}" fill="none" stroke="#77818a"/>'
    said = [(LEFT - 6, top + 8, "end", f"{scale.highest:.0f}"), (LEFT - 6, floor, "end", "0")]
    if steps:
        said += [(LEFT, HEIGHT - 6, "start", steps[0].day), (WIDTH - 8, HEIGHT - 6, "end", steps[-1].day)]
    return lines + "".join(
        f'<text x="{x:.0f}" y="{y:.1f}" text-anchor="{side}" font-size="11" fill="#4a545e">{text}</text>'
        for x, y, side, text in said
    )


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
    drawn = f'<polyline points="{line}" fill="none" stroke="#161b20" stroke-width="1.5"/>'
    return drawn + "".join(_mark(scale, at, step) for at, step in enumerate(steps))


def _mark(scale: _Scale, at: int, step: Spot) -> str:
    x, y = scale.x(at), scale.y(step.count)
    if step.verdict == Verdict.ALARM:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="#161b20"/>'
    if step.verdict == Verdict.BREAK:
        box = f'x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10"'
        return f'<rect {box} fill="#fff" stroke="#161b20" stroke-width="2"/>'
    return ""
