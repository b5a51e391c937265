"""`tocsin gather`: which reports speak of the same thing?

No desk is needed and nothing is kept. What can't be read is told line by line, and the rest goes on.
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from io import StringIO
from pathlib import Path

import click
from python_calamine import CalamineError, CalamineWorkbook

from tocsin.cli.gather_texts import texts
from tocsin.engine.gather import Group, Message, Reach, Report, Ruling, Topic, gathered, topics
from tocsin.engine.gather.geocodes import default_points, placed
from tocsin.engine.gather.rows import report
from tocsin.engine.gather.topics import LEAST
from tocsin.kernel.errors import Malformed
from tocsin.stages.reduction.indicators.reading import decoded

SHOWN = 20
"""Faults, and groups, that are told one by one."""
VERDICTS = {"same": True, "different": False}
INCIDENTS = (
    "incident",
    "confidence",
    "id",
    "time",
    "channel",
    "kind",
    "place",
    "lon",
    "lat",
    "text",
    "reasons",
)
TOPICS = ("topic", "size", "id", "terms", "title", "text")
Row = tuple[int, Mapping[str, str]]
"""The line of the file and its cells."""

_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_out = click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write all groups as CSV.")


@click.group()
def gather() -> None:
    """Reports that speak of the same thing: events, topics, texts."""


@gather.command()
@click.argument("file", type=_file)
@_out
@click.option("--zone", default="+00:00", show_default=True, help="Of times that name none, as +08:00.")
@click.option("--minutes", default=60.0, show_default=True, help="Longest time from first to last report.")
@click.option("--metres", default=2500.0, show_default=True, help="Longest way between two reports.")
@click.option("--rulings", type=_file, help="CSV: a,b,verdict (same or different),by,why. They win.")
def events(
    file: Path, out: Path | None, zone: str, minutes: float, metres: float, rulings: Path | None
) -> None:
    """Groups calls, readings and messages into candidate incidents.

    FILE is a CSV or xlsx with the columns id, time, kind, lat, lng, place (streets joined by &) and text;
    only time is needed.

    Prints the groups with the reasons of each link.
    """
    reports = list(_reports(_rows(file), _zone(zone)))
    if not reports:
        sys.exit(1)
    defaults = default_points(reports)
    reach = Reach(seconds=60.0 * minutes, metres=metres)
    said = list(_rulings(rulings)) if rulings else []
    groups = gathered((placed(one, defaults) for one in reports), reach=reach, rulings=said)
    _tell_events(groups, len(reports))
    if out is not None:
        _write(out, INCIDENTS, (line for group in groups for line in _incident(group)))


@gather.command(name="topics")
@click.argument("file", type=_file)
@click.option("--column", required=True, help="The column of the text.")
@click.option("--title", default="", help="The column of the title.")
@click.option("--id", "name", default="", help="The column of the id; lines are counted without it.")
@click.option("--least", default=LEAST, show_default=True, help="Least likeness of a pair, 0 to 1.")
@_out
def topics_(file: Path, column: str, title: str, name: str, least: float, out: Path | None) -> None:
    """Groups Chinese messages about the same problem at the same place: FILE is a CSV or xlsx."""
    messages = list(_messages(_rows(file), column, title, name))
    if not messages:
        sys.exit(1)
    found = topics(messages, least)
    by_id = {message.id: message for message in messages}
    _tell_topics(found, by_id)
    if out is not None:
        _write(out, TOPICS, (line for topic in found for line in _topic(topic, by_id)))


def _rows(file: Path) -> Iterator[Row]:
    """Rows of a table with a head."""
    lines = iter(_lines(file) if file.suffix.lower() == ".csv" else _sheet(file))
    head = [str(cell).strip() for cell in next(lines, [])]
    for line, cells in enumerate(lines, start=2):
        if any(cells):
            yield line, {column: _text(cell) for column, cell in zip(head, cells, strict=False)}


def _lines(file: Path) -> list[list[object]]:
    try:
        return [[*cells] for cells in csv.reader(StringIO(decoded(file.read_bytes()), newline=""))]
    except csv.Error as wrong:
        raise click.ClickException(f"{file.name}: not a table that can be read ({wrong})") from wrong


def _sheet(file: Path) -> list[list[object]]:
    try:
        return [[*cells] for cells in CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()]
    except CalamineError as wrong:
        raise click.ClickException(f"{file.name}: not a table that can be read ({wrong})") from wrong


def _text(cell: object) -> str:
    """A cell as text; spreadsheets keep whole numbers as 24.0."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _zone(text: str) -> tzinfo:
    try:
        zone = datetime.fromisoformat(f"2000-01-01T00:00:00{text}").tzinfo
    except ValueError:
        zone = None
    if zone is None:
        raise click.BadParameter(f"{text} is no offset such as +08:00", param_hint="--zone")
    return zone


def _reports(rows: Iterable[Row], zone: tzinfo) -> Iterator[Report]:
    """Reports that can be read, the others told; of two with one id and different words the later is told."""
    faults: list[str] = []
    known: dict[str, Report] = {}
    for line, row in rows:
        try:
            one = report(row, f"line {line}", zone)
        except Malformed as fault:
            faults.append(f"line {line}, {fault.data.get('where', '')}: {fault}")
            continue
        if known.setdefault(one.id, one) is one:
            yield one
        elif known[one.id] != one:
            faults.append(f"line {line}, id: {one.id} names another report above")
    _tell_faults(faults)


def _messages(rows: Iterable[Row], column: str, title: str, name: str) -> Iterator[Message]:
    """Messages with a text; where an id comes again, its line is added to it."""
    faults: list[str] = []
    known: set[str] = set()
    for line, row in rows:
        absent = [part for part in (column, title, name) if part and part not in row]
        if absent:
            raise click.ClickException(f"there is no column {absent[0]}; there are {', '.join(row)}")
        if not row[column].strip():
            faults.append(f"line {line}, {column}: there is no text")
            continue
        own = row[name] if name else str(line)
        if own in known:
            faults.append(f"line {line}, {name}: {own} came before; here it is called {own} (line {line})")
            own = f"{own} (line {line})"
        known.add(own)
        yield Message(own, row[column], row[title] if title else "")
    _tell_faults(faults)


def _rulings(file: Path) -> Iterator[Ruling]:
    for line, row in _rows(file):
        if row.get("verdict") not in VERDICTS or not row.get("a") or not row.get("b"):
            raise click.ClickException(f"{file.name}, line {line}: a, b and a verdict, same or different")
        yield Ruling(row["a"], row["b"], VERDICTS[row["verdict"]], row.get("by", ""), row.get("why", ""))


def _tell_faults(faults: list[str]) -> None:
    for fault in faults[:SHOWN]:
        click.echo(f"✗ {fault}", err=True)
    if len(faults) > SHOWN:
        click.echo(f"✗ … and {len(faults) - SHOWN} more", err=True)


def _tell_events(groups: tuple[Group, ...], reports: int) -> None:
    several = [group for group in groups if len(group.reports) > 1]
    for group in several[:SHOWN]:
        click.echo(f"{group.id}: {len(group.reports)} reports, confidence {group.confidence:.2f}")
        for link in group.links:
            click.echo(f"  {link}")
    if len(several) > SHOWN:
        click.echo(f"… and {len(several) - SHOWN} more (--out)")
    click.echo(f"{reports} reports, {len(groups)} candidate incidents, {len(several)} of several reports")


def _tell_topics(found: tuple[Topic, ...], by_id: Mapping[str, Message]) -> None:
    several = [topic for topic in found if len(topic.messages) > 1]
    for topic in several[:SHOWN]:
        click.echo(f"{len(topic.messages)} messages: {' '.join(topic.terms)}")
        for one in topic.messages:
            click.echo(f"  {one}: {(by_id[one].title or by_id[one].text).strip()[:60]}")
    if len(several) > SHOWN:
        click.echo(f"… and {len(several) - SHOWN} more (--out)")
    click.echo(f"{len(by_id)} messages, {len(found)} topics, {len(several)} of several messages")


def _incident(group: Group) -> Iterator[tuple[object, ...]]:
    for one in group.reports:
        why = " | ".join(str(link) for link in group.links if one.id in (link.a, link.b))
        at = one.at.isoformat() if isinstance(one.at, datetime) else one.at
        place = (one.position.lon, one.position.lat) if one.position else ("", "")
        names = " & ".join(one.names)
        head = (group.id, f"{group.confidence:.3f}", one.id, at)
        yield (*head, one.channel, one.kind, names, *place, one.text, why)


def _topic(topic: Topic, by_id: Mapping[str, Message]) -> Iterator[tuple[object, ...]]:
    for one in topic.messages:
        message = by_id[one]
        told = (message.title.strip(), message.text.strip())
        yield (topic.messages[0], len(topic.messages), one, " ".join(topic.terms), *told)


def _write(out: Path, head: tuple[str, ...], lines: Iterable[tuple[object, ...]]) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(lines)
    click.echo(f"→ {out}")


gather.add_command(texts)

COMMANDS = (gather,)
