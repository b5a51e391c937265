"""The log of changes: a record for each batch, whole or not there.

    record = "TPNT", number of changes n (u32), CRC-32 of n and the body (u32), body
    body   = n ids (i64), n longitudes (f64), n latitudes (f64), little-endian; nan, nan: the point is gone

A batch is acknowledged when its record is on the disk, so only the last record can be torn: it was never
acknowledged, and whoever writes next cuts it off. Whole records behind a broken one mean that the disk lost
something that was acknowledged; then nothing is cut and the file is refused.
"""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tocsin.engine.reach import Changes
from tocsin.spine.places.points.generation import damaged

MAGIC = b"TPNT"
HEAD = struct.Struct("<4sII")
KINDS = ("<i8", "<f8", "<f8")
WIDTH = 24
"""Bytes of one change."""


class Tail(NamedTuple):
    """The changes of the whole records from some offset on, in their order, and where the last one ends."""

    changes: Changes
    end: int


def record(changes: Changes) -> bytes:
    """A batch as it is written."""
    columns = ((changes.ids, "<i8"), (changes.lon, "<f8"), (changes.lat, "<f8"))
    body = b"".join(np.asarray(column, kind).tobytes() for column, kind in columns)
    return HEAD.pack(MAGIC, len(changes), _sum(len(changes), body)) + body


def tail(path: Path, offset: int = 0) -> Tail:
    """All that is whole from an offset on; what a writer is just writing is left for the next time."""
    with path.open("rb") as file:
        file.seek(offset)
        written = file.read()
    found = list(_records(written))
    end = found[-1][1] if found else 0
    return Tail(_joined([changes for changes, _ in found]), offset + end)


def mend(path: Path) -> None:
    """Cuts off a torn record. Raises `Malformed` where more than that is broken."""
    end = tail(path).end
    with path.open("r+b") as file:
        file.seek(end)
        if _any_whole(file.read()):
            raise damaged(path, f"a record is broken at byte {end}, and there are whole ones behind it")
        file.truncate(end)
        os.fsync(file.fileno())


def _records(written: bytes, at: int = 0) -> Iterator[tuple[Changes, int]]:
    while (changes := _record(written, at)) is not None:
        at += HEAD.size + len(changes) * WIDTH
        yield changes, at


def _record(written: bytes, at: int) -> Changes | None:
    """The record at an offset, if a whole one is there."""
    if len(written) - at < HEAD.size:
        return None
    magic, count, checksum = HEAD.unpack_from(written, at)
    body = written[at + HEAD.size : at + HEAD.size + count * WIDTH]
    if magic != MAGIC or len(body) != count * WIDTH or checksum != _sum(count, body):
        return None
    ids, lon, lat = (np.frombuffer(body, kind, count, at * 8 * count) for at, kind in enumerate(KINDS))
    return Changes(ids, lon, lat)


def _any_whole(written: bytes) -> bool:
    at = written.find(MAGIC)
    while at >= 0:
        if _record(written, at) is not None:
            return True
        at = written.find(MAGIC, at + 1)
    return False


def _sum(count: int, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(struct.pack("<I", count)))


def _joined(batches: list[Changes]) -> Changes:
    if len(batches) == 1:
        return batches[0]
    columns = ([getattr(batch, name) for batch in batches] for name in ("ids", "lon", "lat"))
    ids, lon, lat = (
        np.concatenate(column or [[]]).astype(kind) for column, kind in zip(columns, KINDS, strict=True)
    )
    return Changes(ids, lon, lat)
