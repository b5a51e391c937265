"""Counts out of a table: a date and one or several columns of counts, or date, series and count. Pure.

What can't be read is told by line and column and left out; the rest is kept.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

SERIES, COUNT = "series", "count"
LONGEST = 200_000
"""Rows of one table."""


@dataclass(frozen=True)
class Fault:
    """What can't be read. Reasons: `date`, `count`, `columns`, `empty`, `long`."""

    line: int
    column: str
    reason: str
    value: str = ""


@dataclass
class Table:
    """What was read: series, first day, count."""

    rows: list[tuple[str, date, int]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def decoded(raw: bytes) -> str:
    """The text of a file that a spreadsheet wrote: UTF-8, or the Chinese national encoding."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def read_table(text: str) -> Table:
    """Reads a table with a line of headings. Its first column that holds dates is the date; with a column
    named “count” it is one count a row, else every other column is a series of its own."""
    lines = csv.reader(text.replace("\0", "").splitlines())
    heads, table = [head.strip() for head in next(lines, [])], Table()
    rows = list(_few(lines, table))
    if not heads or not rows:
        return Table(faults=[*table.faults, Fault(1, "", "empty")])
    when = next((at for at, cell in enumerate(rows[0][1]) if _day(cell) is not None), None)
    if when is None or when >= len(heads):
        return Table(faults=[Fault(2, "", "date", ", ".join(rows[0][1])[:80])])
    for line, cells in rows:
        _row(table, heads, when, line, cells)
    return table


def _few(lines: Iterator[list[str]], table: Table) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(lines, 2):
        if number > LONGEST:
            table.faults.append(Fault(number, "", "long"))
            return
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip() for cell in cells]


def _row(table: Table, heads: Sequence[str], when: int, line: int, cells: Sequence[str]) -> None:
    if len(cells) != len(heads):
        table.faults.append(Fault(line, "", "columns", str(len(cells))))
        return
    day = _day(cells[when])
    if day is None:
        table.faults.append(Fault(line, heads[when], "date", cells[when][:80]))
        return
    lower = [head.lower() for head in heads]
    if COUNT in lower:
        series = cells[lower.index(SERIES)] if SERIES in lower else ""
        _count(table, line, COUNT, series, day, cells[lower.index(COUNT)])
        return
    for at, head in enumerate(heads):
        if at != when:
            _count(table, line, head, head, day, cells[at])


def _count(table: Table, line: int, column: str, series: str, day: date, cell: str) -> None:
    said = cell.removesuffix(".0")
    if not (said.isascii() and said.isdecimal()) or len(said) > 9:
        table.faults.append(Fault(line, column, "count", cell[:80]))
        return
    table.rows.append((series[:120], day, int(said)))


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell[:10].replace("/", "-"))
    except ValueError:
        return None
