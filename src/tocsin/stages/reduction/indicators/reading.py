"""Counts out of a table: a date and one or several columns of counts, or date, series and count, with an
exposure if there is one. Pure.

What can't be read is told by line and column and left out; the rest is kept.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import inf

SERIES, COUNT, EXPOSURE = "series", "count", "exposure"
LONGEST = 200_000
"""Rows of one table."""


@dataclass(frozen=True)
class Fault:
    """What can't be read. Reasons: `date`, `hour`, `count`, `exposure`, `columns`, `empty`, `long`."""

    line: int
    column: str
    reason: str
    value: str = ""


Counted = tuple[str, date, int, float | None]
"""Series, step (a date, of hours a naive datetime), count, and what that is in proportion to."""


@dataclass
class Table:
    """What was read."""

    rows: list[Counted] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def decoded(raw: bytes) -> str:
    """The text of a file that a spreadsheet wrote: UTF-8, or the Chinese national encoding."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def read_table(text: str, *, hours: bool = False) -> Table:
    """Reads a table with a line of headings. Its first column that holds dates is the date, with its time
    where steps are `hours`; with a column named “count” it is one count a row, and one named “exposure”
    stands beside it, else every other column is a series of its own."""
    lines = csv.reader(text.replace("\0", "").splitlines())
    heads, table = [head.strip() for head in next(lines, [])], Table()
    rows = list(_few(lines, table))
    if not heads or not rows:
        return Table(faults=[*table.faults, Fault(1, "", "empty")])
    when = next((at for at, cell in enumerate(rows[0][1]) if _day(cell) is not None), None)
    if when is None or when >= len(heads):
        return Table(faults=[Fault(2, "", "date", ", ".join(rows[0][1])[:80])])
    for line, cells in rows:
        _row(table, heads, when, line, cells, _hour if hours else _day)
    return table


def _few(lines: Iterator[list[str]], table: Table) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(lines, 2):
        if number > LONGEST:
            table.faults.append(Fault(number, "", "long"))
            return
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip() for cell in cells]


def _row(
    table: Table,
    heads: Sequence[str],
    when: int,
    line: int,
    cells: Sequence[str],
    read: Callable[[str], date | None],
) -> None:
    if len(cells) != len(heads):
        table.faults.append(Fault(line, "", "columns", str(len(cells))))
        return
    day = read(cells[when])
    if day is None:
        reason = "date" if _day(cells[when]) is None else "hour"
        table.faults.append(Fault(line, heads[when], reason, cells[when][:80]))
        return
    lower = [head.lower() for head in heads]
    if COUNT in lower:
        series = cells[lower.index(SERIES)] if SERIES in lower else ""
        exposed = cells[lower.index(EXPOSURE)] if EXPOSURE in lower else None
        _count(table, Fault(line, COUNT, "count", cells[lower.index(COUNT)]), series, day, exposed)
        return
    for at, head in enumerate(heads):
        if at != when:
            _count(table, Fault(line, head, "count", cells[at]), head, day)


def _count(table: Table, cell: Fault, series: str, day: date, exposed: str | None = None) -> None:
    """Keeps the count of a cell, which is a fault if it is none, and the exposure beside it."""
    said = cell.value.removesuffix(".0")
    exposure = None if exposed is None else _above_zero(exposed)
    if not (said.isascii() and said.isdecimal()) or len(said) > 9:
        table.faults.append(replace(cell, value=cell.value[:80]))
    elif exposed is not None and exposure is None:
        table.faults.append(Fault(cell.line, EXPOSURE, "exposure", exposed[:80]))
    else:
        table.rows.append((series[:120], day, int(said), exposure))


def _above_zero(cell: str) -> float | None:
    try:
        return float(cell) if 0.0 < float(cell) < inf else None
    except ValueError:
        return None


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell[:10].replace("/", "-"))
    except ValueError:
        return None


def _hour(cell: str) -> date | None:
    """A time of the local clock: a date alone is none, nor is a time of some zone."""
    try:
        moment = datetime.fromisoformat(cell.replace("/", "-"))
    except ValueError:
        return None
    return moment if len(cell) > 10 and moment.tzinfo is None else None
