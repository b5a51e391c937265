"""What a plan is made of: frozen records of everything that the machine runs.

The format is described in docs/reference/plan-format.md. Levels are told by name, from the mildest:
IV < III < II < I. What has `from: III` starts at level III and stays started at II and I.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from tocsin.kernel.errors import Malformed
from tocsin.kernel.ladders import ResponseLevel
from tocsin.packs.durations import Duration
from tocsin.packs.rows import Text, Verified
from tocsin.packs.steps import GradeName, WarningName


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


_SPANS = ("within", "expected", "acknowledge")


class Piece(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every record of a plan is. Its spans of time are ISO 8601, whatever else is wrong with it."""

    def __post_init__(self) -> None:
        for name in _SPANS:
            if hasattr(self, name):
                Duration.parse(getattr(self, name))


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

    def __post_init__(self) -> None:
        if not self.quantity.is_finite() or self.quantity <= 0:
            raise ValueError("the quantity is a number above 0")


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

    def __post_init__(self) -> None:
        for span in self.follow_up.values():
            Duration.parse(span)


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
    lines: dict[str, int] = {}
    """The line (from 1) on which a row (`tasks/pumps`) or a block (`review`) is written."""

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
