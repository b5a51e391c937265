"""A plan read: frozen records of everything that the machine runs, and the prose beside it.

The format is described in docs/reference/plan-format.md. Levels are told by name, from the mildest:
IV < III < II < I. What has `from: III` starts at level III and stays started at II and I.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
import yaml

from tocsin.kernel.errors import Malformed
from tocsin.kernel.ladders import ResponseLevel
from tocsin.packs.durations import Duration
from tocsin.packs.rows import Text, Verified
from tocsin.packs.sheets import Loader
from tocsin.packs.steps import GradeName, WarningName
from tocsin.stages.readiness.plans.blocks import Part, parts

T = TypeVar("T")


class LevelName(StrEnum):
    """The steps of the response ladder, as a plan writes them."""

    IV = "IV"
    III = "III"
    II = "II"
    I = "I"  # noqa: E741 (the law's own numeral)

    @property
    def level(self) -> ResponseLevel:
        """The step itself."""
        return ResponseLevel[self.name]


class Piece(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every record of a plan is."""


class Head(Piece, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the plan is about."""

    code: str
    title: Text
    hazards: tuple[str, ...]
    incident: str
    language: str
    review_years: int = 3
    source: str = ""


class Trigger(Piece, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When to propose which level: a warning level in force at `places` leaves or more, or a grade."""

    id: str
    hazards: tuple[str, ...]
    level: LevelName
    reason: Text
    source: str
    verified: Verified
    warning: WarningName | None = None
    grade: GradeName | None = None
    places: int = 1


class Level(Piece, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One response level: who decides, and the things that starting it must state."""

    id: LevelName
    by: str
    matter: Text
    expected: str
    measures: tuple[Text, ...]
    basis: str


class PostDuty(Piece, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a post does under this plan."""

    id: str
    duty: Text


class Group(Piece, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A group of posts with a lead."""

    id: str
    name: Text
    lead: str
    members: tuple[str, ...] = ()


class Started(Piece, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    """What starts at a level and stays started at all graver ones."""

    id: str
    since: LevelName

    def runs_at(self, level: ResponseLevel) -> bool:
        """Whether it is started at `level`."""
        return level >= self.since.level


class Task(Started, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    """Something a post does within a time from the start."""

    title: Text
    owner: str
    within: str
    basis: str = ""


class Order(Started, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    """Something posts are told, and acknowledge within a time."""

    text: Text
    to: tuple[str, ...]
    acknowledge: str


class Resource(Started, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    """Something that is needed."""

    what: Text
    quantity: Decimal
    unit: Text
    owner: str = ""


class MessageKind(StrEnum):
    """What the public gets."""

    ALERT = "alert"
    BULLETIN = "bulletin"


class Message(Started, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"since": "from"}):
    """A draft for the public. The gravest one that a level starts is the one that is used."""

    kind: MessageKind
    by: str
    headline: Text
    description: Text
    instruction: Text


class Reports(Piece, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """To whom reports go, and how often follow-ups are due at each level."""

    to: Text
    follow_up: dict[LevelName, str]
    source: str = ""


class Review(Piece, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """By when the review should be closed."""

    within: str
    source: str = ""


class PlanDocument(Piece, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A whole plan. `text` is the text it was read from, kept whole."""

    text: str
    head: Head
    triggers: tuple[Trigger, ...] = ()
    levels: tuple[Level, ...] = ()
    posts: tuple[PostDuty, ...] = ()
    groups: tuple[Group, ...] = ()
    tasks: tuple[Task, ...] = ()
    orders: tuple[Order, ...] = ()
    resources: tuple[Resource, ...] = ()
    messages: tuple[Message, ...] = ()
    clocks: tuple[str, ...] = ()
    reports: Reports | None = None
    review: Review | None = None

    def level(self, level: ResponseLevel) -> Level:
        """What the plan says of a level. Raises `Malformed` where it says nothing."""
        for row in self.levels:
            if row.id.level == level:
                return row
        raise Malformed(
            "plan.level_missing",
            "The plan “{plan}” says nothing of level {level}.",
            cure="Choose a level that it has, or complete the plan.",
            plan=self.head.code,
            level=level.name,
        )

    def message(self, kind: MessageKind, level: ResponseLevel) -> Message | None:
        """The draft of this kind that a level uses: the one for the gravest level it reaches."""
        fitting = [row for row in self.messages if row.kind is kind and row.runs_at(level)]
        return max(fitting, key=lambda row: row.since.level, default=None)


LISTS: dict[str, Any] = {
    "triggers": Trigger,
    "levels": Level,
    "posts": PostDuty,
    "groups": Group,
    "tasks": Task,
    "orders": Order,
    "resources": Resource,
    "messages": Message,
    "clocks": str,
}
SINGLES: dict[str, Any] = {"plan": Head, "reports": Reports, "review": Review}


@lru_cache(maxsize=64)
def parse(text: str) -> PlanDocument:
    """The plan in `text`. Raises `Malformed` with the line, what is wrong there and how to mend it."""
    text = text.replace("\r\n", "\n")
    found: dict[str, Any] = {}
    for part in parts(text):
        if part.name:
            _take(part, found)
    if "plan" not in found:
        raise _wrong(1, "there is no block “plan”", "Begin with a block that gives code, title, hazards.")
    return PlanDocument(text=text, head=found.pop("plan"), **{k: _frozen(v) for k, v in found.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _take(part: Part, found: dict[str, Any]) -> None:
    if not part.closed:
        raise _wrong(
            part.line - 1, f"the block “{part.name}” is not closed", "Close it with ``` on its own line."
        )
    if part.name in LISTS:
        found.setdefault(part.name, []).extend(_rows(part, LISTS[part.name]))
    elif part.name in SINGLES:
        if part.name in found:
            raise _wrong(part.line - 1, f"the block “{part.name}” stands twice", "Keep one of them.")
        found[part.name] = _convert(_loaded(part), SINGLES[part.name], part.line)
    else:
        known = ", ".join([*SINGLES, *LISTS])
        raise _wrong(part.line - 1, f"there is no block “{part.name}”", f"Use one of: {known}.")


def _rows(part: Part, kind: type[T]) -> list[T]:
    loaded = _loaded(part)
    if not isinstance(loaded, list):
        raise _wrong(part.line, f"the block “{part.name}” is no list", "Begin each row with a hyphen.")
    lines = _row_lines(part)
    return [_convert(row, kind, line) for row, line in zip(loaded, lines, strict=True)]


def _row_lines(part: Part) -> Sequence[int]:
    node = yaml.compose(part.text, Loader)
    return [part.line + item.start_mark.line for item in node.value]


def _loaded(part: Part) -> Any:
    try:
        return yaml.load(part.text, Loader)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = part.line + (mark.line if mark else 0)
        problem = getattr(fault, "problem", None) or "this is not YAML"
        raise _wrong(
            line, str(problem), "Mind the indentation, and quote texts that hold a colon."
        ) from fault
    except (ValueError, RecursionError) as fault:  # dates that are none; nesting beyond all reason
        raise _wrong(part.line, str(fault) or "nested too deeply", "Write it more plainly.") from fault


def _convert(value: Any, kind: type[T], line: int) -> T:
    try:
        row = msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as fault:
        raise _wrong(line, str(fault), "See docs/reference/plan-format.md.") from fault
    _check_durations(row, line)
    return row


_SPANS = ("within", "expected", "acknowledge")


def _check_durations(row: object, line: int) -> None:
    spans = [getattr(row, name) for name in _SPANS if hasattr(row, name)]
    spans += list(row.follow_up.values()) if isinstance(row, Reports) else []
    for span in spans:
        try:
            Duration.parse(span)
        except Malformed as fault:
            raise _wrong(line, str(fault), "Write durations as PT30M, PT2H, P1D.") from fault


def _wrong(line: int, what: str, cure: str) -> Malformed:
    return Malformed(
        "plan.unreadable", "Line {line}: {what}.", cure="{how}", line=line, what=what, how=cure, where=line
    )
