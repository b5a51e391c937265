"""What every reader of tables gives: rows with their line, or the reason why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta
"""A cell as its file keeps it: always text in CSV, typed in a spreadsheet."""


@dataclass(frozen=True)
class Row:
    """One row below the header. `line` counts from 1, as an editor or a spreadsheet shows it."""

    line: int
    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        """The cell as text, without white space around it; empty where the row has none."""
        return spelled(self.cells.get(column, ""))


@dataclass(frozen=True)
class Broken:
    """A line that is no row of this table."""

    line: int
    reason: str
    raw: str


def spelled(cell: Cell) -> str:
    """A cell as text. A whole number that a spreadsheet keeps as 3.0 is spelled 3."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


def header(names: list[str]) -> tuple[str, ...]:
    """The names of the columns, white space trimmed; a name that stands twice is told apart by its number.

    “a, a, b” becomes “a, a#2, b”, so that no column hides another.
    """
    seen: dict[str, int] = {}
    told = []
    for name in (name.strip() for name in names):
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(told)
