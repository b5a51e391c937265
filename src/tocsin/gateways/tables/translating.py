"""From a row of a foreign table to what it says in our words, or the first thing in it that can't be said."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tocsin.gateways.tables.mapping import Choice, Mapping
from tocsin.gateways.tables.rows import Broken, Row, spelled
from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, instant, parse
from tocsin.kernel.ladders import WarningLevel
from tocsin.stages.reduction.signals.actions.recording import RECORDED
from tocsin.stages.reduction.signals.enums import Action

YEARS = range(1900, 2201)


@dataclass(frozen=True)
class Told:
    """What a row says. `point` is longitude, latitude in degrees of WGS 84."""

    line: int
    fingerprint: str
    at: Instant
    kind: str
    level: WarningLevel | None
    action: Action
    code: str
    names: tuple[str, ...]
    point: tuple[float, float] | None
    text: str


@dataclass(frozen=True)
class Fault:
    """Why a row says nothing we can use: its line, the column (empty: the row as such) and the reason."""

    line: int
    column: str
    reason: str
    raw: str
    fingerprint: str


class _Unfit(Exception):
    """A cell that can't be read; caught where the row's line is known."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def require_columns(mapping: Mapping, row: Row) -> None:
    """Raises `Malformed` where the table lacks a column that the mapping names."""
    missing = [column for column in mapping.columns() if column not in row.cells]
    if missing:
        raise Malformed(
            "table.columns",
            "The table has no column {columns}.",
            cure="Check the header of the table against the mapping.",
            where="header",
            columns=", ".join(missing),
        )


def translate(row: Row | Broken, mapping: Mapping, kinds: Collection[str]) -> Told | Fault:
    """What a row says. `kinds` are the kinds of events that the pack knows."""
    print_ = fingerprint(row, mapping)
    if isinstance(row, Broken):
        return Fault(row.line, "", row.reason, row.raw, print_)
    try:
        return Told(
            line=row.line,
            fingerprint=print_,
            at=_time(row, mapping),
            kind=_kind(row, mapping, kinds),
            level=_level(row, mapping.level),
            action=_action(row, mapping.action),
            code=row.text(mapping.place.code) if mapping.place.code else "",
            names=tuple(name for name in (row.text(column) for column in mapping.place.names) if name),
            point=_point(row, mapping),
            text=_text(row, mapping),
        )
    except _Unfit as unfit:
        return Fault(row.line, unfit.column, unfit.reason, kept(row, mapping), print_)


def fingerprint(row: Row | Broken, mapping: Mapping) -> str:
    """What makes a row the same when its table is imported again: its key, or else all of its cells."""
    if isinstance(row, Broken):
        content: object = row.raw
    elif mapping.key:
        content = [row.text(column) for column in mapping.key]
    else:
        content = {column: spelled(cell) for column, cell in row.cells.items()}
    sealed = json.dumps([mapping.source, content], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(sealed.encode("utf-8", "surrogatepass")).hexdigest()


def kept(row: Row, mapping: Mapping) -> str:
    """The mapped cells of a row as JSON: what quarantine keeps of it."""
    cells = {column: row.text(column) for column in mapping.columns()}
    return json.dumps(cells, ensure_ascii=False)


def _time(row: Row, mapping: Mapping) -> Instant:
    told = mapping.time
    column, zone = told.columns[0], ZoneInfo(told.zone)
    text = " ".join(_spelled(row, name) for name in told.columns).strip()
    if not text:
        raise _Unfit(column, "the time is missing")
    typed = any(isinstance(row.cells.get(name), date | time) for name in told.columns)
    form = "" if typed else told.format
    try:
        moment = datetime.strptime(text, form) if form else parse(text, zone)  # noqa: DTZ007 (the zone follows)
    except (ValueError, OverflowError, Malformed) as fault:
        raise _Unfit(column, f"“{text[:80]}” is not a time ({form or 'ISO 8601'})") from fault
    return _bounded(column, moment if moment.tzinfo else moment.replace(tzinfo=zone))


def _spelled(row: Row, column: str) -> str:
    """A spreadsheet keeps a date as its midnight: spelled without it, the next column can add the hour."""
    cell = row.cells.get(column, "")
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date().isoformat()
    return row.text(column)


def _bounded(column: str, moment: datetime) -> Instant:
    if moment.year not in YEARS:
        raise _Unfit(column, f"the year {moment.year} can't be right")
    return instant(moment)


def _kind(row: Row, mapping: Mapping, kinds: Collection[str]) -> str:
    choice = mapping.kind
    ours = choice.constant if not choice.column else choice.of(row.text(choice.column))
    if ours is None or ours not in kinds:
        said = row.text(choice.column) if choice.column else choice.constant
        raise _Unfit(choice.column, f"“{said[:80]}” is no kind of event that the mapping or the pack knows")
    return ours


def _level(row: Row, choice: Choice) -> WarningLevel | None:
    said = choice.constant if not choice.column else row.text(choice.column)
    if not said:
        return None
    ours = (choice.of(said) if choice.column else said) or said
    if ours.upper() in WarningLevel.__members__:
        return WarningLevel[ours.upper()]
    if ours in ("none", "-"):
        return None
    raise _Unfit(choice.column, f"“{said[:80]}” is no warning level")


def _action(row: Row, choice: Choice) -> Action:
    said = choice.constant if not choice.column else row.text(choice.column)
    ours = said if not choice.column else choice.of(said)
    if ours in RECORDED:
        return Action(ours)
    raise _Unfit(choice.column, f"“{said[:80]}” is nothing that a row can do")


def _point(row: Row, mapping: Mapping) -> tuple[float, float] | None:
    place = mapping.place
    if not (place.latitude and place.longitude):
        return None
    spelt = row.text(place.longitude), row.text(place.latitude)
    if not any(spelt):
        return None
    return _degrees(place.longitude, spelt[0], 180), _degrees(place.latitude, spelt[1], 90)


def _degrees(column: str, text: str, most: int) -> float:
    try:
        value = float(text)
    except ValueError as fault:
        raise _Unfit(column, f"“{text[:80]}” is no number of degrees") from fault
    if not -most <= value <= most:
        raise _Unfit(column, f"{text[:80]} lies outside ±{most} degrees")
    return value


def _text(row: Row, mapping: Mapping) -> str:
    said = [text for text in (row.text(column) for column in mapping.text) if text]
    if not said:
        raise _Unfit(mapping.text[0], "the text is missing")
    return "\n".join(said)
