"""What changed between two versions of a plan: the things the machine runs, and the words."""

import difflib
from dataclasses import dataclass

import msgspec

from tocsin.stages.readiness.plans.document import LISTS, PlanDocument


@dataclass(frozen=True)
class Difference:
    """Ids of rows by `table/id` that came, went or changed; and a unified diff of the whole text."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    lines: tuple[str, ...]


def difference(old: PlanDocument, new: PlanDocument) -> Difference:
    """What `new` does differently from `old`."""
    before, now = _rows(old), _rows(new)
    both = [key for key in now if key in before]
    return Difference(
        added=tuple(key for key in now if key not in before),
        removed=tuple(key for key in before if key not in now),
        changed=tuple(key for key in both if before[key] != now[key]),
        lines=tuple(difflib.unified_diff(old.text.split("\n"), new.text.split("\n"), lineterm="", n=2)),
    )


def _rows(document: PlanDocument) -> dict[str, bytes]:
    rows = {}
    for table in LISTS:
        for row in getattr(document, table):
            key = row if isinstance(row, str) else str(row.id)
            rows[f"{table}/{key}"] = msgspec.json.encode(row)
    return rows
