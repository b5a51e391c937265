"""`tocsin backtest`: what would the indicators have said of a history that somebody already knows?

Every step is judged by what lay before it alone. No desk is needed and nothing is kept.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from math import isfinite
from pathlib import Path

import click
import numpy as np
from django.conf import settings

from tocsin.cli.charts import Line, page
from tocsin.engine.detect.alerts import alerts
from tocsin.engine.detect.findings import Finding, Verdict
from tocsin.engine.detect.series import Point
from tocsin.stages.reduction.indicators.enums import UNREAD_WHY, Rhythm
from tocsin.stages.reduction.indicators.judging import Beside, Judged, judge
from tocsin.stages.reduction.indicators.reading import Fault, Table, decoded, read_table
from tocsin.stages.reduction.indicators.steps import STEPS, in_words, step_of

SHOWN = 20
"""Faults that are told one by one."""
BEFORE = {Rhythm.HOUR: timedelta(days=2), Rhythm.DAY: timedelta(days=56), Rhythm.WEEK: timedelta(days=56)}
"""An alarm counts for an event if it came no longer than this before it began, and not after its end."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--step", type=click.Choice([r.value for r in Rhythm]), default="week", show_default=True)
@click.option("--alarms", default=0.5, show_default=True, help="False alarms a week, over all series.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"]), help="Judge from this day or hour on."
)
@click.option(
    "--zones",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV: zone,series. Series that are looked at together too.",
)
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
    zones: Path | None,
    events: Path | None,
    picture: Path | None,
    country: str,
    language: str,
) -> None:
    """Judges a history of counts: FILE is a CSV with a date (for hours a local time) and counts.

    A column for each series, or the columns series, date, count and, if there is one, exposure: what the
    count is in proportion to. Prints the alarms of each series, how many a week that is, and for events that
    are named how early the first alarm came.
    """
    rhythm = Rhythm(step)
    series = _series(_read(file, rhythm))
    days = [point.day for points in series.values() for point in points]
    begin = _exact(since, rhythm) if since else min(days)
    also = Beside(zones=_zones(zones, series) if zones else {})
    judged = judge(
        series,
        step=STEPS[rhythm],
        until=max(days),
        alarms=alarms,
        since=begin,
        country=country,
        also=also,
    )
    found = judged.findings(begin - STEPS[rhythm].span)
    lines = _lines(judged, found, begin)
    _tell(judged, lines)
    if events is not None:
        _tell_events(found, _events(events, rhythm), rhythm)
    if picture is not None:
        picture.write_text(page(judged, lines, file.stem, language), "utf-8")
        click.echo(f"→ {picture}")


def _exact(moment: datetime, rhythm: Rhythm) -> date:
    """As the steps are named; for weeks the day itself, since a history's weeks may begin on any."""
    return step_of(moment, Rhythm.HOUR if rhythm is Rhythm.HOUR else Rhythm.DAY)


def _read(file: Path, rhythm: Rhythm) -> Table:
    table = read_table(decoded(file.read_bytes()), hours=rhythm is Rhythm.HOUR)
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
    for name, day, count, exposure in table.rows:
        found[name].append(Point(day, count, exposure))
    return dict(found)


def _zones(file: Path, series: Mapping[str, object]) -> dict[str, list[str]]:
    """The series of each zone."""
    zones: dict[str, list[str]] = defaultdict(list)
    for line in _rows(file, "zone,series"):
        zone, name = line
        if name not in series or zone in series:
            raise click.ClickException(
                f"{file.name}: there is no series {name!r} to put into a zone {zone!r}"
            )
        zones[zone].append(name)
    return dict(zones)


def _rows(file: Path, heads: str) -> list[list[str]]:
    """The lines of a small table after its headings."""
    lines = csv.reader(decoded(file.read_bytes()).splitlines()[1:])
    rows = [[cell.strip() for cell in line] for line in lines if any(line)]
    for row in rows:
        if len(row) != len(heads.split(",")):
            raise click.ClickException(f"{file.name}: each line must be {heads} ({','.join(row)})")
    return rows


def _lines(judged: Judged, found: list[Finding], begin: date) -> list[Line]:
    """What each series came to; an event that goes on is one alarm, as the budget counts it."""
    shard, p = judged.watch.shard, judged.watch.scores.p
    asked = [at for at in range(judged.watch.first, shard.times) if shard.day(at) >= begin]
    lines = []
    for row, name in enumerate(shard.names):
        steps = sum(isfinite(p[row, at - judged.watch.first]) for at in asked)
        own = [one for one in found if one.name == name]
        alarmed = {one.day for one in own if one.verdict is Verdict.ALARM}
        told = alerts(np.array([[shard.day(at) in alarmed for at in asked]]))[0]
        alarms = [shard.day(at) for at, one in zip(asked, told, strict=True) if one]
        weekly = len(alarms) * judged.weekly / steps if steps else 0.0
        lines.append(Line(name, steps, alarms, weekly, len(own) - len(alarmed)))
    return lines


def _tell(judged: Judged, lines: list[Line]) -> None:
    click.echo(f"{'series':<24} {'judged':>6} {'alarms':>6} {'a week':>7} {'breaks':>6}  alarms on")
    for line in lines:
        days = " ".join(map(in_words, line.alarms[:6])) + (" …" if len(line.alarms) > 6 else "")
        head = f"{line.name[:24] or '(all together)':<24} {line.steps:>6} {len(line.alarms):>6}"
        click.echo(f"{head} {line.weekly:>7.2f} {line.breaks:>6}  {days}".rstrip())
    for one in judged.left:
        where = f" ({in_words(one.day)})" if one.day else ""
        click.echo(f"{one.name[:24] or '(all together)':<24} can't be judged: {one.reason.value}{where}")


def _events(file: Path, rhythm: Rhythm) -> list[tuple[str, date, date]]:
    """Series (empty: any), first and last step."""
    try:
        return [
            (name, _exact(datetime.fromisoformat(begin), rhythm), _exact(datetime.fromisoformat(end), rhythm))
            for name, begin, end in _rows(file, "series,begin,end")
        ]
    except ValueError as wrong:
        raise click.ClickException(f"{file.name}: each line must be series,begin,end ({wrong})") from wrong


def _tell_events(found: list[Finding], events: list[tuple[str, date, date]], rhythm: Rhythm) -> None:
    caught = 0
    for name, begin, end in events:
        own = (one for one in found if one.verdict is Verdict.ALARM and name in ("", one.name))
        days = [one.day for one in own if begin - BEFORE[rhythm] <= one.day <= end]
        caught += bool(days)
        said = _lead(begin, min(days)) if days else "not seen"
        click.echo(f"event {name or '(any)'} {in_words(begin)} – {in_words(end)}: {said}")
    click.echo(f"{caught} of {len(events)} events seen")


def _lead(begin: date, first: date) -> str:
    unit = "hours" if isinstance(begin, datetime) else "days"
    lead = (begin - first) // timedelta(**{unit: 1})
    said = f"{lead} {unit} before it began" if lead > 0 else f"{-lead} {unit} into it"
    return f"first alarm {in_words(first)}, {said}"


COMMANDS = (backtest,)
