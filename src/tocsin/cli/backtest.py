"""`tocsin backtest`: what would the indicators have said of a history that somebody already knows?

Every step is judged by what lay before it alone. No desk is needed and nothing is kept.
"""

import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from html import escape
from math import isfinite
from pathlib import Path

import click

from tocsin.engine.detect.findings import Finding, Verdict
from tocsin.engine.detect.series import Point
from tocsin.stages.reduction.indicators.counting import STEPS
from tocsin.stages.reduction.indicators.drawing import Spot, chart, spots
from tocsin.stages.reduction.indicators.enums import Rhythm
from tocsin.stages.reduction.indicators.judging import Judged, judge
from tocsin.stages.reduction.indicators.reading import Fault, Table, decoded, read_table

FAULTS = {
    "date": "there is no date that can be read: “{value}”",
    "count": "this is no count: “{value}”",
    "columns": "the row has {value} cells, not as many as the headings",
    "empty": "the table has no rows: a line of headings, then a date and counts in each line",
    "long": "the table is longer than can be read at once; the rest was left",
}
SHOWN = 20
"""Faults that are told one by one."""
BEFORE = timedelta(days=56)
"""An alarm counts for an event if it came no longer than this before it began, and not after its end."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--step", type=click.Choice([r.value for r in Rhythm]), default="week", show_default=True)
@click.option("--alarms", default=0.5, show_default=True, help="False alarms a week, over all series.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Judge from this day on.")
@click.option(
    "--events", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="CSV: series,begin,end."
)
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw every series into this HTML page.",
)
def backtest(
    file: Path, step: str, alarms: float, since: datetime | None, events: Path | None, picture: Path | None
) -> None:
    """Judges a history of counts: FILE is a CSV with a date and counts.

    A column for each series, or the columns series, date and count. Prints the alarms of each series, how
    many a week that is, and for events that are named how early the first alarm came.
    """
    rhythm = Rhythm(step)
    series = _series(_read(file))
    until = max(point.day for points in series.values() for point in points)
    begin = since.date() if since else min(point.day for points in series.values() for point in points)
    judged = judge(series, step=STEPS[rhythm], until=until, alarms=alarms, since=begin)
    found = judged.findings(begin - timedelta(1))
    _tell(judged, found, begin)
    if events is not None:
        _tell_events(found, _events(events))
    if picture is not None:
        picture.write_text(_picture(judged, file.name), "utf-8")
        click.echo(f"→ {picture}")


def _read(file: Path) -> Table:
    table = read_table(decoded(file.read_bytes()))
    for fault in table.faults[:SHOWN]:
        click.echo(f"✗ {_words(fault)}", err=True)
    if len(table.faults) > SHOWN:
        click.echo(f"✗ … and {len(table.faults) - SHOWN} more", err=True)
    if not table.rows:
        sys.exit(1)
    return table


def _words(fault: Fault) -> str:
    where = f"line {fault.line}, {fault.column}" if fault.column else f"line {fault.line}"
    return f"{where}: {FAULTS[fault.reason].format(value=fault.value)}"


def _series(table: Table) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    for name, day, count in table.rows:
        found[name].append(Point(day, count))
    return dict(found)


def _tell(judged: Judged, found: list[Finding], begin: date) -> None:
    shard, p = judged.watch.shard, judged.watch.scores.p
    click.echo(f"{'series':<24} {'judged':>6} {'alarms':>6} {'a week':>7} {'breaks':>6}  alarms on")
    for row, name in enumerate(shard.names):
        asked = [at for at in range(judged.watch.first, shard.times) if shard.day(at) >= begin]
        steps = sum(isfinite(p[row, at - judged.watch.first]) for at in asked)
        alarms = [one for one in found if one.name == name and one.verdict is Verdict.ALARM]
        breaks = [one for one in found if one.name == name and one.verdict is Verdict.BREAK]
        weekly = len(alarms) / max(steps / judged.weekly, 1e-9) if steps else 0.0
        days = " ".join(one.day.isoformat() for one in alarms[:6]) + (" …" if len(alarms) > 6 else "")
        head = f"{name[:24] or '(all)':<24} {steps:>6} {len(alarms):>6} {weekly:>7.2f} {len(breaks):>6}"
        click.echo(f"{head}  {days}".rstrip())
    for one in judged.left:
        where = f" ({one.day.isoformat()})" if one.day else ""
        click.echo(f"{one.name[:24] or '(all)':<24} can't be judged: {one.reason.value}{where}")


def _events(file: Path) -> list[tuple[str, date, date]]:
    """Series (empty: any), first and last day."""
    lines = [line.split(",") for line in decoded(file.read_bytes()).splitlines()[1:] if line.strip()]
    try:
        return [
            (name.strip(), date.fromisoformat(begin.strip()), date.fromisoformat(end.strip()))
            for name, begin, end in lines
        ]
    except ValueError as wrong:
        raise click.ClickException(f"{file.name}: each line must be series,begin,end ({wrong})") from wrong


def _tell_events(found: list[Finding], events: list[tuple[str, date, date]]) -> None:
    caught = 0
    for name, begin, end in events:
        own = (one for one in found if one.verdict is Verdict.ALARM and name in ("", one.name))
        days = [one.day for one in own if begin - BEFORE <= one.day <= end]
        caught += bool(days)
        said = _lead(begin, min(days)) if days else "not seen"
        click.echo(f"event {name or '(any)'} {begin} – {end}: {said}")
    click.echo(f"{caught} of {len(events)} events seen")


def _lead(begin: date, first: date) -> str:
    days = (begin - first).days
    return f"first alarm {first}, " + (
        f"{days} days before it began" if days > 0 else f"{-days} days into it"
    )


def _picture(judged: Judged, title: str) -> str:
    names = judged.watch.shard.names
    charts = [_one(name, row, spots(judged, row)) for row, name in enumerate(names)]
    style = "body{font:14px system-ui;max-width:60rem;margin:1rem auto}svg{width:100%}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{style}</style>{''.join(charts)}</html>"
    )


def _one(name: str, row: int, steps: list[Spot]) -> str:
    said = f"{len(steps)} steps, {sum(step.verdict == Verdict.ALARM for step in steps)} alarms"
    return f"<h2>{escape(name or 'all')}</h2>{chart(steps, name or 'all', said, f'c{row}')}"


COMMANDS = (backtest,)
