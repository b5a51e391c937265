"""What is wrong with a plan that can be read: the things that fail on the night when they are needed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.kernel.ladders import ResponseLevel
from tocsin.packs.pack import Pack
from tocsin.packs.rows import Text
from tocsin.stages.readiness.plans.blocks import parts
from tocsin.stages.readiness.plans.document import MessageKind, PlanDocument

CHAPTERS = range(1, 9)
"""The eight chapters that plans of this kind have (docs/reference/plan-format.md)."""
PLACEHOLDERS = frozenset(
    {"hazard", "level", "areas", "issuer", "starts", "expires", "measures", "cautions", "count", "places"}
)
_PLACEHOLDER = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where, what, how."""

    where: str
    what: str
    cure: str


def lint(document: PlanDocument, pack: Pack) -> list[Finding]:
    """Everything that must be mended before the plan may be submitted."""
    checks = (_chapters, _twice, _hazards, _posts, _levels, _clocks, _texts, _messages)
    return [finding for check in checks for finding in check(document, pack)]


def _chapters(document: PlanDocument, pack: Pack) -> Iterator[Finding]:
    prose = "\n".join(part.text for part in parts(document.text) if not part.name)
    for number in CHAPTERS:
        if not re.search(rf"^## {number}\b", prose, re.MULTILINE):
            yield Finding(f"chapter {number}", "is missing", f"Add a heading “## {number} …”.")


def _twice(document: PlanDocument, pack: Pack) -> Iterator[Finding]:
    for name in ("triggers", "levels", "posts", "groups", "tasks", "orders", "resources", "messages"):
        ids = Counter(str(row.id) for row in getattr(document, name))
        for key, count in ids.items():
            if count > 1:
                yield Finding(f"{name}/{key}", f"stands {count} times", "Give each its own id.")


def _hazards(document: PlanDocument, pack: Pack) -> Iterator[Finding]:
    named = {("plan", hazard) for hazard in (*document.head.hazards, document.head.incident)}
    named |= {(f"triggers/{row.id}", hazard) for row in document.triggers for hazard in row.hazards}
    for where, hazard in sorted(named):
        if hazard not in pack.kinds:
            yield Finding(where, f"the pack knows no kind “{hazard}”", "Use an id of its kinds.yaml.")
    for row in document.triggers:
        if (row.warning is None) == (row.grade is None):
            yield Finding(f"triggers/{row.id}", "names not exactly one of warning and grade", "Name one.")


def _posts(document: PlanDocument, pack: Pack) -> Iterator[Finding]:
    known = {post.id for row in pack.organisations.values() for post in row.posts}
    for where, code in _named_posts(document):
        if code not in known:
            yield Finding(where, f"there is no post “{code}”", "Use a post of the pack's organisations.yaml.")


def _named_posts(document: PlanDocument) -> Iterator[tuple[str, str]]:
    yield from ((f"levels/{row.id}", row.by) for row in document.levels)
    yield from ((f"posts/{row.id}", row.id) for row in document.posts)
    yield from ((f"groups/{row.id}", code) for row in document.groups for code in (row.lead, *row.members))
    yield from ((f"tasks/{row.id}", row.owner) for row in document.tasks)
    yield from ((f"orders/{row.id}", code) for row in document.orders for code in row.to)
    yield from ((f"resources/{row.id}", row.owner) for row in document.resources if row.owner)
    yield from ((f"messages/{row.id}", row.by) for row in document.messages)


def _levels(document: PlanDocument, pack: Pack) -> Iterator[Finding]:
    stated = {row.id.level for row in document.levels}
    for level in ResponseLevel:
        if level not in stated:
            yield Finding(
                f"levels/{level.name}", "is missing", "Say who decides, what, how long, on what basis."
            )
        if not any(task.runs_at(level) for task in document.tasks):
            yield Finding(f"levels/{level.name}", "starts no task", "Give at least one task to somebody.")
    for row in document.levels:
        if not row.measures:
            yield Finding(f"levels/{row.id}", "states no measure", "The law asks for the measures taken.")
    for order in document.orders:
        if not order.to:
            yield Finding(f"orders/{order.id}", "goes to nobody", "Name the posts that must acknowledge it.")


def _clocks(document: PlanDocument, pack: Pack) -> Iterator[Finding]:
    for clock in document.clocks:
        if clock not in pack.clocks:
            yield Finding("clocks", f"the pack has no clock “{clock}”", "Use an id of its clocks.yaml.")
    if document.reports is None:
        yield Finding("reports", "is missing", "Say to whom reports go and how often.")
    if document.review is None:
        yield Finding("review", "is missing", "Say by when the review is due.")


def _texts(document: PlanDocument, pack: Pack) -> Iterator[Finding]:
    for where, text in _all_texts(document):
        missing = [language for language in pack.languages if not text.get(language)]
        if missing:
            yield Finding(where, f"is not told in {', '.join(missing)}", "Add the text in that language.")


def _all_texts(document: PlanDocument) -> Iterator[tuple[str, Text]]:
    yield "plan", document.head.title
    yield from ((f"triggers/{row.id}", row.reason) for row in document.triggers)
    yield from ((f"tasks/{row.id}", row.title) for row in document.tasks)
    yield from ((f"orders/{row.id}", row.text) for row in document.orders)


def _messages(document: PlanDocument, pack: Pack) -> Iterator[Finding]:
    for row in document.messages:
        for text in (row.headline, row.description, row.instruction):
            names = {name for words in text.values() for name in _PLACEHOLDER.findall(words)}
            for name in sorted(names - PLACEHOLDERS):
                yield Finding(
                    f"messages/{row.id}",
                    f"“{{{name}}}” stands for nothing",
                    f"Use: {', '.join(sorted(PLACEHOLDERS))}.",
                )
    for kind in MessageKind:
        if document.message(kind, ResponseLevel.I) is None:
            yield Finding("messages", f"there is no {kind}", "Write a draft, so that nobody has to at night.")
