"""Every list can be taken away: as CSV, as a workbook, and, where its rows lie somewhere, as GeoJSON.

One mechanism for all. A cell that a spreadsheet would run as a formula is written as plain text.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localtime
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from tocsin.web.locality import say

FORMATS = ("csv", "xlsx", "geojson")
MOST = 50_000
"""Rows of one file: a workbook of more could not be made while somebody waits."""
RUNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """A list as columns and rows; `shapes` holds the GeoJSON geometry of each row, where rows have one."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    shapes: Sequence[Mapping[str, Any] | None] = ()


def export(sheet: Sheet, form: str) -> HttpResponse:
    """The sheet as a file to keep."""
    made = {"xlsx": _xlsx, "geojson": _geojson}.get(form, _csv)
    body, media, ending = made(sheet)
    answer = HttpResponse(body, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="{sheet.name}.{ending}"'
    return answer


def _csv(sheet: Sheet) -> tuple[bytes, str, str]:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.columns)
    writer.writerows([_plain(value) for value in row] for row in sheet.rows[:MOST])
    # The mark at the beginning is what makes spreadsheets read Chinese text as UTF-8.
    return out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv"


def _xlsx(sheet: Sheet) -> tuple[bytes, str, str]:
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.name[:31])
    page.freeze_panes = "A2"
    page.append([_bold(page, name) for name in sheet.columns])
    for row in sheet.rows[:MOST]:
        page.append([_plain(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"


def _bold(page: Any, name: str) -> Any:
    cell = WriteOnlyCell(page, value=name)
    cell.font = Font(bold=True)
    return cell


def _geojson(sheet: Sheet) -> tuple[bytes, str, str]:
    features = [
        {
            "type": "Feature",
            "geometry": shape,
            "properties": dict(zip(sheet.columns, map(_plain, row), strict=True)),
        }
        for row, shape in zip(sheet.rows[:MOST], sheet.shapes or _nowhere(sheet.rows), strict=False)
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    return body.encode(), "application/geo+json", "geojson"


def _nowhere(rows: Sequence[Any]) -> Iterable[None]:
    return [None] * len(rows)


def _plain(value: Any) -> Any:
    """A value as a cell can hold it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, list | tuple):
        value = " ".join(str(one) for one in value)
    # Control characters have no place in a workbook's XML.
    text = "".join(sign for sign in say(value) if sign >= " " or sign in "\n\t")[:32_000]
    return f"'{text}" if text.startswith(RUNS) else text
