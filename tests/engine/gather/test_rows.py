"""Rows of tables as reports."""

from datetime import timedelta, timezone

import pytest

from tocsin.engine.gather.reports import Position
from tocsin.engine.gather.rows import report
from tocsin.kernel.errors import Malformed

ROW = {
    "lat": "40.1",
    "lng": "-75.3",
    "desc": "MAIN ST; NORRISTOWN",
    "title": "Traffic: VEHICLE ACCIDENT -",
    "timeStamp": "2015-12-10 17:40:00",
    "addr": "MAIN ST & OAK AVE",
    None: "surplus",
}


def test_a_row_of_the_calls():
    read = report(ROW, "7")
    assert (read.id, read.channel, read.kind) == ("7", "Traffic", "VEHICLE ACCIDENT")
    assert (read.names, read.text) == (("MAIN ST", "OAK AVE"), "MAIN ST; NORRISTOWN")
    assert read.position == Position(-75.3, 40.1)
    assert read.at.isoformat() == "2015-12-10T17:40:00+00:00"


def test_columns_of_ones_own():
    row = {"ID": "x", "Time": "2026-06-14T08:30:00+08:00", "kind": "smoke", "channel": "119", "within": "50"}
    read = report({**row, "lon": "113.9", "latitude": "22.5"}, "7")
    assert (read.id, read.kind, read.channel) == ("x", "smoke", "119")
    assert read.position == Position(113.9, 22.5, 50.0)
    assert read.at.isoformat() == "2026-06-14T08:30:00+08:00"


def test_a_time_without_zone_is_of_the_zone_that_is_named():
    zone = timezone(timedelta(hours=-5))
    assert report(ROW, "7", zone).at.isoformat() == "2015-12-10T17:40:00-05:00"


def test_what_is_not_there_is_unknown():
    read = report({"time": "2026-06-14 08:30:00", "lat": "", "lng": None}, "7")
    assert (read.position, read.kind, read.names) == (None, "", ())


@pytest.mark.parametrize(
    "cells, code",
    [
        ({"timeStamp": "yesterday"}, "gather.time_text"),
        ({"timeStamp": ""}, "gather.time_text"),
        ({"lat": "north"}, "gather.number"),
        ({"lat": ""}, "gather.number"),
        ({"lat": "nan"}, "gather.position"),
        ({"lat": "140.1"}, "gather.position"),
    ],
)
def test_a_cell_that_can_not_be_is_refused(cells, code):
    with pytest.raises(Malformed) as caught:
        report({**ROW, **cells}, "7")
    assert caught.value.code == code
    assert caught.value.cure
