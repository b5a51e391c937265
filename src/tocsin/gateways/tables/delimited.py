"""Reading CSV line by line, so that one bad line stays one bad line.

Python's `csv` reads on where a quotation mark is left open, and so one stray mark would swallow every
row after it. Here a record is tried as one line first, and is given further lines only while its quote is
open and `LONGEST` is not reached; if no row of the right width comes of it, the first line alone is
broken and reading goes on with the next.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from tocsin.gateways.tables.encoding import encoding_of
from tocsin.gateways.tables.rows import Broken, Row, header
from tocsin.kernel.errors import Malformed

LONGEST = 50
"""Lines that one record may span."""

WIDEST = 100_000
"""Characters that one line may have."""

DELIMITERS = (",", ";", "\t", "|")
_OPEN = "unexpected end of data"


def read_delimited(path: Path, delimiter: str = "") -> Iterator[Row | Broken]:
    """The rows below the header of a CSV file, in their order.

    Raises `Malformed` where the file is no text, is empty, or its header can't be read.
    """
    with path.open(encoding=encoding_of(path), newline="") as file:
        yield from rows_of(file, delimiter, path.name)


def rows_of(lines: Iterable[str], delimiter: str = "", name: str = "table") -> Iterator[Row | Broken]:
    """The rows of a table whose first line is its header."""
    numbered = _Ahead(lines)
    first = numbered.take()
    if first is None or not first[1].strip():
        raise Malformed(
            "table.empty",
            "The table has no header.",
            cure="Write the names of the columns first.",
            where=name,
        )
    delimiter = delimiter or _delimiter(first[1])
    columns = header(_header_cells(first[1], delimiter, name))
    while (start := numbered.take()) is not None:
        if start[1].strip():
            yield _record(start, numbered, columns, delimiter)


class _Ahead:
    """Numbered lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._rest = enumerate(lines, start=1)
        self._seen: deque[tuple[int, str]] = deque()

    def take(self) -> tuple[int, str] | None:
        return self._seen.popleft() if self._seen else next(self._rest, None)

    def peek(self, index: int) -> str | None:
        while len(self._seen) <= index:
            following = next(self._rest, None)
            if following is None:
                return None
            self._seen.append(following)
        return self._seen[index][1]

    def drop(self, count: int) -> None:
        for _ in range(count):
            self._seen.popleft()


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def _header_cells(line: str, delimiter: str, name: str) -> list[str]:
    cells, fault = _cells(line, delimiter)
    if fault:
        raise Malformed(
            "table.header",
            "The header can't be read: {reason}",
            cure="Mend the first line.",
            where=name,
            reason=fault,
        )
    return cells


def _record(start: tuple[int, str], ahead: _Ahead, columns: tuple[str, ...], delimiter: str) -> Row | Broken:
    line, text = start
    cells, fault = _cells(text, delimiter)
    if fault != _OPEN:
        return _row(line, text, columns, cells, fault)
    whole = text
    for taken in range(1, LONGEST):
        following = ahead.peek(taken - 1)
        if following is None:
            break
        whole += following
        cells, fault = _cells(whole, delimiter)
        if fault != _OPEN:
            row = _row(line, text, columns, cells, fault)
            if isinstance(row, Row):
                ahead.drop(taken)
                return row
            break
    return Broken(line, "a quotation mark is never closed", text.rstrip("\r\n"))


def _row(line: int, text: str, columns: tuple[str, ...], cells: list[str], fault: str) -> Row | Broken:
    raw = text.rstrip("\r\n")
    if fault:
        return Broken(line, fault, raw[:WIDEST])
    if len(cells) != len(columns):
        return Broken(line, f"it has {len(cells)} cells, the header {len(columns)}", raw)
    if "\x00" in text:
        return Broken(line, "it holds the character U+0000", raw.replace("\x00", ""))
    return Row(line, dict(zip(columns, cells, strict=True)))


def _cells(text: str, delimiter: str) -> tuple[list[str], str]:
    """The cells of one record, or why it is none."""
    if len(text) > WIDEST:
        return [], f"it is longer than {WIDEST} characters"
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), []), ""
    except csv.Error as fault:
        return [], str(fault)
