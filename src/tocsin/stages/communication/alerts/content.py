"""What an alert says, apart from who says it.

The Emergency Response Law (2024) Art. 64 asks for eight things. Category and level are the kind of event
and `level`; the start `starts`; the area `areas`; the cautions stand in CAP's `description`, the measures
in its `instruction`; issuer and time of issue are added when it is published.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import WarningLevel
from tocsin.stages.communication.wording import require_legible

Text = Mapping[str, str]


@dataclass(frozen=True)
class Content:
    """The text of an alert in the pack's languages."""

    level: WarningLevel | None
    """None only where a signal was issued without one."""
    areas: tuple[str, ...]
    """Place codes."""
    starts: Instant
    expires: Instant
    headline: Text
    description: Text
    """What is happening and what to beware of."""
    instruction: Text
    """What to do."""

    def __post_init__(self) -> None:
        for where in ("headline", "description", "instruction"):
            require_legible(getattr(self, where).values(), where)
        if self.expires <= self.starts:
            raise Malformed(
                "alert.times",
                "The alert would end before it begins.",
                cure="Set a later end.",
                where="expires",
            )


_SENDER = re.compile(r"[^\s,<&]{1,200}")


@dataclass(frozen=True)
class Issuer:
    """In whose name an alert goes out. `sender` is CAP's: unique to the issuer, no space, comma, < or &."""

    sender: str
    name: Text

    def __post_init__(self) -> None:
        require_legible(self.name.values(), "issuer")
        if _SENDER.fullmatch(self.sender) is None or not any(self.name.values()):
            raise Malformed(
                "alert.issuer",
                "“{sender}” names no issuer.",
                cure="Give a sender without spaces, commas, < and &, and the issuer's name.",
                where="issuer",
                sender=self.sender,
            )
