"""What a row says in our words, or the column and the reason why it says nothing."""

from datetime import UTC, date, datetime, time

import pytest

from tocsin.gateways.tables.mapping import mapping_of
from tocsin.gateways.tables.rows import Broken, Row
from tocsin.gateways.tables.translating import Fault, Told, fingerprint, kept, require_columns, translate
from tocsin.kernel.errors import Malformed
from tocsin.kernel.ladders import WarningLevel
from tocsin.stages.reduction.signals.enums import Action

MAPPING = mapping_of(
    {
        "source": "calls",
        "name": {"en": "Calls"},
        "time": {"columns": ["day", "hour"], "format": "%d/%m/%Y %H:%M", "zone": "Asia/Shanghai"},
        "kind": {"column": "what", "prefixes": {"flood": "waterlogging"}},
        "level": {"column": "colour", "values": {"amber": "ORANGE", "": "none"}},
        "place": {"code": "code", "names": ["town", "street"], "latitude": "lat", "longitude": "lon"},
        "text": ["what", "note"],
    }
)
GOOD = {
    "day": "16/06/2026", "hour": "12:50", "what": "Flooded cellar", "colour": "amber", "code": "440307",
    "town": "Longgang", "street": "", "lat": "22.7", "lon": "114.2", "note": "two rooms", "caller": "secret",
}  # fmt: skip
KINDS = {"waterlogging"}
SHORT = {
    "source": "s",
    "name": {"en": "Calls"},
    "time": {"columns": ["day"]},
    "kind": {"constant": "waterlogging"},
    "text": ["note"],
}


def say(**cells):
    return translate(Row(7, {**GOOD, **cells}), MAPPING, KINDS)


def test_a_good_row():
    assert say() == Told(
        line=7,
        fingerprint=fingerprint(Row(7, GOOD), MAPPING),
        at=datetime(2026, 6, 16, 4, 50, tzinfo=UTC),
        kind="waterlogging",
        level=WarningLevel.ORANGE,
        action=Action.INFORM,
        code="440307",
        names=("Longgang",),
        point=(114.2, 22.7),
        text="Flooded cellar\ntwo rooms",
    )


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"day": "", "hour": ""}, "day", "the time is missing"),
        ({"day": "31/02/2026"}, "day", "“31/02/2026 12:50” is not a time (%d/%m/%Y %H:%M)"),
        ({"day": "16/06/0026"}, "day", "the year 26 can't be right"),
        ({"what": "Fire"}, "what", "“Fire” is no kind of event that the mapping or the pack knows"),
        ({"colour": "mauve"}, "colour", "“mauve” is no warning level"),
        ({"lat": "north"}, "lat", "“north” is no number of degrees"),
        ({"lat": "nan"}, "lat", "nan lies outside ±90 degrees"),
        ({"lon": "214.2"}, "lon", "214.2 lies outside ±180 degrees"),
        ({"lon": ""}, "lon", "“” is no number of degrees"),
    ],
)
def test_a_bad_cell(cells, column, reason):
    fault = say(**cells)
    assert (fault.line, fault.column, fault.reason) == (7, column, reason)


def test_without_a_place_or_a_level():
    told = say(colour="", lat="", lon="", code="", town="")
    assert (told.level, told.point, told.code, told.names) == (None, None, "", ())


def test_the_text_is_missing():
    mapping = mapping_of(SHORT)
    fault = translate(Row(2, {"day": "2026-06-16T12:50+08:00", "note": " "}), mapping, KINDS)
    assert (fault.column, fault.reason) == ("note", "the text is missing")


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2026, 6, 16), time(12, 50)),
        (datetime(2026, 6, 16), time(12, 50)),
        (datetime(2026, 6, 16, 12, 50), ""),
    ],
)
def test_times_that_a_spreadsheet_keeps(day, hour):
    assert say(day=day, hour=hour).at == datetime(2026, 6, 16, 4, 50, tzinfo=UTC)


@pytest.mark.parametrize(("said", "done"), [("new", Action.ISSUE), ("over", Action.CANCEL)])
def test_a_table_of_warnings(said, done):
    action = {"column": "note", "values": {"new": "issue", "over": "cancel", "huh": "in_force"}}
    mapping = mapping_of({**SHORT, "action": action})
    assert translate(Row(2, {"day": "2026-06-16T04:50Z", "note": said}), mapping, KINDS).action == done
    fault = translate(Row(2, {"day": "2026-06-16T04:50Z", "note": "huh"}), mapping, KINDS)
    assert (fault.column, fault.reason) == ("note", "“huh” is nothing that a row can do")


def test_a_broken_line():
    assert translate(Broken(3, "it has 1 cells", "x"), MAPPING, KINDS) == Fault(
        3, "", "it has 1 cells", "x", fingerprint(Broken(3, "", "x"), MAPPING)
    )


def test_the_same_row_is_the_same_wherever_it_stands():
    assert fingerprint(Row(2, GOOD), MAPPING) == fingerprint(Row(9, dict(reversed(GOOD.items()))), MAPPING)
    assert fingerprint(Row(2, GOOD), MAPPING) != fingerprint(Row(2, {**GOOD, "caller": "x"}), MAPPING)


def test_by_its_key_alone():
    keyed = mapping_of({**SHORT, "key": ["code"]})
    assert fingerprint(Row(2, GOOD), keyed) == fingerprint(Row(2, {**GOOD, "note": "x"}), keyed)


def test_only_mapped_cells_are_kept():
    assert "secret" not in kept(Row(2, GOOD), MAPPING)


def test_a_column_that_is_not_there():
    with pytest.raises(Malformed) as refusal:
        require_columns(MAPPING, Row(2, {"day": ""}))
    assert refusal.value.data["columns"].split(", ")[0] == "hour"
