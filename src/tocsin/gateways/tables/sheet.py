"""Reading the first sheet of an xlsx workbook (or the one that is named) with calamine."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from tocsin.gateways.tables.rows import Broken, Row, header, spelled
from tocsin.kernel.errors import Malformed

LARGEST = 512 * 1024 * 1024
"""Bytes that a workbook may unfold to: a small file can hold a very large one."""


def read_sheet(path: Path, sheet: str = "") -> Iterator[Row | Broken]:
    """The rows below the header. Raises `Malformed` where the file is no workbook, or too large unfolded."""
    _check_size(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
        found = workbook.get_sheet_by_name(sheet) if sheet else workbook.get_sheet_by_index(0)
    except (CalamineError, ValueError, OSError) as fault:
        raise _unreadable(path, str(fault)) from fault
    rows = enumerate(found.iter_rows(), start=1)
    top = next(((line, row) for line, row in rows if any(spelled(cell) for cell in row)), None)
    if top is None:
        raise Malformed(
            "table.empty",
            "The table has no header.",
            cure="Write the names of the columns first.",
            where=path.name,
        )
    columns = header([spelled(cell) for cell in top[1]])
    for line, row in rows:
        cells = dict(zip(columns, row, strict=False))
        if any(spelled(cell) for cell in row):
            yield Row(line, cells)


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as folded:
            unfolded = sum(part.file_size for part in folded.infolist())
    except (zipfile.BadZipFile, OSError) as fault:
        raise _unreadable(path, str(fault)) from fault
    if unfolded > LARGEST:
        raise _unreadable(path, f"it unfolds to {unfolded} bytes")


def _unreadable(path: Path, reason: str) -> Malformed:
    return Malformed(
        "table.workbook",
        "The file can't be read as a workbook: {reason}",
        cure="Save it as .xlsx, or as CSV in UTF-8, and import it again.",
        where=path.name,
        reason=reason,
    )
