"""What the steps of the three ladders are called here. The steps themselves are the kernel's."""

from typing import ClassVar, Literal

import msgspec

from tocsin.kernel.ladders import IncidentGrade, ResponseLevel, WarningLevel
from tocsin.packs.rows import Rule, Text
from tocsin.packs.tables import Table

Step = IncidentGrade | WarningLevel | ResponseLevel


class StepRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One step of a ladder."""

    name: Text
    colour: str = ""
    """The colour's own English word (blue, yellow, orange, red), where the ladder has colours."""


class LadderRow(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One ladder; `steps` by the kernel's member names, each of them named."""

    LADDERS: ClassVar = {
        "incident": IncidentGrade,
        "warning": WarningLevel,
        "response": ResponseLevel,
    }

    id: Literal["incident", "warning", "response"]
    steps: dict[str, StepRow]

    def __post_init__(self) -> None:
        known = tuple(self.LADDERS[self.id].__members__)
        if set(self.steps) != set(known):
            raise ValueError(f"steps must name {', '.join(known)}, each of them and no other")

    def step(self, step: Step) -> StepRow:
        """What this step is called here."""
        return self.steps[step.name]


TABLE = Table("ladders", LadderRow)
"""A pack names all three ladders: `incident`, `warning`, `response`."""
