"""What is wrong with a pack, all of it at once, each finding with its place and its cure.

`inspect` begins with the files (what can't be read at all) and goes on to `check`, which looks at what
only shows between rows: references that lead nowhere, gaps and overlaps between bands, names missing
in a language, sources left empty.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from tocsin.kernel.errors import Malformed
from tocsin.packs import bands
from tocsin.packs.clocks import WORDS
from tocsin.packs.durations import Duration
from tocsin.packs.findings import Finding
from tocsin.packs.kinds import lineage
from tocsin.packs.pack import Pack
from tocsin.packs.publishing import Mode
from tocsin.packs.reader import BUILT_IN, TABLES, read
from tocsin.packs.rows import Rule
from tocsin.packs.tables import Rows
from tocsin.packs.texts import texts

CAP_CATEGORIES = (
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "CBRNE",
    "Other",
)
"""CAP 1.2 §3.2.2 `category`: any other word would make every alert of that kind invalid."""


def inspect(name: str, folders: tuple[Path, ...] = (BUILT_IN,)) -> list[Finding]:
    """Everything that is wrong with the pack `name`. Raises `NotFound` where there is none."""
    reading = read(name, folders)
    unreadable = [
        Finding(fault.where, fault.what, "Mend it: docs/reference/packs.md has the format.")
        for fault in reading.faults
    ]
    return unreadable + check(reading.pack)


def check(pack: Pack) -> list[Finding]:
    """What is wrong between the rows of a pack that could be read."""
    return [
        *_head(pack),
        *_rows(pack),
        *_kinds(pack),
        *_clocks(pack),
        *_numbers(pack),
        *_signals(pack),
        *_publishing(pack),
        *_organisations(pack),
        *_plans(pack),
    ]


def _head(pack: Pack) -> Iterator[Finding]:
    where = f"{pack.id}/pack.yaml"
    if not pack.languages:
        yield Finding(where, "names no language", "Add languages: [en], its own one first.")
    for word in WORDS:
        try:
            Duration.parse(pack.patience.get(word, ""))
        except Malformed:
            yield Finding(
                where,
                f"does not say after how long a duty “{word}” is late",
                f"Add patience: {{{word}: PT30M}}.",
            )
    for ladder in ("incident", "warning", "response"):
        if ladder not in pack.ladders:
            yield Finding(
                f"{pack.id}/ladders.yaml",
                f"the {ladder} ladder has no names",
                f"Add a row with id: {ladder} that names each step.",
            )


def _rows(pack: Pack) -> Iterator[Finding]:
    """What every row must have: its texts in all languages, and a source where it is a rule."""
    for table in TABLES:
        rows: Rows[msgspec.Struct] = getattr(pack, table.name)
        for key, row in rows.items():
            if isinstance(row, Rule) and not row.source.strip():
                yield Finding(rows.where(key), "has no source", "Name the text and the article it stands in.")
            yield from _texts(pack, row, rows.where(key))


def _texts(pack: Pack, row: msgspec.Struct, where: str) -> Iterator[Finding]:
    for path, text in texts(row):
        if absent := [code for code in pack.languages if not text.get(code, "").strip()]:
            yield Finding(
                where,
                f"{path} is missing in: {', '.join(absent)}",
                "Write it in every language that pack.yaml names.",
            )


def _kinds(pack: Pack) -> Iterator[Finding]:
    for kind in pack.kinds.values():
        where = pack.kinds.where(kind.id)
        yield from _unknown(where, "parent", (kind.parent,), pack.kinds)
        last = [*lineage(pack.kinds, kind.id)][-1]
        if last in pack.kinds and pack.kinds[last].parent in pack.kinds:
            yield Finding(where, "is its own ancestor", "Let one of its parents be a class.")
        if kind.cap not in CAP_CATEGORIES:
            yield Finding(
                where,
                f"“{kind.cap}” is no category of CAP 1.2",
                f"Use one of: {', '.join(CAP_CATEGORIES)}.",
            )
    for rows in (pack.gradings, pack.responses, pack.clocks, pack.publishing, pack.disclosure):
        for key, row in rows.items():
            yield from _unknown(rows.where(key), "kind", row.kinds, pack.kinds)
    for signal in pack.warnings.values():
        yield from _unknown(pack.warnings.where(signal.id), "kind", (signal.kind,), pack.kinds)


def _unknown(where: str, what: str, named: Iterable[str], known: Mapping[str, object]) -> Iterator[Finding]:
    for name in named:
        if name and name not in known:
            yield Finding(where, f"its {what} “{name}” is not in this pack", "Mend the name or add it.")


def _clocks(pack: Pack) -> Iterator[Finding]:
    for rule in pack.clocks.values():
        if rule.until and not rule.repeats:
            yield Finding(
                pack.clocks.where(rule.id),
                "says until when it repeats, but not how often",
                "Add repeats: P1D, or take until away.",
            )


def _numbers(pack: Pack) -> Iterator[Finding]:
    for grading in pack.gradings.values():
        yield from bands.check(grading, pack.facts, pack.gradings.where(grading.id))
    for trigger in pack.responses.values():
        yield from bands.check(trigger, pack.facts, pack.responses.where(trigger.id))


def _signals(pack: Pack) -> Iterator[Finding]:
    for signal in pack.warnings.values():
        if not signal.levels and not signal.plain:
            yield Finding(
                pack.warnings.where(signal.id),
                "has neither levels nor a plain meaning",
                "Add levels, or plain where it is issued without a level.",
            )


def _publishing(pack: Pack) -> Iterator[Finding]:
    for rule in pack.publishing.values():
        if rule.mode is not Mode.WITHHOLD and not rule.fields:
            yield Finding(
                pack.publishing.where(rule.id),
                "does not say what the published text must state",
                "Add fields: [issuer, issued, text].",
            )


def _organisations(pack: Pack) -> Iterator[Finding]:
    rows = pack.organisations
    posts = {post.id: post for row in rows.values() for post in row.posts}
    for row in rows.values():
        yield from _unknown(rows.where(row.id), "parent", (row.parent,), rows)
        above = [post.above for post in row.posts]
        yield from _unknown(rows.where(row.id), "post above", above, posts)
        areas = [row.area, *(post.area for post in row.posts)]
        yield from _unknown(rows.where(row.id), "area", areas, pack.places)


def _plans(pack: Pack) -> Iterator[Finding]:
    for file in pack.plans:
        try:
            empty = not file.read_text(encoding="utf-8").strip()
        except UnicodeDecodeError:
            empty = True
        if empty:
            yield Finding(f"plans/{file.name}", "can't be read as text", "Write it in UTF-8 Markdown.")
