"""Which column of a foreign table means what: a short YAML file, one for each kind of table.

Only columns that are named here are read; all others are left behind, so that a table about persons
brings in no more about them than a signal needs. docs/how-to/import-a-table.md explains each line.
"""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
import yaml

from tocsin.kernel.errors import Malformed
from tocsin.packs.rows import Text


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a column's text becomes one of our words, or a constant where there is no such column.

    `values` is looked up first (case and outer white space do not count), then the longest entry of
    `prefixes` that the text starts with, then `otherwise`; without it, a text that is not listed is a
    fault of its row.
    """

    column: str = ""
    constant: str = ""
    values: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    otherwise: str | None = None

    def columns(self) -> tuple[str, ...]:
        return (self.column,) if self.column else ()

    def of(self, text: str) -> str | None:
        """Our word for a text; none where the table gives none."""
        folded = text.casefold()
        exact = next((ours for theirs, ours in self.values.items() if theirs.casefold() == folded), None)
        if exact is not None:
            return exact
        starts = [theirs for theirs in self.prefixes if folded.startswith(theirs.casefold())]
        return self.prefixes[max(starts, key=len)] if starts else self.otherwise


class Time(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When it happened. Several columns (a date and a time) are joined by a space.

    `format` as Python's strptime spells it; empty means ISO 8601. `zone` is the zone of times that name none.
    """

    columns: tuple[str, ...]
    format: str = ""
    zone: str = "UTC"


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where it was: a code, names that the gazetteer knows, a point; having none is no fault of itself."""

    code: str = ""
    names: tuple[str, ...] = ()
    latitude: str = ""
    longitude: str = ""

    def columns(self) -> tuple[str, ...]:
        return tuple(name for name in (self.code, *self.names, self.latitude, self.longitude) if name)


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The meaning of one kind of table."""

    source: str
    """A code for whoever the rows come from; the desk shows their signals under it."""
    name: Text
    time: Time
    kind: Choice
    text: tuple[str, ...]
    level: Choice = Choice()
    action: Choice = Choice(constant="inform")
    """What a row does: `inform` (a report, the usual), or `issue`, `cancel` … for a table of warnings."""
    place: Place = Place()
    key: tuple[str, ...] = ()
    """Columns that together name a row; none means all of its cells."""
    delimiter: str = ""
    sheet: str = ""

    def columns(self) -> tuple[str, ...]:
        """Every column that is read, each once."""
        named = (
            *self.time.columns,
            *self.kind.columns(),
            *self.level.columns(),
            *self.action.columns(),
            *self.place.columns(),
            *self.text,
            *self.key,
        )
        return tuple(dict.fromkeys(named))


def read_mapping(path: Path) -> Mapping:
    """The mapping in a YAML file. Raises `Malformed` with what is wrong in it."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise _unfit(path.name, str(fault)) from fault
    return mapping_of(data, path.name)


def mapping_of(data: Any, name: str = "mapping") -> Mapping:
    """The mapping in plain data. Raises `Malformed` with what is wrong in it."""
    try:
        mapping = msgspec.convert(data, Mapping)
        ZoneInfo(mapping.time.zone)
    except (msgspec.ValidationError, ZoneInfoNotFoundError, ValueError) as fault:
        raise _unfit(name, str(fault)) from fault
    if not mapping.text or not mapping.time.columns or len(mapping.delimiter) > 1:
        raise _unfit(name, "it needs at least one column for `time` and `text`; a delimiter is one character")
    if not (mapping.kind.column or mapping.kind.constant):
        raise _unfit(name, "`kind` needs a column or a constant")
    return mapping


def _unfit(name: str, reason: str) -> Malformed:
    return Malformed(
        "table.mapping",
        "The column mapping {where} can't be used: {reason}",
        cure="See docs/how-to/import-a-table.md.",
        where=name,
        reason=reason,
    )
