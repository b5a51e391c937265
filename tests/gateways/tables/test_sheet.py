"""A workbook's first sheet, or the one that is named, read with the types it keeps."""

from datetime import date, datetime

import openpyxl
import pytest

from tocsin.gateways.tables import sheet as sheets
from tocsin.gateways.tables.rows import Row
from tocsin.gateways.tables.sheet import read_sheet
from tocsin.kernel.errors import Malformed


@pytest.fixture
def workbook(tmp_path):
    def write(*rows, title="Sheet"):
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(row)
        path = tmp_path / "table.xlsx"
        book.save(path)
        return path

    return write


def test_rows_with_their_lines_and_types(workbook):
    path = workbook([], ["when", "n"], [datetime(2026, 6, 1, 3, 4), 3], [], [date(2026, 6, 1), 3.5])
    assert list(read_sheet(path)) == [
        Row(3, {"when": datetime(2026, 6, 1, 3, 4), "n": 3.0}),
        Row(5, {"when": date(2026, 6, 1), "n": 3.5}),
    ]


def test_a_whole_number_is_spelled_without_its_point(workbook):
    (row,) = read_sheet(workbook(["zip"], [19525]))
    assert row.text("zip") == "19525"


def test_the_sheet_that_is_named(workbook):
    assert list(read_sheet(workbook(["a"], ["1"], title="calls"), "calls")) == [Row(2, {"a": "1"})]


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 not really"])
def test_no_workbook(tmp_path, content):
    path = tmp_path / "table.xlsx"
    path.write_bytes(content)
    with pytest.raises(Malformed):
        list(read_sheet(path))


def test_no_such_sheet(workbook):
    with pytest.raises(Malformed):
        list(read_sheet(workbook(["a"]), "calls"))


def test_an_empty_one(workbook):
    with pytest.raises(Malformed):
        list(read_sheet(workbook()))


def test_one_that_unfolds_to_too_much(workbook, monkeypatch):
    path = workbook(["a"], ["1"])
    monkeypatch.setattr(sheets, "LARGEST", 100)
    with pytest.raises(Malformed):
        list(read_sheet(path))
