"""`tocsin gather texts`: which messages were said again, word for word or nearly?

No desk is needed and nothing is kept. Every message is in a group, one without text too; a line that can't be
read is told.
"""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import click

from tocsin.engine.gather.texts.folding import LONGEST, folded
from tocsin.engine.gather.texts.groups import Groups
from tocsin.engine.gather.texts.similar import similar
from tocsin.gateways.tables.delimited import read_delimited
from tocsin.gateways.tables.encoding import encoding_of
from tocsin.gateways.tables.rows import Broken, Row
from tocsin.gateways.tables.sheet import read_sheet
from tocsin.kernel.errors import Malformed
from tocsin.web.exports import RUNS

SHOWN = 20
"""Groups, and lines that can't be read, that are told one by one."""
SAMPLE = 3
"""Differences told of a group."""
WIDE = 60
"""Characters of a message that are shown."""
COLUMNS = ("group", "size", "line", "id", "like", "share", "text")


@dataclass(frozen=True)
class Said:
    """A message, with its line in the file and its id, the line where there is none."""

    line: int
    name: str
    text: str


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", default="", help="The column of the message; a .txt has one message a line.")
@click.option("--id", "name", default="", help="The column of the id; lines are counted without it.")
@click.option("--similar", "at_least", default=0.7, show_default=True, help="Least share, 0.5 to 1.")
@click.option("--cores", default=2, show_default=True, type=click.IntRange(1), help="Threads to work with.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write all groups as CSV.")
def texts(file: Path, column: str, name: str, at_least: float, cores: int, out: Path | None) -> None:
    """Groups messages that say nearly the same: FILE is a CSV, an xlsx or a .txt.

    Two messages are alike if of their runs of three characters at least the asked share is common. Prints the
    largest groups with their first and last line and a sample of what differs.
    """
    said = list(_said(file, column, name))
    if not said:
        sys.exit(1)
    click.echo(f"{len(said)} messages read", err=True)
    found = similar([one.text for one in said], at_least, cores)
    _tell(found, said)
    if out is not None:
        _write(out, found, said)


def _said(file: Path, column: str, name: str) -> Iterator[Said]:
    if file.suffix.lower() == ".txt":
        lines = file.read_text(encoding=encoding_of(file)).splitlines()
        yield from (Said(line, str(line), text) for line, text in enumerate(lines, start=1))
        return
    if not column:
        raise click.UsageError("a table needs --column: which one holds the message?")
    known: dict[str, int] = {}
    for row in _rows(file):
        _require(row, column, name)
        own = row.text(name) if name else str(row.line)
        if own in known:
            raise Malformed(
                "gather.id",
                "id {id} names two messages",
                cure="Give each message an id of its own.",
                where=f"line {known[own]} and line {row.line}",
                id=own,
            )
        known[own] = row.line
        yield Said(row.line, own, row.text(column))


def _rows(file: Path) -> Iterator[Row]:
    broken: list[Broken] = []
    sheet = file.suffix.lower() in (".xlsx", ".xlsm")
    for row in read_sheet(file) if sheet else read_delimited(file):
        if isinstance(row, Row):
            yield row
        else:
            broken.append(row)
    for one in broken[:SHOWN]:
        click.echo(f"✗ line {one.line}: {one.reason}", err=True)
    if len(broken) > SHOWN:
        click.echo(f"✗ … and {len(broken) - SHOWN} more", err=True)


def _require(row: Row, column: str, name: str) -> None:
    for wanted in (column, name):
        if wanted and wanted not in row.cells:
            raise click.UsageError(f"there is no column {wanted}; there are {', '.join(row.cells)}")


def _tell(found: Groups, said: list[Said]) -> None:
    repeated, sizes = found.repeated(), found.sizes()
    for group in repeated[:SHOWN].tolist():
        members = found.members(group)
        first, last = said[int(members[0])], said[int(members[-1])]
        click.echo(f"{sizes[group]} messages, lines {first.line} to {last.line}: {_short(first.text)}")
        for line in _differences(found, said, group):
            click.echo(f"  {line}")
    if len(repeated) > SHOWN:
        click.echo(f"… and {len(repeated) - SHOWN} more (--out)")
    many = int(sizes[repeated].sum())
    click.echo(f"{len(said)} messages, {len(sizes)} groups; {len(repeated)} of several, with {many} messages")
    for places, why in ((found.empty, "without text"), (found.cut, f"compared up to character {LONGEST}")):
        if len(places):
            lines = ", ".join(str(said[at].line) for at in places[:SHOWN].tolist())
            click.echo(f"{len(places)} {why}: line {lines}{' …' if len(places) > SHOWN else ''}")


def _differences(found: Groups, said: list[Said], group: int) -> Iterator[str]:
    """The links of a group that differ most, in words."""
    own = [at for at in (found.of[found.one] == group).nonzero()[0].tolist() if found.share[at] < 1]
    for at in sorted(own, key=lambda at: float(found.share[at]))[:SAMPLE]:
        one, other = said[int(found.one[at])], said[int(found.other[at])]
        yield f"{found.share[at]:.3f} lines {one.line} and {other.line}: {_changes(one.text, other.text)}"


def _changes(one: str, other: str) -> str:
    before, after = folded(one)[: LONGEST // 10], folded(other)[: LONGEST // 10]
    told = [
        f"“{_short(before[a:b])}” → “{_short(after[c:d])}”"
        for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if what != "equal"
    ]
    return ", ".join(told[:SAMPLE]) + (" …" if len(told) > SAMPLE else "")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= WIDE else plain[: WIDE - 1] + "…"


def _write(out: Path, found: Groups, said: list[Said]) -> None:
    sizes, like = found.sizes(), _likest(found)
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for at in found.of.argsort(kind="stable").tolist():
            group, one = int(found.of[at]), said[at]
            to, share = like.get(at, (-1, 0.0))
            tie = (said[to].line, f"{share:.3f}") if to >= 0 else ("", "")
            writer.writerow((group, sizes[group], one.line, _plain(one.name), *tie, _plain(one.text)))
    click.echo(f"→ {out}")


def _likest(found: Groups) -> dict[int, tuple[int, float]]:
    """For each text with a link, the one it is most like by a link."""
    best: dict[int, tuple[int, float]] = {}
    links = zip(found.one.tolist(), found.other.tolist(), found.share.tolist(), strict=True)
    for one, other, share in links:
        for at, to in ((one, other), (other, one)):
            if share > best.get(at, (-1, 0.0))[1]:
                best[at] = (to, share)
    return best


def _plain(text: str) -> str:
    """A cell that a spreadsheet doesn't run as a formula."""
    return f"'{text}" if text.startswith(RUNS) else text
