"""The page that a backtest draws: what each series came to, and its chart. One file, nothing loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.utils import translation
from django.utils.translation import gettext as _

from tocsin.engine.detect.findings import Verdict
from tocsin.stages.reduction.indicators.drawing import chart, spots
from tocsin.stages.reduction.indicators.judging import Judged

STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;color:#161b20}"
    "svg{width:100%;height:auto}table{border-collapse:collapse}"
    "td,th{padding:.2rem .8rem .2rem 0;text-align:left}"
    ".box{overflow-x:auto}@media(max-width:50rem){svg text{font-size:22px}}"
)


@dataclass(frozen=True)
class Line:
    """What a series came to: steps judged, when alarms began, how many a week, breaks."""

    name: str
    steps: int
    alarms: Sequence[date]
    weekly: float
    breaks: int


def page(judged: Judged, lines: Sequence[Line], title: str, language: str) -> str:
    """The page as HTML."""
    with translation.override(language):
        heads = (_("Series"), _("Steps judged"), _("Alarms"), _("Alarms a week"), _("Breaks of the counting"))
        head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
        body = "".join(_row(line) for line in lines)
        charts = "".join(_chart(judged, row, name) for row, name in enumerate(judged.watch.shard.names))
        about = _(
            "Line: counted. Dashed: expected. Band: 19 of 20 counts when nothing is going on. Dot: alarm."
        )
        lang = "zh-Hans" if language.startswith("zh") else language
        return (
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main><h1>{escape(title)}</h1>"
            f'<div class="box" tabindex="0" role="region" aria-label="{escape(heads[0])}"><table>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div><p>{escape(about)}</p>{charts}</main></body></html>"
        )


def _row(line: Line) -> str:
    figures = (line.steps, len(line.alarms), f"{line.weekly:.2f}", line.breaks)
    cells = "".join(f"<td>{figure}</td>" for figure in figures)
    return f'<tr><th scope="row">{escape(_named(line.name))}</th>{cells}</tr>'


def _chart(judged: Judged, row: int, name: str) -> str:
    steps = spots(judged, row)
    alarms = sum(step.verdict == Verdict.ALARM for step in steps)
    said = _("{steps} steps, {alarms} alarms").format(steps=len(steps), alarms=alarms)
    return f"<h2>{escape(_named(name))}</h2>{chart(steps, _named(name), said, f'c{row}')}"


def _named(name: str) -> str:
    return name or _("All together")
