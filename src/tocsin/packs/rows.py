"""What every row of a pack has in common: who it is, and how far it may be trusted.

A number of the law is worth no more than its source, so a rule row can't be written without one. The
product says “unverified” aloud wherever a rule is not `text`.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

Text = Annotated[dict[str, str], msgspec.Meta(title="text")]
"""A text in the pack's languages: `{zh: …, en: …}`, keys as in BCP 47."""


class Verified(StrEnum):
    """How the wording behind a row was checked."""

    TEXT = "text"
    """The legal text itself was read."""
    COPY = "copy"
    """Read in a secondary copy or an excerpt."""
    MEMORY = "memory"
    """From memory, or our own choice: a person must check it before it is relied on."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row with an id and a name in the pack's languages."""

    id: str
    name: Text


class Rule(Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A row that states law or policy."""

    source: str
    """The text it stands in, with its article."""
    verified: Verified
    effective: date | None = None
    """The day on which the source came into force; None where it is not known."""
    note: Text = {}
    """What a reader must know before relying on it."""

    @property
    def certain(self) -> bool:
        """Whether the legal text itself was read."""
        return self.verified is Verified.TEXT


def say(text: Mapping[str, str], language: str) -> str:
    """`text` in `language` (`zh-hans` finds `zh`), or in the first language it has, or nothing."""
    for wanted in (language, language.partition("-")[0]):
        if wanted in text:
            return text[wanted]
    return next(iter(text.values()), "")
