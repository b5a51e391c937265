"""What the steps of the three ladders are called here. The steps themselves are the kernel's."""

import msgspec

from tocsin.packs.rows import Rule, Text
from tocsin.packs.tables import Table


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One step of a ladder."""

    name: Text
    colour: str = ""
    """The colour's own English word (blue, yellow, orange, red), where the ladder has colours."""


class LadderRow(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ladder: `id` is incident, warning or response; `steps` by the kernel's member names."""

    steps: dict[str, Step]


TABLE = Table("ladders", LadderRow)
