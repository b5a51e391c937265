"""`tocsin backtest`: what would the indicators have said of a history that somebody already knows?

Every step is judged by what lay before it alone. No desk is needed and nothing is kept.
"""

import sys
from collections import defaultdict
from datetime import date, datetime, timedelta
from math import isfinite
from pathlib import Path

import click
from django.conf import settings

from tocsin.cli.charts import Line, page
from tocsin.engine.detect.findings import Finding, Verdict
from tocsin.engine.detect.series import Point
from tocsin.stages.reduction.indicators.counting import STEPS
from tocsin.stages.reduction.indicators.enums import UNREAD_WHY, Rhythm
from tocsin.stages.reduction.indicators.judging import Judged, judge
from tocsin.stages.reduction.indicators.reading import Fault, Table, decoded, read_table

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
@click.option("--country", default="", help="ISO code of the country whose holidays count, as CN.")
@click.option("--language", default=lambda: settings.LANGUAGE_CODE, help="Of the page: zh-hans or en.")
def backtest(
    file: Path,
    step: str,
    alarms: float,
    since: datetime | None,
    events: Path | None,
    picture: Path | None,
    country: str,
    language: str,
) -> None:
    """Judges a history of counts: FILE is a CSV with a date and counts.

    A column for each series, or the columns series, date and count. Prints the alarms of each series, how
    many a week that is, and for events that are named how early the first alarm came.
    """
    rhythm = Rhythm(step)
    series = _series(_read(file))
    until = max(point.day for points in series.values() for point in points)
    begin = since.date() if since else min(point.day for points in series.values() for point in points)
    judged = judge(series, step=STEPS[rhythm], until=until, alarms=alarms, since=begin, country=country)
    found = judged.findings(begin - timedelta(1))
    lines = _lines(judged, found, begin)
    _tell(judged, lines)
    if events is not None:
        _tell_events(found, _events(events))
    if picture is not None:
        picture.write_text(page(judged, lines, file.stem, language), "utf-8")
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
    return f"{where}: {UNREAD_WHY[fault.reason].format(value=fault.value)}"


def _series(table: Table) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    for name, day, count in table.rows:
        found[name].append(Point(day, count))
    return dict(found)


def _lines(judged: Judged, found: list[Finding], begin: date) -> list[Line]:
    shard, p = judged.watch.shard, judged.watch.scores.p
    asked = [at for at in range(judged.watch.first, shard.times) if shard.day(at) >= begin]
    lines = []
    for row, name in enumerate(shard.names):
        steps = sum(isfinite(p[row, at - judged.watch.first]) for at in asked)
        own = [one for one in found if one.name == name]
        alarms = [one.day for one in own if one.verdict is Verdict.ALARM]
        weekly = len(alarms) * judged.weekly / steps if steps else 0.0
        lines.append(Line(name, steps, alarms, weekly, len(own) - len(alarms)))
    return lines


def _tell(judged: Judged, lines: list[Line]) -> None:
    click.echo(f"{'series':<24} {'judged':>6} {'alarms':>6} {'a week':>7} {'breaks':>6}  alarms on")
    for line in lines:
        days = " ".join(map(str, line.alarms[:6])) + (" …" if len(line.alarms) > 6 else "")
        head = f"{line.name[:24] or '(all together)':<24} {line.steps:>6} {len(line.alarms):>6}"
        click.echo(f"{head} {line.weekly:>7.2f} {line.breaks:>6}  {days}".rstrip())
    for one in judged.left:
        where = f" ({one.day.isoformat()})" if one.day else ""
        click.echo(f"{one.name[:24] or '(all together)':<24} can't be judged: {one.reason.value}{where}")


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


COMMANDS = (backtest,)
