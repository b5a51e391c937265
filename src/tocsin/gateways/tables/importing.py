"""Taking a table in: read as a stream, kept in batches, told row by row.

Each batch is one transaction: whatever is killed, what was told as kept is kept, and importing the same
file again goes on where it stopped, because a row is known by its content. Nothing of a broken row is
lost: it waits in quarantine with its line, its column and the reason.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from tocsin.gateways.locating import Locator
from tocsin.gateways.tables.delimited import read_delimited
from tocsin.gateways.tables.mapping import Mapping
from tocsin.gateways.tables.rows import Broken, Row
from tocsin.gateways.tables.sheet import read_sheet
from tocsin.gateways.tables.translating import Fault, Told, require_columns, translate
from tocsin.kernel.actors import Act
from tocsin.spine.places.naming import Gazetteer
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.reduction.signals import actions
from tocsin.stages.reduction.signals.decoding import Fault as Held
from tocsin.stages.reduction.signals.reading import Statement

BATCH = 500
"""Rows in one transaction."""

Progress = Callable[[int, int], None]
"""Called after each batch with the rows read so far and those of them that are broken."""


@dataclass
class Imported:
    """What came of a table: rows read, signals that are new, rows known from before, and what is broken."""

    rows: int = 0
    new: int = 0
    repeated: int = 0
    faults: list[Fault] = field(default_factory=list)


def import_table(
    *, act: Act, path: Path, mapping: Mapping, progress: Progress = lambda rows, broken: None
) -> Imported:
    """Takes in a CSV or xlsx file by a mapping.

    Raises `Malformed` where the file as a whole can't be read, lacks a mapped column, or speaks for a feed of
    the pack; then nothing of it was kept.
    """
    desk = _Desk(mapping)
    done = Imported()
    for batch in _batches(_checked(read_table(path, mapping), mapping)):
        told = [translate(row, mapping, desk.kinds) for row in batch]
        _keep(act, path.name, mapping, desk, told, done)
        progress(done.rows, len(done.faults))
    return done


def read_table(path: Path, mapping: Mapping) -> Iterator[Row | Broken]:
    """The rows of a file, by what its name says it is."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return read_sheet(path, mapping.sheet)
    return read_delimited(path, mapping.delimiter)


class _Desk:
    """What the rows are read against, looked up once for the whole file."""

    def __init__(self, mapping: Mapping) -> None:
        self.kinds = frozenset(active_pack().kinds)
        self.places: Gazetteer = gazetteer()
        self.locator = Locator() if mapping.place.latitude else None

    def statement(self, told: Told) -> Statement:
        """The row as the signals' room keeps it. A place that nobody knows is kept as unread."""
        areas, unread = self._areas(told)
        return Statement(
            action=told.action,
            kind=told.kind,
            level=told.level,
            areas=areas,
            title=told.text.partition("\n")[0][:300],
            text=told.text,
            issued_at=told.at,
            valid_until=None,
            issuer={},
            ref="",
            listed=False,
            unread=unread,
        )

    def _areas(self, told: Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if told.code in self.places:
            return (told.code,), ()
        at = self.locator.at(*told.point) if self.locator and told.point else ""
        if at:
            return (at,), ()
        named = {name: [code for one in self.places.find(name) for code in one.codes] for name in told.names}
        codes = self.places.ordered(code for found in named.values() for code in found)
        unread = [told.code] if told.code else []
        return codes, (*unread, *(name for name, found in named.items() if not found))


def _checked(rows: Iterator[Row | Broken], mapping: Mapping) -> Iterator[Row | Broken]:
    checked = False
    for row in rows:
        if not checked and isinstance(row, Row):
            require_columns(mapping, row)
            checked = True
        yield row


def _batches(rows: Iterable[Row | Broken]) -> Iterator[list[Row | Broken]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _keep(
    act: Act, file: str, mapping: Mapping, desk: _Desk, told: list[Told | Fault], done: Imported
) -> None:
    good = [one for one in told if isinstance(one, Told)]
    broken = [one for one in told if isinstance(one, Fault)]
    kept = actions.record_many(
        act=act,
        source=mapping.source,
        name=mapping.name,
        file=file[:200],
        said={one.fingerprint: desk.statement(one) for one in good},
        faults=[_held(one) for one in broken],
    )
    done.rows += len(told)
    done.new += len(kept.fresh)
    done.repeated += len(good) - len(kept.fresh)
    done.faults.extend(broken)


def _held(fault: Fault) -> Held:
    where = f"line {fault.line}" + (f", column {fault.column}" if fault.column else "")
    return Held("row.unread", where, fault.reason[:300], fault.raw)
