"""Tables of counts as people keep them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.reduction.indicators.reading import Fault, decoded, read_table

DAY = date(2026, 6, 1)


def test_a_column_for_each_series():
    table = read_table("week,north,south\n2026-06-01,3,4\n\n2026-06-08,5,6.0\n")
    assert table.faults == []
    assert table.rows == [
        ("north", DAY, 3, None),
        ("south", DAY, 4, None),
        ("north", date(2026, 6, 8), 5, None),
        ("south", date(2026, 6, 8), 6, None),
    ]


def test_a_row_for_each_count():
    table = read_table("series,day,count\nnorth,2026-06-01T00:00:00,3\n")
    assert table.rows == [("north", DAY, 3, None)]
    assert read_table("Day,Count\n2026/06/01,3").rows == [("", DAY, 3, None)]
    assert read_table("week,n\n2026-W23,3").rows == [("n", DAY, 3, None)]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [Fault(1, "", "empty")]),
        ("day,count\n", [Fault(1, "", "empty")]),
        ("day,count\nx,3", [Fault(2, "", "date", "x, 3")]),
        ("day\n3,2026-06-01", [Fault(2, "", "date", "3, 2026-06-01")]),
        ("day,count\n2026-06-01,3\nnoon,4", [Fault(3, "day", "date", "noon")]),
        ("day,count\n2026-06-01,-3", [Fault(2, "count", "count", "-3")]),
        ("day,count\n2026-06-01,", [Fault(2, "count", "count", "")]),
        ("day,a,b\n2026-06-01,3,1000000000", [Fault(2, "b", "count", "1000000000")]),
        ("day,count\n2026-06-01,3,4", [Fault(2, "", "columns", "3")]),
    ],
)
def test_what_can_not_be_read_is_told_by_line_and_column(text, faults):
    assert read_table(text).faults == faults


def test_an_exposure_stands_beside_its_count():
    table = read_table("series,day,count,Exposure\nnorth,2026-06-01,3,17500000\nsouth,2026-06-01,4,0.5\n")
    assert table.rows == [("north", DAY, 3, 17_500_000.0), ("south", DAY, 4, 0.5)]


@pytest.mark.parametrize("exposure", ["0", "-4", "nan", "inf", "", "many"])
def test_what_is_no_exposure_is_told_by_line(exposure):
    table = read_table(f"day,count,exposure\n2026-06-01,3,10\n2026-06-02,3,{exposure}\n")
    assert table.faults == [Fault(3, "exposure", "exposure", exposure)]
    assert len(table.rows) == 1


def test_hours_are_read_with_their_time():
    text = "series,hour,count\na,2026-06-01 14:00,3\na,2026/06/01T15:00:00,4\n"
    rows = [("a", datetime(2026, 6, 1, 14), 3, None), ("a", datetime(2026, 6, 1, 15), 4, None)]
    assert read_table(text, hours=True).rows == rows
    assert read_table(text).rows == [("a", DAY, 3, None), ("a", DAY, 4, None)]


@pytest.mark.parametrize("cell", ["2026-06-01", "2026-06-01 14:00+08:00", "2026-06-01 25:00"])
def test_a_date_is_no_hour_and_a_zone_is_not_ours(cell):
    assert read_table(f"hour,count\n{cell},3", hours=True).faults == [Fault(2, "hour", "hour", cell)]


def test_a_bad_row_loses_no_good_one():
    rows = "\n".join(f"2026-06-{day:02},{'x' if day == 7 else day}" for day in range(1, 29))
    table = read_table(f"day,count\n{rows}")
    assert (len(table.rows), table.faults) == (27, [Fault(8, "count", "count", "x")])


def test_a_table_without_end_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr("tocsin.stages.reduction.indicators.reading.LONGEST", 3)
    table = read_table("day,count\n" + "2026-06-01,1\n" * 9)
    assert (len(table.rows), table.faults[-1].reason) == (2, "long")


def test_spreadsheets_write_utf_8_or_the_national_encoding():
    assert decoded("\ufeffday,南山".encode()) == "day,南山"
    assert decoded("day,南山".encode("gb18030")) == "day,南山"


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    read_table(text)
