"""Reads a pack from its folder: `pack.yaml`, one YAML list a table, Markdown plans in `plans/`.

A fault in one row never hides the others: all are gathered with their file and line, so that whoever
writes a pack sees the whole list. `load` refuses a pack with any fault; `read` tells them all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tocsin.kernel.errors import Malformed, NotFound
from tocsin.packs import (
    clocks,
    disclosure,
    facts,
    feeds,
    gradings,
    groups,
    kinds,
    ladders,
    organisations,
    places,
    publishing,
    responses,
    scripts,
    sheets,
    tongues,
    warnings,
)
from tocsin.packs.pack import Head, Pack
from tocsin.packs.sheets import Fault
from tocsin.packs.tables import Rows, Table

TABLES: tuple[Table[Any], ...] = (
    ladders.TABLE,
    kinds.TABLE,
    facts.TABLE,
    gradings.TABLE,
    responses.TABLE,
    warnings.TABLE,
    clocks.TABLE,
    publishing.TABLE,
    disclosure.TABLE,
    groups.TABLE,
    places.TABLE,
    tongues.TABLE,
    feeds.TABLE,
    organisations.TABLE,
    scripts.TABLE,
)
"""Every table, as its module declares it. A `Pack` has a field of the same name for each."""

BUILT_IN = Path(__file__).parent
"""The packs that come with Tocsin."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*", re.ASCII)


@dataclass(frozen=True)
class Reading:
    """A pack as far as it could be read, and what could not be."""

    pack: Pack
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class _Folder:
    """One pack of the lineage."""

    name: str
    path: Path
    head: Head


@cache
def load(name: str, folders: tuple[Path, ...] = (BUILT_IN,)) -> Pack:
    """The pack `name` (`cn/shenzhen`), found in the first of `folders` that has it.

    Raises `NotFound` where there is none, `Malformed` with the first fault where it can't be read.
    Read once in a process.
    """
    reading = read(name, folders)
    if reading.faults:
        first = reading.faults[0]
        raise Malformed(
            "pack.unreadable",
            "The pack “{name}” can't be read: {where}: {what}.",
            cure="Mend it; “tocsin packs check {name}” lists all {count} faults.",
            name=name,
            where=first.where,
            what=first.what,
            count=len(reading.faults),
        )
    return reading.pack


def read(name: str, folders: tuple[Path, ...] = (BUILT_IN,)) -> Reading:
    """The pack as far as it can be read, with every fault. Raises `NotFound` where there is none."""
    faults: list[Fault] = []
    line = _lineage(name, folders, faults)
    heads = [folder.head for folder in line]
    tables: dict[str, Any] = {table.name: _table(table, line, faults) for table in TABLES}
    pack = Pack(
        id=name,
        name=heads[0].name,
        languages=next((head.languages for head in heads if head.languages), ()),
        zone=_zone(name, next((head.zone for head in heads if head.zone), "UTC"), faults),
        country=next((head.country for head in heads if head.country), ""),
        patience={word: span for head in reversed(heads) for word, span in head.patience.items()},
        lineage=tuple(folder.name for folder in line),
        plans=_plans(line),
        **tables,
    )
    return Reading(pack, tuple(faults))


def available(folders: tuple[Path, ...] = (BUILT_IN,)) -> tuple[str, ...]:
    """The names of all packs in `folders`, sorted."""
    names = {head.parent.relative_to(root).as_posix() for root in folders for head in root.rglob("pack.yaml")}
    return tuple(sorted(names))


def _lineage(name: str, folders: tuple[Path, ...], faults: list[Fault]) -> list[_Folder]:
    """The pack and those it extends, nearest first."""
    line = [_folder(name, folders, faults)]
    while parent := line[-1].head.extends:
        if parent in (folder.name for folder in line):
            faults.append(Fault(f"{name}/pack.yaml", "the pack extends itself, through its parents"))
            break
        line.append(_folder(parent, folders, faults))
    return line


def _folder(name: str, folders: tuple[Path, ...], faults: list[Fault]) -> _Folder:
    path = _find(name, folders)
    head = sheets.head(Head, path / "pack.yaml", f"{name}/pack.yaml")
    if isinstance(head, Fault):
        faults.append(head)
        head = Head(name={})
    return _Folder(name, path, head)


def _find(name: str, folders: tuple[Path, ...]) -> Path:
    for root in folders:
        if _NAME.fullmatch(name) and (root / name / "pack.yaml").is_file():
            return root / name
    raise NotFound(
        "pack.unknown",
        "There is no pack “{name}”.",
        cure="Use one of these: {known}.",
        name=name,
        known=", ".join(available(folders)),
    )


def _table(table: Table[Any], line: Sequence[_Folder], faults: list[Fault]) -> Rows[Any]:
    """One table, laid from the root of the lineage to the pack itself."""
    rows: dict[str, msgspec.Struct] = {}
    places: dict[str, str] = {}
    for folder in reversed(line):
        file = f"{table.name}.yaml"
        sheet = sheets.read(table, folder.path / file, f"{folder.name}/{file}")
        faults += sheet.faults
        for where, row in sheet.rows:
            rows[table.key_of(row)] = row
            places[table.key_of(row)] = where
    return Rows(table.name, rows, places)


def _zone(name: str, zone: str, faults: list[Fault]) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (ValueError, OSError, KeyError):  # what zoneinfo raises for names that are no zone
        faults.append(Fault(f"{name}/pack.yaml", f"“{zone}” is not a time zone"))
        return ZoneInfo("UTC")


def _plans(line: Sequence[_Folder]) -> tuple[Path, ...]:
    files = {
        file.name: file for folder in reversed(line) for file in sorted((folder.path / "plans").glob("*.md"))
    }
    return tuple(files[name] for name in sorted(files))
