"""A table of 10,000 rows with 37 bad ones brings in 9,963 and lists the 37."""

import csv
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from tocsin.gateways.tables import importing
from tocsin.gateways.tables.importing import BATCH, import_table
from tocsin.gateways.tables.mapping import mapping_of
from tocsin.kernel.errors import Forbidden, Malformed
from tocsin.spine.journal.queries import entries, verify
from tocsin.spine.places.actions import settle
from tocsin.stages.reduction.signals.models import Quarantine, Signal, Source

pytestmark = pytest.mark.django_db
MAPPING = {
    "source": "calls",
    "name": {"en": "Calls"},
    "time": {"columns": ["when"], "zone": "Asia/Shanghai"},
    "kind": {"column": "what", "prefixes": {"flood": "waterlogging"}},
    "place": {"names": ["where"], "latitude": "lat", "longitude": "lon"},
    "text": ["what", "note"],
}
HEADER = ["when", "what", "where", "lat", "lon", "note", "caller"]
FUTIAN = ("22.541", "114.055")
SPOILED = {
    "when": ("when", "yesterday", "“yesterday” is not a time (ISO 8601)"),
    "what": ("what", "earthworm", "“earthworm” is no kind of event that the mapping or the pack knows"),
    "lat": ("lat", "north", "“north” is no number of degrees"),
}


@pytest.fixture
def settled(desk):
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    return desk


def good(number: int) -> list[str]:
    """A row like no other."""
    at = datetime(2026, 6, 16, tzinfo=UTC) + timedelta(seconds=number)
    return [
        at.isoformat(),
        f"Flooded cellar {number}",
        "福田区",
        "",
        "",
        "water, knee-deep",
        f"caller {number}",
    ]


def spoiled(number: int, column: str) -> list[str]:
    row = good(number)
    row[HEADER.index(column)] = SPOILED[column][1]
    if column == "lat":
        row[HEADER.index("lon")] = "114.1"
    return row


def table(count: int, every: int) -> list[list[str]]:
    """`count` rows, of which each `every`th has one bad cell, in turn in one of three columns."""
    columns = list(SPOILED)
    return [spoiled(n, columns[n // every % 3]) if n % every == every - 1 else good(n) for n in range(count)]


def write(path, rows):
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path


def take(desk, path, role="duty_officer", mapping=MAPPING, **more):
    return import_table(act=desk.act(role), path=path, mapping=mapping_of(mapping), **more)


def test_ten_thousand_rows_with_thirty_seven_bad_ones(settled, tmp_path):
    path, steps = write(tmp_path / "calls.csv", table(10_000, 270)), []
    done = take(settled, path, progress=lambda rows, broken: steps.append((rows, broken)))
    assert (done.rows, done.new, done.repeated, len(done.faults)) == (10_000, 9_963, 0, 37)
    assert Signal.objects.count() == 9_963
    columns = list(SPOILED)
    expected = [(n + 2, *SPOILED[columns[n // 270 % 3]]) for n in range(10_000) if n % 270 == 269]
    assert [(f.line, f.column, f.reason) for f in done.faults] == [(li, c, r) for li, c, _, r in expected]
    held = Quarantine.objects.values_list("file", "where", "reason", "detail", "source_id")
    assert sorted(held) == sorted(
        ("calls.csv", f"line {li}, column {c}", "row.unread", r, "calls") for li, c, _, r in expected
    )
    assert steps[-1] == (10_000, 37)
    assert len(steps) == 10_000 // BATCH
    assert verify().ok

    again = take(settled, path)
    assert (again.rows, again.new, again.repeated, len(again.faults)) == (10_000, 0, 9_963, 37)
    assert (Signal.objects.count(), Quarantine.objects.count()) == (9_963, 37)
    assert len(entries(kinds=["signal.quarantined"])) == 37


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_costs_the_same_whatever_is_in_it(settled, tmp_path, count, django_assert_max_num_queries):
    path = write(tmp_path / "calls.csv", table(count, 1000))
    with django_assert_max_num_queries(24):
        take(settled, path)


def test_from_a_workbook(settled, tmp_path):
    book, path = openpyxl.Workbook(), tmp_path / "calls.xlsx"
    for row in [HEADER, *table(10, 5)]:
        book.active.append(row)
    book.save(path)
    done = take(settled, path)
    assert (done.new, [fault.line for fault in done.faults]) == (8, [6, 11])


def test_what_is_kept_of_a_row(settled, tmp_path):
    take(settled, write(tmp_path / "calls.csv", [good(7), spoiled(8, "when")]))
    signal, held = Signal.objects.get(), Quarantine.objects.get()
    assert (signal.kind, signal.action, signal.level, signal.areas) == (
        "waterlogging",
        "inform",
        None,
        ["440304"],
    )
    assert (signal.title, signal.text) == ("Flooded cellar 7", "Flooded cellar 7\nwater, knee-deep")
    assert Source.objects.get().name == {"en": "Calls"}
    assert "caller" not in held.raw


def test_places_by_point_by_name_and_unread(settled, tmp_path):
    by_point, nowhere, unknown = good(1), good(2), good(3)
    by_point[2], by_point[3:5] = "罗湖区", FUTIAN  # the point is finer than what the caller called it
    nowhere[3:5], unknown[2] = ("0", "0"), "Atlantis"
    take(settled, write(tmp_path / "calls.csv", [by_point, nowhere, unknown]))
    found = {row.title[-1]: (row.areas, row.unread) for row in Signal.objects.all()}
    assert found["1"] == (["440304"], [])
    assert found["2"] == (["440304"], [])
    assert found["3"] == ([], ["Atlantis"])


def test_a_file_that_was_cut_off_goes_on_where_it_stopped(settled, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 10)
    path = write(tmp_path / "calls.csv", table(35, 1000))

    def stop(rows, broken):
        if rows == 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take(settled, path, progress=stop)
    assert Signal.objects.count() == 20
    done = take(settled, path)
    assert (done.new, done.repeated) == (15, 20)


def test_two_rows_that_differ_only_in_what_is_not_mapped_are_two(settled, tmp_path):
    twin = good(1)
    twin[-1] = "another caller"
    assert take(settled, write(tmp_path / "calls.csv", [good(1), twin])).new == 2


@pytest.mark.parametrize("source", ["desk", "sz-standing"])
def test_nobody_speaks_for_another_source(settled, tmp_path, source):
    with pytest.raises(Malformed):
        take(settled, write(tmp_path / "calls.csv", [good(1)]), mapping={**MAPPING, "source": source})
    assert Signal.objects.count() == 0


def test_a_column_that_is_not_there(settled, tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text("when,what\n2026-06-16T00:00Z,flood\n")
    with pytest.raises(Malformed):
        take(settled, path)


@pytest.mark.parametrize("role", ["auditor", "information_officer", "administrator"])
def test_not_by_everybody(settled, tmp_path, role):
    with pytest.raises(Forbidden):
        take(settled, write(tmp_path / "calls.csv", [good(1)]), role=role)
