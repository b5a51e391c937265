"""One bad line of a CSV stays one bad line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.gateways.tables.delimited import WIDEST, read_delimited, rows_of
from tocsin.gateways.tables.rows import Broken, Row
from tocsin.kernel.errors import Malformed


def told(text, delimiter=""):
    """Lines and cells of rows, lines and reasons of what is broken."""
    rows = rows_of(io.StringIO(text, newline=""), delimiter)
    return [(r.line, list(r.cells.values()) if isinstance(r, Row) else r.reason) for r in rows]


def test_rows_with_their_lines():
    assert told("a,b\r\n1,2\r\n\r\n3,4") == [(2, ["1", "2"]), (4, ["3", "4"])]


def test_a_cell_may_span_lines():
    assert told('a,b\n"x\ny",3\n5,6\n') == [(2, ["x\ny", "3"]), (4, ["5", "6"])]


def test_a_quote_inside_a_cell_is_a_character():
    assert told('a,b\n5" pipe,1\n"he said ""yes""",2\n') == [
        (2, ['5" pipe', "1"]),
        (3, ['he said "yes"', "2"]),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('"never,5', "a quotation mark is never closed"),
        ("1,2,3", "it has 3 cells, the header 2"),
        ("1", "it has 1 cells, the header 2"),
        ('"q"z,1', "',' expected after '\"'"),
        ("a\x00b,1", "it holds the character U+0000"),
        ("x" * (WIDEST + 1) + ",1", f"it is longer than {WIDEST} characters"),
    ],
)
def test_a_broken_line_takes_nothing_with_it(line, reason):
    many = "".join(f"{n},ok\n" for n in range(100))
    rows = told(f"a,b\n{many}{line}\n{many}")
    assert rows[100] == (102, reason)
    assert len([row for row in rows if row[1] != reason]) == 200


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(delimiter):
    assert told(f"a{delimiter}b\n1{delimiter}2\n") == [(2, ["1", "2"])]


def test_the_delimiter_that_is_named():
    assert told("a,b;c\n1,2;3\n", ";") == [(2, ["1,2", "3"])]


def test_a_name_that_stands_twice():
    (row,) = rows_of(["a,a, b \n", "1,2,3\n"])
    assert row.cells == {"a": "1", "a#2": "2", "b": "3"}


@pytest.mark.parametrize("text", ["", "\n1,2\n", '"a,b\n'])
def test_no_header(text):
    with pytest.raises(Malformed):
        told(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_whatever_the_encoding(tmp_path, encoding):
    path = tmp_path / "calls.csv"
    path.write_bytes("时间,内容\n1,积水\n".encode(encoding))
    assert list(read_delimited(path)) == [Row(2, {"时间": "1", "内容": "积水"})]


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=9)
cells = st.lists(st.lists(text, min_size=2, max_size=2), min_size=1, max_size=9)


@given(cells)
def test_what_is_written_is_read(table):
    """Any table that Python's own writer writes comes back, cell by cell (rows that are blank aside)."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["a", "b"], *table])
    rows = [list(row.cells.values()) for row in rows_of(io.StringIO(written.getvalue(), newline=""), ",")]
    assert rows == table


@given(st.text(max_size=400))
def test_any_text_ends_as_rows_or_reasons(text):
    lines = io.StringIO("a,b\n" + text, newline="").readlines()
    rows = list(rows_of(lines, ","))
    assert {type(row) for row in rows} <= {Row, Broken}
    assert [row.line for row in rows] == sorted({row.line for row in rows})
