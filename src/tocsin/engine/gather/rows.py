"""A row of a table as a report.

Columns are known by their usual names, in any case. A time without a zone is taken to be of the zone that
the caller names; a kind may carry its channel before a colon ('EMS: FALL VICTIM'); a place is an address
whose streets are joined by `&`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from tocsin.engine.gather.reports import Position, Report
from tocsin.engine.gather.streets import streets
from tocsin.kernel.errors import Malformed

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id",),
    "at": ("at", "time", "timestamp"),
    "kind": ("kind", "title"),
    "channel": ("channel", "agency"),
    "lon": ("lon", "lng", "longitude"),
    "lat": ("lat", "latitude"),
    "within": ("within", "accuracy"),
    "place": ("place", "addr", "address"),
    "text": ("text", "desc", "description"),
}
"""What a report is made of, and the columns that may hold it; the first that is there counts."""


def report(row: Mapping[str, str | None], name: str, zone: tzinfo = UTC) -> Report:
    """The report in a row; `name` is its id if no column holds one. Raises `Malformed`."""
    lower = {column.strip().lower(): (value or "").strip() for column, value in row.items() if column}
    cells = {part: next((lower[c] for c in columns if c in lower), "") for part, columns in COLUMNS.items()}
    channel, colon, kind = cells["kind"].partition(":")
    return Report(
        id=cells["id"] or name,
        at=_time(cells["at"], zone),
        kind=(kind if colon else channel).strip(" -"),
        channel=cells["channel"] or (channel.strip() if colon else ""),
        position=_position(cells),
        names=streets(cells["place"]),
        text=cells["text"],
    )


def _time(text: str, zone: tzinfo) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(
            "gather.time_text",
            "no time can be read from “{text}”",
            cure="Write it as 2026-06-14 08:30:00, with +08:00 behind it where the zone differs.",
            where="at",
            text=text,
        ) from None
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


def _position(cells: Mapping[str, str]) -> Position | None:
    if not cells["lon"] and not cells["lat"]:
        return None
    return Position(
        _number(cells["lon"], "lon"), _number(cells["lat"], "lat"), _number(cells["within"] or "0", "within")
    )


def _number(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Malformed(
            "gather.number",
            "“{text}” is no number",
            cure="Write degrees and metres as 113.94 with a point; leave both coordinates empty if unknown.",
            where=where,
            text=text,
        ) from None
