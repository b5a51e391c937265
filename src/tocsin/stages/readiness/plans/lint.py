"""What is wrong with a plan that can be read: the things that fail on the night when they are needed.

Pure but for the language in which a finding is said. The words are templates, so that each reader is told in
their own language.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from tocsin.kernel.errors import fill
from tocsin.kernel.ladders import ResponseLevel
from tocsin.packs.durations import Duration
from tocsin.packs.organisations import PostRow
from tocsin.packs.pack import Pack
from tocsin.packs.texts import texts
from tocsin.spine.people.enums import Power, Role
from tocsin.spine.people.rights import RIGHTS
from tocsin.stages.readiness.plans.blocks import parts
from tocsin.stages.readiness.plans.records import LISTS, MessageKind, PlanDocument

CHAPTERS = range(1, 9)
"""The eight chapters that plans of this kind have (docs/reference/plan-format.md)."""
IN_MESSAGES = ("hazard", "level", "areas", "issuer", "starts", "expires", "measures", "cautions")
"""What a draft for the public may name: the facts that communication fills in."""
IN_REASONS = ("hazard", "level", "count", "places")
"""What the reason of a trigger may name."""
_NAME = re.compile(r"\{(\w*)\}")
_NO_TIME = Duration.parse("PT0S")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where (`tasks/pumps`), on which line, what, how."""

    where: str
    line: int
    text: str
    mend: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """What is wrong, in the language of whoever reads."""
        return fill(gettext(self.text), dict(self.data))

    @property
    def cure(self) -> str:
        """How to mend it, in the language of whoever reads."""
        return fill(gettext(self.mend), dict(self.data))


def lint(document: PlanDocument, pack: Pack) -> list[Finding]:
    """Everything that must be mended before the plan may be submitted."""
    subject = _Subject(document, pack)
    return [finding for check in _CHECKS for finding in check(subject)]


@dataclass(frozen=True)
class _Subject:
    """A plan, and the pack against which it is read."""

    document: PlanDocument
    pack: Pack

    @cached_property
    def posts(self) -> Mapping[str, PostRow]:
        """The posts of the jurisdiction's template."""
        return {post.id: post for row in self.pack.organisations.values() for post in row.posts}

    def rows(self) -> Iterator[tuple[str, Any]]:
        """Every record of the plan with the place where it is written."""
        document = self.document
        singles = {"plan": document.head, "reports": document.reports, "review": document.review}
        yield from ((name, row) for name, row in singles.items() if row is not None)
        for table in LISTS:
            if table != "clocks":
                yield from ((f"{table}/{row.id}", row) for row in getattr(document, table))

    def found(self, where: str, text: str, mend: str, **data: Any) -> Finding:
        """A finding, with its line."""
        return Finding(where, self.document.lines.get(where, 1), text, mend, data)


def _chapters(subject: _Subject) -> Iterator[Finding]:
    prose = "\n".join(part.text for part in parts(subject.document.text) if not part.name)
    for number in CHAPTERS:
        if not re.search(rf"^## {number}\b", prose, re.MULTILINE):
            yield subject.found(
                f"## {number}",
                _("chapter {number} is missing"),
                _("Add a heading “## {number} …”."),
                number=number,
            )


def _twice(subject: _Subject) -> Iterator[Finding]:
    places = Counter(where for where, _row in subject.rows())
    places.update(f"clocks/{clock}" for clock in subject.document.clocks)
    for where, count in places.items():
        if count > 1:
            yield subject.found(where, _("stands {count} times"), _("Give each its own id."), count=count)


def _kinds(subject: _Subject) -> Iterator[Finding]:
    document, kinds = subject.document, subject.pack.kinds
    named = [("plan", kind) for kind in dict.fromkeys((*document.head.hazards, document.head.incident))]
    named += [(f"triggers/{row.id}", kind) for row in document.triggers for kind in row.hazards]
    for where, kind in named:
        if kind not in kinds:
            mend = _("Use an id of its kinds.yaml.")
            yield subject.found(where, _("the pack knows no kind “{kind}”"), mend, kind=kind)
        elif kinds[kind].restricted:
            mend = _("Take it out: named persons decide.")
            yield subject.found(where, _("nothing about “{kind}” may be started by itself"), mend, kind=kind)


def _triggers(subject: _Subject) -> Iterator[Finding]:
    stated = {row.id for row in subject.document.levels}
    if not subject.document.triggers:
        mend = _("Say from which warning or grade on a level is proposed.")
        yield subject.found("triggers", _("nothing starts this plan"), mend)
    for row in subject.document.triggers:
        where = f"triggers/{row.id}"
        if (row.warning is None) == (row.grade is None):
            yield subject.found(
                where, _("names not exactly one of warning and grade"), _("Name one of them.")
            )
        if row.level not in stated:
            mend = _("Describe that level, or choose another.")
            yield subject.found(
                where, _("proposes level {level}, which the plan lacks"), mend, level=row.level
            )
        if row.places < 1:
            yield subject.found(where, _("would fire without any place"), _("Let places be 1 or more."))
        if not set(row.hazards) <= set(subject.document.head.hazards):
            mend = _("Add the kind to the plan's hazards.")
            yield subject.found(where, _("is for a kind that the plan is not for"), mend)


def _levels(subject: _Subject) -> Iterator[Finding]:
    document = subject.document
    stated = {row.id.level for row in document.levels}
    for level in ResponseLevel:
        where = f"levels/{level.name}"
        if level not in stated:
            mend = _("Say who decides, what, how long, on what basis.")
            yield subject.found(where, _("level {level} is missing"), mend, level=level.name)
        if not any(task.since.level == level for task in document.tasks):
            mend = _("Give at least one task to somebody at this level.")
            yield subject.found(where, _("level {level} starts no task of its own"), mend, level=level.name)
    for row in document.levels:
        if not row.measures:
            mend = _("The law asks for the measures that are taken.")
            yield subject.found(f"levels/{row.id}", _("states no measure"), mend)


def _spans(subject: _Subject) -> Iterator[Finding]:
    for where, row in subject.rows():
        for name in ("within", "expected", "acknowledge"):
            if Duration.parse(getattr(row, name, "PT1S")) == _NO_TIME:
                mend = _("Write how long there is, as PT30M or P10D.")
                yield subject.found(where, _("{name} leaves no time"), mend, name=name)
    reports = subject.document.reports
    if reports is not None and {*reports.follow_up} != {row.id for row in subject.document.levels}:
        mend = _("Name one interval for each level of the plan.")
        yield subject.found("reports", _("does not say for each level how often to report"), mend)


def _posts(subject: _Subject) -> Iterator[Finding]:
    for where, code, power in _named_posts(subject.document):
        post = subject.posts.get(code)
        if not code:
            yield subject.found(where, _("belongs to nobody"), _("Name the post that does it."))
        elif post is None:
            mend = _("Use a post of the pack's organisations.yaml.")
            yield subject.found(where, _("there is no post “{post}”"), mend, post=code)
        elif power is not None and post.role not in RIGHTS[power]:
            mend = _("Name a post with one of these roles: {roles}.")
            roles = ", ".join(sorted(RIGHTS[power] & set(Role)))
            yield subject.found(where, _("“{post}” may not do this"), mend, post=code, roles=roles)


def _named_posts(document: PlanDocument) -> Iterator[tuple[str, str, Power | None]]:
    """Each post that the plan counts on, and what it must be allowed to do."""
    yield from ((f"levels/{row.id}", row.by, Power.RESPONSE_ACTIVATE) for row in document.levels)
    yield from ((f"posts/{row.id}", row.id, None) for row in document.posts)
    yield from (
        (f"groups/{row.id}", code, None) for row in document.groups for code in (row.lead, *row.members)
    )
    yield from ((f"tasks/{row.id}", row.owner, Power.TASK_WORK) for row in document.tasks)
    yield from (
        (f"orders/{row.id}", code, Power.ORDER_ACKNOWLEDGE) for row in document.orders for code in row.to
    )
    yield from ((f"resources/{row.id}", row.owner, None) for row in document.resources if row.owner)
    yield from ((f"messages/{row.id}", row.by, Power.ALERT_DRAFT) for row in document.messages)


def _silence(subject: _Subject) -> Iterator[Finding]:
    """An order that nobody acknowledges climbs to the post above; where there is none, it is lost."""
    for order in subject.document.orders:
        where = f"orders/{order.id}"
        if not order.to:
            mend = _("Name the posts that must acknowledge it.")
            yield subject.found(where, _("goes to nobody"), mend)
        for code in order.to:
            post = subject.posts.get(code)
            if post is not None and not post.above and post.role != Role.COMMANDER:
                mend = _("Set “above” for it in organisations.yaml.")
                yield subject.found(
                    where, _("nobody stands above “{post}”, so its silence climbs nowhere"), mend, post=code
                )


def _clocks(subject: _Subject) -> Iterator[Finding]:
    for clock in subject.document.clocks:
        if clock not in subject.pack.clocks:
            mend = _("Use an id of its clocks.yaml.")
            yield subject.found(f"clocks/{clock}", _("the pack has no clock “{clock}”"), mend, clock=clock)
    if subject.document.reports is None:
        yield subject.found("reports", _("is missing"), _("Say to whom reports go and how often."))
    if subject.document.review is None:
        yield subject.found("review", _("is missing"), _("Say by when the review is due."))


def _texts(subject: _Subject) -> Iterator[Finding]:
    for where, row in subject.rows():
        for path, text in _told(row):
            if missing := [code for code in subject.pack.languages if not text.get(code, "").strip()]:
                told = ", ".join(missing)
                mend = _("Add the text in that language.")
                yield subject.found(where, _("{path} is not told in {told}"), mend, path=path, told=told)


def _told(row: Any) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield from texts(row)
    yield from ((f"measures[{at}]", text) for at, text in enumerate(getattr(row, "measures", ()), 1))


def _sources(subject: _Subject) -> Iterator[Finding]:
    for where, row in subject.rows():
        for name in ("source", "basis"):
            if (
                name in row.__struct_fields__
                and not getattr(row, name).strip()
                and not where.startswith("tasks")
            ):
                mend = _("Name the law, the plan above, or say that it is this plan's own choice.")
                yield subject.found(where, _("has no source"), mend)


def _messages(subject: _Subject) -> Iterator[Finding]:
    for row in subject.document.messages:
        said = (row.headline, row.description, row.instruction)
        yield from _braces(subject, f"messages/{row.id}", said, IN_MESSAGES)
    for trigger in subject.document.triggers:
        yield from _braces(subject, f"triggers/{trigger.id}", (trigger.reason,), IN_REASONS)
    for kind in MessageKind:
        for level in subject.document.levels:
            if subject.document.message(kind, level.id.level) is None:
                mend = _("Write a draft, so that nobody has to at night.")
                yield subject.found(
                    "messages", _("there is no {kind} at level {level}"), mend, kind=kind, level=level.id
                )


def _braces(
    subject: _Subject, where: str, said: Iterable[Mapping[str, str]], known: tuple[str, ...]
) -> Iterator[Finding]:
    """A name that no fact has must never reach the public."""
    words = [text for texts_ in said for text in texts_.values()]
    names = {name for text in words for name in _NAME.findall(text)}
    names |= {"{}" for text in words if set("{}") & set(_NAME.sub("", text))}
    for name in sorted(names - set(known)):
        mend = _("Use: {known}.")
        yield subject.found(
            where, _("“{name}” in braces stands for nothing"), mend, name=name, known=", ".join(known)
        )


_CHECKS: tuple[Callable[[_Subject], Iterator[Finding]], ...] = (
    _chapters,
    _twice,
    _kinds,
    _triggers,
    _levels,
    _spans,
    _posts,
    _silence,
    _clocks,
    _texts,
    _sources,
    _messages,
)
