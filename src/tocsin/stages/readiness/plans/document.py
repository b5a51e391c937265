"""Reads a plan out of its text. Pure, but for the language in which a fault is said.

Every fault is gathered with its line, so that whoever writes a plan sees the whole list; and nothing but
`Malformed` is ever raised, whatever the text: plans are also typed into a web page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import yaml
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tocsin.kernel.errors import Malformed, fill
from tocsin.packs import sheets
from tocsin.packs.sheets import Loader
from tocsin.packs.tables import Table
from tocsin.stages.readiness.plans.blocks import LOOKS_LIKE_A_BLOCK, Part, parts, unplain
from tocsin.stages.readiness.plans.records import (
    LISTS,
    SINGLES,
    Level,
    LevelName,
    Message,
    MessageKind,
    PlanDocument,
    Reports,
    Review,
    Trigger,
)

__all__ = [
    "LISTS",
    "Fault",
    "Level",
    "LevelName",
    "Message",
    "MessageKind",
    "PlanDocument",
    "Reports",
    "Review",
    "Trigger",
    "parse",
]

BLOCKS = (*SINGLES, *LISTS)

LONGEST = 500_000
"""Characters. The longest plan that we have seen has a tenth of them."""

_UNSTORABLE = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ud800-\\udfff]")
"""What is no text: control characters, and halves of characters, which no database keeps."""

FORMAT = _("See docs/reference/plan-format.md.")


@dataclass(frozen=True)
class Fault:
    """Something that can't be read: on which line (from 1), what is wrong, how to mend it."""

    line: int
    what: str
    cure: str


def _fault(line: int, text: str, cure: str, **data: Any) -> Fault:
    """A fault in the language of whoever reads."""
    return Fault(max(line, 1), fill(gettext(text), data), fill(gettext(cure), data))


def parse(text: str) -> PlanDocument:
    """The plan in `text`. Raises `Malformed` with every fault in it: line, what is wrong, how to mend it;
    nothing else, whatever the text.
    """
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise _unreadable(
            [_fault(1, _("the plan is longer than {most} characters"), _("Shorten it."), most=LONGEST)]
        )
    if strange := _UNSTORABLE.search(text):
        line = text.count("\n", 0, strange.start()) + 1
        words = _("there is a character that is no text")
        raise _unreadable([_fault(line, words, _("Type this line anew."))])
    reading = _Reading()
    for part in parts(text):
        reading.take(part)
    if "plan" not in reading.blocks and not reading.faults:
        cure = _("Begin with a block that gives code, title, hazards.")
        reading.faults.append(_fault(1, _("there is no block “plan”"), cure))
    if reading.faults:
        raise _unreadable(sorted(reading.faults, key=lambda fault: fault.line))
    return PlanDocument(text=text, lines=reading.lines, **_named(reading.blocks))


def _named(blocks: dict[str, list[Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {name: tuple(rows) for name, rows in blocks.items() if name in LISTS}
    told |= {name: rows[0] for name, rows in blocks.items() if name in SINGLES}
    return {("head" if name == "plan" else name): rows for name, rows in told.items()}


class _Reading:
    """What was read so far, and what could not be."""

    def __init__(self) -> None:
        self.blocks: dict[str, list[Any]] = {}
        self.lines: dict[str, int] = {}
        self.faults: list[Fault] = []

    def take(self, part: Part) -> None:
        """Reads one part. Prose is for people, but a block that only looks like prose is a fault."""
        if not part.name:
            self._misspelt(part)
        elif part.name not in BLOCKS:
            text, cure = _("there is no block “{block}”"), _("Use one of: {known}.")
            self._wrong(part.line - 1, text, cure, block=part.name, known=", ".join(BLOCKS))
        elif not part.closed:
            text, cure = _("the block “{block}” is not closed"), _("Close it with ``` on its own line.")
            self._wrong(part.line - 1, text, cure, block=part.name)
        elif part.name in SINGLES and part.name in self.blocks:
            text, cure = _("the block “{block}” stands twice"), _("Keep one of them.")
            self._wrong(part.line - 1, text, cure, block=part.name)
        else:
            self._read(part)

    def _misspelt(self, part: Part) -> None:
        text = _("this looks like a block, and would be read by people only")
        cure = _("Write ```tocsin and the block's name at the very beginning of the line.")
        for number, line in enumerate(part.text.split("\n"), part.line):
            if LOOKS_LIKE_A_BLOCK.match(line):
                self._wrong(number, text, cure)

    def _read(self, part: Part) -> None:
        kept = self.blocks.setdefault(part.name, [])
        if fault := unplain(part):
            self._wrong(*fault)
            return
        for line, key, row in self._rows(part):
            kept.append(row)
            self.lines.setdefault(f"{part.name}/{key}" if key else part.name, line)

    def _rows(self, part: Part) -> Iterator[tuple[int, str, Any]]:
        # The lines above the block are left empty, so that YAML counts as the reader of the plan does.
        block = "\n" * (part.line - 1) + part.text
        if part.name == "clocks":
            yield from self._codes(part, block)
            return
        one = part.name in SINGLES
        table = Table(part.name, SINGLES[part.name] if one else LISTS[part.name])
        sheet = sheets.parse(_Single(part.name, table.row) if one else table, block, "", one=one)
        for fault in sheet.faults:
            line = int(fault.where.rpartition(":")[2] or part.line)
            self._wrong(line, "{fault}", FORMAT, fault=fault.what)
        if not sheet.rows and not sheet.faults:
            text, cure = _("the block “{block}” is empty"), _("Fill it, or take it out.")
            self._wrong(part.line, text, cure, block=part.name)
        for where, row in sheet.rows:
            yield int(where.rpartition(":")[2]), "" if one else str(row.id), row

    def _codes(self, part: Part, block: str) -> Iterator[tuple[int, str, str]]:
        try:
            codes = msgspec.convert(yaml.load(block, Loader), list[str])  # noqa: S506 (a safe loader)
        except (yaml.YAMLError, ValueError, msgspec.ValidationError):
            self._wrong(part.line, _("the block “clocks” is no list of ids"), _("Write one “- ID” a line."))
            return
        yield from ((part.line + number, code, code) for number, code in enumerate(codes))

    def _wrong(self, line: int, text: str, cure: str, **data: Any) -> None:
        self.faults.append(_fault(line, text, cure, **data))


class _Single(Table[Any]):
    """A block that is one row and has no key."""

    def key_of(self, row: Any) -> str:
        return self.name


def _unreadable(faults: Sequence[Fault]) -> Malformed:
    first = faults[0]
    return Malformed(
        "plan.unreadable",
        "Line {line}: {what}.",
        cure="{how}",
        line=first.line,
        what=first.what,
        how=first.cure,
        where=first.line,
        faults=[{"line": fault.line, "what": fault.what, "cure": fault.cure} for fault in faults],
    )
