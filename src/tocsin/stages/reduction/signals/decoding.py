"""From the bytes of a snapshot to its records, by the description of its feed. Pure.

Nothing here raises on what it is given: whatever can't be read becomes a `Fault` with its place, and
the records beside it are kept. Names of persons are masked before anything leaves this module.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from tocsin.kernel.instants import Instant, instant
from tocsin.packs.feeds import Absent, Feed, Part

MASKED = "***"
ROOT = "."


@dataclass(frozen=True)
class RawSnapshot:
    """One file as it was polled: its name, when, and its bytes. `feed` is empty where none claims it."""

    feed: str
    name: str
    taken_at: Instant
    content: bytes


@dataclass(frozen=True)
class Fault:
    """Something that could not be read: `reason` is a key of `enums.REASONS`, `where` a path in the file."""

    reason: str
    where: str
    detail: str
    raw: str
    part: int = -1
    """Which of the feed's parts a record is of; below zero where the fault is the file's."""


@dataclass(frozen=True)
class Record:
    """One record of a file. `raw` is the whole of it, names masked."""

    part: Part
    where: str
    raw: Mapping[str, Any]

    def pick(self, paths: Sequence[str]) -> str:
        """The first text or number at one of the paths that isn't empty."""
        for path in paths:
            for _, value in walk(self.raw, path):
                if (
                    isinstance(value, str | int | float)
                    and not isinstance(value, bool)
                    and str(value).strip()
                ):
                    return str(value).strip()
        return ""


@dataclass(frozen=True)
class Decoded:
    """The records of a file, and what could not be read."""

    records: tuple[Record, ...] = ()
    faults: tuple[Fault, ...] = ()


def polled(name: str, feeds: Mapping[str, Feed]) -> tuple[str, Instant] | None:
    """Which feed a file is of, and when it was polled; None where no feed has such names."""
    for feed in feeds.values():
        found = re.fullmatch(feed.file, name)
        if found:
            try:
                local = datetime.strptime(found["time"], feed.time).replace(tzinfo=ZoneInfo(feed.zone))
            except ValueError:
                return None
            return feed.id, instant(local)
    return None


def decode(snapshot: RawSnapshot, feed: Feed) -> Decoded:
    """The records of a snapshot, in the order of the feed's parts."""
    if not snapshot.content.strip():
        return Decoded(faults=(Fault("file.empty", "", "", ""),))
    try:
        text = snapshot.content.decode(feed.encoding)
    except UnicodeDecodeError as fault:
        readable = snapshot.content.decode(feed.encoding, errors="replace")
        return Decoded(faults=(Fault("file.encoding", "", str(fault), blot(readable, feed)),))
    try:
        tree = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as fault:
        return Decoded(faults=(Fault("file.unreadable", "", str(fault), blot(text, feed)),))
    return _parts(masked(tree, feed.mask), feed)


def _parts(tree: Any, feed: Feed) -> Decoded:
    records: list[Record] = []
    faults: list[Fault] = []
    for number, part in enumerate(feed.parts):
        for path in part.records:
            nodes = list(walk(tree, path))
            if not nodes and not part.optional:
                faults.append(Fault("file.shape", path, "", _plain(tree)))
            for where, node in nodes:
                for place, member in _members(where, node):
                    if part.having and next(iter(walk(member, part.having)), None) is None:
                        continue
                    if isinstance(member, Mapping):
                        records += _record(part, place, member)
                    else:
                        shape = type(member).__name__
                        faults.append(Fault("record.shape", place, shape, _plain(member), number))
    return Decoded(tuple(records), tuple(faults))


def _record(part: Part, where: str, raw: Mapping[str, Any]) -> Iterator[Record]:
    record = Record(part, where, raw)
    gone = any(_says(raw, absent) for absent in part.absent)
    announcing = not part.listed and not record.pick(part.fields.text)
    if not gone and not announcing:
        yield record


def _says(raw: Mapping[str, Any], absent: Absent) -> bool:
    """Whether the record says that there is nothing."""
    return any(str(value).strip() in absent.values for _, value in walk(raw, absent.path))


def _members(where: str, node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, list):
        for at, member in enumerate(node):
            yield f"{where}/{at}".lstrip("/"), member
    else:
        yield where, node


def walk(tree: Any, path: str, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every node that `path` leads to, with its own path. `''` and `.` lead to the tree itself."""
    if path in ("", ROOT):
        yield where, tree
        return
    step, _, rest = path.partition("/")
    for name, inner in _steps(tree, step):
        yield from walk(inner, rest, f"{where}/{name}".lstrip("/"))


def _steps(tree: Any, step: str) -> Iterator[tuple[str, Any]]:
    if isinstance(tree, Mapping):
        names = tree if step == "*" else [step] if step in tree else []
        yield from ((str(name), tree[name]) for name in names)
    elif isinstance(tree, list):
        if step == "*":
            yield from ((str(at), inner) for at, inner in enumerate(tree))
        elif step.isdecimal() and int(step) < len(tree):
            yield step, tree[int(step)]


def moment(text: str, feed: Feed) -> Instant | None:
    """A time as this feed writes it; None where it is none."""
    for form in feed.times:
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007 (the zone is the feed's, in `local`)
        except ValueError:
            continue
        return local(found, feed)
    return None


def local(written: datetime, feed: Feed) -> Instant | None:
    """A time without a zone in the feed's own; None where it falls out of the calendar."""
    try:
        return instant(written if written.tzinfo else written.replace(tzinfo=ZoneInfo(feed.zone)))
    except OverflowError:
        return None


def masked(tree: Any, names: Sequence[str]) -> Any:
    """The tree with the values of these names blotted out, however deep they stand."""
    if isinstance(tree, Mapping):
        return {
            key: MASKED if key in names and value else masked(value, names) for key, value in tree.items()
        }
    if isinstance(tree, list):
        return [masked(inner, names) for inner in tree]
    return tree


def blot(text: str, feed: Feed) -> str:
    """Text that is no tree, with the values of the masked names blotted out as far as they show."""
    for name in feed.mask:
        text = re.sub(rf'("{re.escape(name)}"\s*:\s*)"[^"]*("|$)', rf'\1"{MASKED}"', text)
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def _plain(tree: Any) -> str:
    return msgspec.json.encode(tree).decode()
