"""Lists that are taken away: whole, readable, and nothing in them runs."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tocsin.web.exports import Sheet, export

ROWS = [
    ("=1+1", {"zh": "暴雨", "en": "Rain"}, None, ["a", "b"], datetime(2026, 6, 16, 4, tzinfo=UTC), "x\x07y")
]
COLUMNS = ("formula", "text", "nothing", "many", "time", "bell")


def test_a_cell_never_runs():
    body = export(Sheet("s", COLUMNS, ROWS), "csv").content.decode("utf-8-sig")
    row = list(csv.reader(io.StringIO(body)))[1]
    assert row == ["'=1+1", "Rain", "", "a b", "2026-06-16 12:00:00", "xy"]


def test_a_workbook_holds_the_same():
    answer = export(Sheet("s", COLUMNS, ROWS), "xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows == [COLUMNS, ("'=1+1", "Rain", None, "a b", "2026-06-16 12:00:00", "xy")]


def test_geojson_holds_the_shapes():
    point = {"type": "Point", "coordinates": [114, 22]}
    body = json.loads(export(Sheet("s", ("a",), [("x",), ("y",)], [point, None]), "geojson").content)
    assert [(f["geometry"], f["properties"]) for f in body["features"]] == [
        (point, {"a": "x"}),
        (None, {"a": "y"}),
    ]


@pytest.mark.parametrize("form", ["csv", "xlsx", "geojson"])
def test_every_list_can_be_taken_away(as_role, form):
    browser = as_role("commander")
    names = [
        "signals",
        "watch",
        "incidents",
        "alerts",
        "bulletins",
        "plans",
        "reviews",
        "people",
        "settings",
        "journal",
    ]
    answers = {name: browser.get(reverse(name), {"format": form}) for name in names}
    assert {name: a.status_code for name, a in answers.items()} == dict.fromkeys(names, 200)
    assert [name for name, a in answers.items() if not a["Content-Disposition"].endswith(f'.{form}"')] == []
