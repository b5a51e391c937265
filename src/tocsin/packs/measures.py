"""How facts lead to a step of a ladder, as the law writes it.

Two shapes are enough for every text we have read. A *scale* is one column of a grading table: a count
whose bands give the steps. A *limb* is one sentence: when all its conditions hold, it gives its step.
Where a text says “N and above”, N is `from` and included; “below N” is `below` and excluded.
"""

from decimal import Decimal
from enum import IntEnum
from typing import ClassVar

import msgspec

from tocsin.packs.rows import Rule, Text, Verified


class Band(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From a number (included) to below another (excluded; none at the top of a scale)."""

    start: Decimal = msgspec.field(name="from")
    below: Decimal | None = None
    verified: Verified | None = None
    """Where this number is better or worse checked than its scale."""


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One column of a table: the sum of the facts it `counts`, cut into bands by step."""

    id: str
    counts: tuple[str, ...]
    bands: dict[str, Band]
    source: str = ""
    """Where it differs from its table's."""
    verified: Verified | None = None
    note: Text = {}

    def __post_init__(self) -> None:
        if not self.counts or not self.bands:
            raise ValueError("a scale must count at least one fact and have at least one band")


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The sum of the facts it `counts` is at least `from`; a truth holds when it is 1."""

    counts: tuple[str, ...]
    start: Decimal = msgspec.field(name="from", default=Decimal(1))

    def __post_init__(self) -> None:
        if not self.counts:
            raise ValueError("a condition must count at least one fact")


class Limb(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One sentence of the law: when all of `when` holds, `step` is reached."""

    id: str
    step: str
    when: tuple[Condition, ...]
    text: Text = {}
    source: str = ""
    verified: Verified | None = None
    note: Text = {}

    def __post_init__(self) -> None:
        if not self.when or any(condition.start <= 0 for condition in self.when):
            raise ValueError("a limb needs conditions, each from a number above 0: it would always hold")


class Measured(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table that leads from facts to a step. The highest step that any part gives is taken."""

    ladder: ClassVar[type[IntEnum]]
    kinds: tuple[str, ...]
    scales: tuple[Scale, ...] = ()
    limbs: tuple[Limb, ...] = ()
    called: dict[str, Text] = {}
    """What this table calls the steps, where it differs from the ladder."""

    def __post_init__(self) -> None:
        steps = {step for scale in self.scales for step in scale.bands}
        steps |= {limb.step for limb in self.limbs} | set(self.called)
        if unknown := steps - set(self.ladder.__members__):
            known = ", ".join(self.ladder.__members__)
            raise ValueError(f"{', '.join(sorted(unknown))}: not a step; the steps are {known}")
