"""One YAML file as typed rows, each with the line it stands on, and every fault in it.

The rows are read one by one, so that a fault in one hides no other. YAML's own trap is closed: a key
written twice in one mapping, of which YAML would silently keep the last, is a fault here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
import yaml

from tocsin.kernel.errors import Malformed
from tocsin.packs.tables import Table

R = TypeVar("R", bound=msgspec.Struct)
S = TypeVar("S", bound=msgspec.Struct)

Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The fast reader of YAML where it is there, else the plain one; both build nothing but plain values."""


@dataclass(frozen=True)
class Fault:
    """Something in a file that could not be read: `where` is `cn/kinds.yaml:12`."""

    where: str
    what: str


@dataclass(frozen=True)
class Sheet(Generic[R]):
    """The rows of one file with their places, and what could not be read."""

    rows: tuple[tuple[str, R], ...] = ()
    faults: tuple[Fault, ...] = ()


def read(table: Table[R], path: Path, label: str) -> Sheet[R]:
    """The file at `path`, called `label` in what is said about it. No file, or one with nothing in it but
    comments, is an empty sheet.
    """
    if not path.exists():
        return Sheet()
    try:
        return parse(table, path.read_text(encoding="utf-8"), label)
    except UnicodeDecodeError as fault:
        return Sheet(faults=(Fault(label, _flat(fault)),))


def parse(table: Table[R], text: str, label: str, *, one: bool = False) -> Sheet[R]:
    """The rows of a YAML list, or the `one` row of a YAML mapping. Lines are counted from the text's first,
    so a block out of the middle of a file is given with as many empty lines before it.
    """
    try:
        loader = Loader(text)
        top = loader.get_single_node()
    except (yaml.YAMLError, UnicodeEncodeError) as fault:
        return Sheet(faults=(Fault(_place(label, fault), _flat(fault)),))
    if top is None:
        return Sheet()
    if one:
        return _rows(table, label, loader, [top])
    if not isinstance(top, yaml.SequenceNode):
        return Sheet(faults=(Fault(label, "is not a list of rows"),))
    return _rows(table, label, loader, top.value)


def _place(label: str, fault: Exception) -> str:
    """The line that YAML stumbled over, where it says so."""
    mark = getattr(fault, "problem_mark", None)
    return f"{label}:{mark.line + 1}" if mark else label


def head(kind: type[S], path: Path, label: str) -> S | Fault:
    """A file that holds one mapping, as `kind`."""
    try:
        return msgspec.convert(yaml.load(path.read_text(encoding="utf-8"), Loader), kind)  # noqa: S506 (a safe loader)
    except (msgspec.ValidationError, yaml.YAMLError, UnicodeDecodeError) as fault:
        return Fault(label, _flat(fault))


def _rows(table: Table[R], label: str, loader: Any, nodes: Iterable[yaml.Node]) -> Sheet[R]:
    rows: dict[str, tuple[str, R]] = {}
    faults: list[Fault] = []
    for node in nodes:
        where = f"{label}:{node.start_mark.line + 1}"
        twice = list(_written_twice(node))
        faults += (Fault(where, f"“{key}” is written twice in one row") for key in twice)
        try:
            row = msgspec.convert(loader.construct_document(node), table.row)
        except (msgspec.ValidationError, yaml.YAMLError, ValueError, Malformed) as fault:
            # YAML lets a date through that no calendar has; Python refuses it with a ValueError.
            faults.append(Fault(where, _flat(fault)))
            continue
        key = table.key_of(row)
        if key in rows:
            faults.append(Fault(where, f"“{key}” stands already at {rows[key][0]}"))
        rows.setdefault(key, (where, row))
    return Sheet(tuple(rows.values()), tuple(faults))


def _written_twice(node: yaml.Node) -> Iterator[str]:
    """Keys that stand twice in one mapping, anywhere below `node`."""
    if isinstance(node, yaml.MappingNode):
        keys = [str(key.value) for key, _ in node.value]
        yield from sorted({key for key in keys if keys.count(key) > 1})
        for _, value in node.value:
            yield from _written_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _written_twice(value)


def _flat(fault: Exception) -> str:
    """What the library says, on one line."""
    return " ".join(str(fault).split())
