"""One generation of the index on disk: written once, then only read."""

import json
import os
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np

from tocsin.engine.reach import Index
from tocsin.engine.reach.columns import frozen
from tocsin.engine.reach.grid import Grid
from tocsin.kernel.errors import Malformed

CURRENT = "current.json"
MANIFEST = "manifest.json"
COLUMNS = {"lon": "<f8", "lat": "<f8", "ids": "<i8", "begins": "<i4", "by_id": "<i4"}
FORMAT = 1

Content = TypeVar("Content")


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What belongs together: the grid, and the length of each column."""

    format: int
    grid: Grid
    lengths: dict[str, int]


class Current(msgspec.Struct, frozen=True):
    """The generation that holds."""

    generation: int


def folder_of(store: Path, generation: int) -> Path:
    """Where a generation's columns are."""
    return store / f"generation-{generation:06d}"


def log_of(store: Path, generation: int) -> Path:
    """Where the changes since a generation are."""
    return store / f"changes-{generation:06d}.log"


def write(store: Path, generation: int, index: Index) -> None:
    """Writes a generation's columns, all on the disk when this comes back; nobody looks at them yet."""
    folder = folder_of(store, generation)
    folder.mkdir()
    columns = {name: np.asarray(getattr(index, name), kind) for name, kind in COLUMNS.items()}
    for name, column in columns.items():
        with (folder / f"{name}.npy").open("wb") as file:
            np.save(file, column)
            file.flush()
            os.fsync(file.fileno())
    lengths = {name: len(column) for name, column in columns.items()}
    put(folder / MANIFEST, {"format": FORMAT, "grid": list(index.grid), "lengths": lengths})


def mapped(store: Path, generation: int) -> Index:
    """The index, its columns mapped and not read. Raises `Malformed` where its files don't fit together."""
    folder = folder_of(store, generation)
    manifest = _typed(folder / MANIFEST, Manifest)
    columns = {
        name: _column(folder, name, kind, manifest.lengths.get(name)) for name, kind in COLUMNS.items()
    }
    cells = manifest.grid.rows * manifest.grid.columns
    if manifest.format != FORMAT or len(columns["begins"]) != cells + 1:
        raise damaged(folder / MANIFEST, "its grid and its columns don't fit together")
    return Index(manifest.grid, **columns)


def _column(folder: Path, name: str, kind: str, length: int | None) -> Any:
    path = folder / f"{name}.npy"
    try:
        column = np.load(path, mmap_mode="r" if length else None)  # nothing can't be mapped
    except (ValueError, EOFError) as fault:
        raise damaged(path, str(fault)) from fault
    if column.dtype != kind or column.shape != (length,):
        raise damaged(path, f"it holds {column.shape} of {column.dtype}, not {length} of {kind}")
    return frozen(column)


def _typed(path: Path, kind: type[Content]) -> Content:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except msgspec.DecodeError as fault:
        raise damaged(path, str(fault)) from fault


def current(store: Path) -> int:
    """The generation that holds. Raises `FileNotFoundError` where there is no store."""
    return _typed(store / CURRENT, Current).generation


def put(path: Path, content: dict[str, Any]) -> None:
    """Writes a small file whole or not at all, and on the disk: beside it, then renamed."""
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(json.dumps(content).encode())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    settle(path.parent)


def settle(folder: Path) -> None:
    """Makes names that were written in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def damaged(path: Path, why: str) -> Malformed:
    """A file of the store that can't be used."""
    return Malformed(
        "points.damaged",
        "The file {where} of the points can't be used: {why}.",
        cure="Restore the folder of points from a backup, or import the points anew into an empty one.",
        where=path.name,
        why=why,
    )
