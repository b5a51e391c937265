"""Reads an archive of polled files in the order of their time, whatever it is packed in.

Only the names are read first, so that an archive of years is listed without being held in memory; the
contents of a tar ball, which can only be read from its beginning, are kept for the span asked for.
"""

import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tocsin.kernel.errors import Malformed, NotFound
from tocsin.kernel.instants import Instant
from tocsin.packs.feeds import Feed
from tocsin.stages.reduction.signals.decoding import RawSnapshot, polled

LARGEST = 8 * 1024 * 1024
"""Bytes of one file; what is larger is no snapshot of a feed and is left unread."""


PACKED = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".txz", ".zip")


@dataclass(frozen=True)
class Span:
    """What an archive holds of the feeds asked for."""

    first: Instant
    last: Instant
    count: int


@dataclass(frozen=True)
class _Member:
    feed: str
    name: str
    taken_at: Instant
    read: Callable[[], bytes]


def snapshots(
    path: Path | str,
    feeds: Mapping[str, Feed],
    *,
    since: Instant | None = None,
    until: Instant | None = None,
) -> Iterator[RawSnapshot]:
    """The snapshots of these feeds from `since` up to and with `until`, by time and name; one that lies
    there twice under the same name is read once.

    Files that no feed claims are passed over. Raises `NotFound` where there is no archive, `Malformed`
    where it is none.
    """
    for member in _members(Path(path), feeds, since, until):
        yield RawSnapshot(member.feed, member.name, member.taken_at, member.read())


def span(path: Path | str, feeds: Mapping[str, Feed]) -> Span | None:
    """When the archive begins and ends, and how many snapshots it has; None where it has none."""
    times = [member.taken_at for member in _members(Path(path), feeds, None, None)]
    return Span(times[0], times[-1], len(times)) if times else None


def _members(
    path: Path, feeds: Mapping[str, Feed], since: Instant | None, until: Instant | None
) -> list[_Member]:
    found: dict[str, _Member] = {}
    for name, read in _opened(path, lambda name: _claimed(name, feeds, since, until)):
        claimed = polled(name, feeds)
        if claimed is not None:
            found.setdefault(name, _Member(claimed[0], name, claimed[1], read))
    return sorted(found.values(), key=lambda member: (member.taken_at, member.name))


def _claimed(name: str, feeds: Mapping[str, Feed], since: Instant | None, until: Instant | None) -> bool:
    claimed = polled(name, feeds)
    if claimed is None:
        return False
    return (since is None or claimed[1] >= since) and (until is None or claimed[1] <= until)


Named = Iterable[tuple[str, Callable[[], bytes]]]


def _opened(path: Path, wanted: Callable[[str], bool]) -> Named:
    if path.is_dir():
        return _folder(path, wanted)
    if not path.is_file():
        raise NotFound(
            "archive.missing", "There is no archive at {path}.", cure="Check the path.", path=str(path)
        )
    try:
        if zipfile.is_zipfile(path):
            return _zip(path, wanted)
        return _tar(path, wanted)
    except (tarfile.TarError, zipfile.BadZipFile, EOFError, OSError) as fault:
        raise Malformed(
            "archive.unreadable",
            "{path} is no archive that can be read: {fault}.",
            cure="Give a folder, a .tar, .tar.gz, .tar.xz or .zip file.",
            path=str(path),
            fault=str(fault),
        ) from fault


def _folder(path: Path, wanted: Callable[[str], bool]) -> Named:
    """Loose files, and what is packed in the archives beside them: months are often kept one a file."""
    for file in path.rglob("*"):
        if file.name.endswith(PACKED) and file.is_file():
            yield from _opened(file, wanted)
        elif wanted(file.name) and file.is_file() and file.stat().st_size <= LARGEST:
            yield file.name, file.read_bytes


def _zip(path: Path, wanted: Callable[[str], bool]) -> Named:
    def reader(info: zipfile.ZipInfo) -> Callable[[], bytes]:
        def read() -> bytes:
            with zipfile.ZipFile(path) as archive:
                return archive.read(info)

        return read

    with zipfile.ZipFile(path) as archive:
        return [
            (PurePosixPath(info.filename).name, reader(info))
            for info in archive.infolist()
            if not info.is_dir() and wanted(PurePosixPath(info.filename).name) and info.file_size <= LARGEST
        ]


def _tar(path: Path, wanted: Callable[[str], bool]) -> Named:
    found = []
    with tarfile.open(path, "r:*") as archive:
        for info in archive:
            name = PurePosixPath(info.name).name
            if info.isfile() and wanted(name) and info.size <= LARGEST:
                content = archive.extractfile(info)
                data = content.read() if content else b""
                found.append((name, lambda data=data: data))
    return found
