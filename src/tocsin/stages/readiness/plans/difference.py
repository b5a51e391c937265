"""What changed between two versions of a plan: the things the machine runs, and the words."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from tocsin.stages.readiness.plans.document import LISTS, PlanDocument


@dataclass(frozen=True)
class Field:
    """One field of a row as it was and as it is; None where the row did not have it."""

    row: str
    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Difference:
    """Rows by `table/id` that came, went or changed, a block that stands alone by its name; what changed in
    each changed row; and a unified diff of the whole text.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    fields: tuple[Field, ...]
    lines: tuple[str, ...]


def difference(old: PlanDocument, new: PlanDocument) -> Difference:
    """What `new` does differently from `old`."""
    before, now = _rows(old), _rows(new)
    both = [key for key in now if key in before]
    return Difference(
        added=tuple(key for key in now if key not in before),
        removed=tuple(key for key in before if key not in now),
        changed=tuple(key for key in both if before[key] != now[key]),
        fields=tuple(field for key in both for field in _fields(key, before[key], now[key])),
        lines=tuple(difflib.unified_diff(old.text.split("\n"), new.text.split("\n"), lineterm="", n=2)),
    )


def _fields(row: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Field]:
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            yield Field(row, name, before.get(name), after.get(name))


def _rows(document: PlanDocument) -> dict[str, dict[str, Any]]:
    """Every row as plain data. Of two rows with one id (which the linter refuses) the last counts."""
    rows = {"plan": msgspec.to_builtins(document.head)}
    for name in ("reports", "review"):
        if (block := getattr(document, name)) is not None:
            rows[name] = msgspec.to_builtins(block)
    for table in LISTS:
        for row in getattr(document, table):
            plain = {"id": row} if isinstance(row, str) else msgspec.to_builtins(row)
            rows[f"{table}/{plain['id']}"] = plain
    return rows
