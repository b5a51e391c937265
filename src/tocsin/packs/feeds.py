"""The feeds that a jurisdiction listens to, described so fully that no line of code knows any of them.

A feed is either an account of what stands in force (`standing`), whose silence about a warning means
that it is over, or a list of messages (`messages`), whose silence means nothing. Paths go through
objects and lists with `/`; `*` is every member.
"""

import re
from datetime import timedelta
from enum import StrEnum

import msgspec

from tocsin.packs.durations import Duration
from tocsin.packs.rows import Row, Text
from tocsin.packs.tables import Table


def _span(text: str) -> timedelta | None:
    if not text:
        return None
    duration = Duration.parse(text)
    return timedelta(days=duration.months * 30 + duration.days) + duration.time


class Account(StrEnum):
    """What it means that a feed does not name a warning."""

    STANDING = "standing"
    """That it is not in force."""
    MESSAGES = "messages"
    """Nothing."""
    NOTICES = "notices"
    """Nothing; and what it says is information, never a warning of this jurisdiction."""


class Fields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a record keeps what; several paths are tried in their order."""

    text: tuple[str, ...]
    title: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    issued: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    ref: tuple[str, ...] = ()


class Absent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A record that says that there is nothing: its field at `path` is one of `values`."""

    path: str
    values: tuple[str, ...]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of record in a file."""

    records: tuple[str, ...]
    """Paths of the records; a path that ends at a list means its members."""
    fields: Fields
    listed: bool = True
    """Whether the record's presence says that it is valid now; a mere announcement is not listed."""
    having: str = ""
    """A path that such a record always has; what lacks it is something else that stands beside."""
    optional: bool = False
    """Whether a file may lack these records altogether."""
    absent: tuple[Absent, ...] = ()


class Silence(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """After how long a feed counts as silent, as ISO 8601 durations; empty where a rule isn't kept."""

    unanswered: str = ""
    """A sibling brought a newer message, and this feed said nothing since."""
    in_force: str = ""
    """Nothing came while a warning was in force."""
    ever: str = ""
    """Nothing came at all."""

    def __post_init__(self) -> None:
        for span in (self.unanswered, self.in_force, self.ever):
            _span(span)

    @property
    def spans(self) -> dict[str, timedelta]:
        """The rules that are kept, by name."""
        named = {"unanswered": self.unanswered, "in_force": self.in_force, "ever": self.ever}
        return {name: span for name, text in named.items() if (span := _span(text)) is not None}


class Memory(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long a message counts where nobody says that it is over: our own estimate, measured on an
    archive, used only while no standing account can be had."""

    default: str
    kinds: dict[str, str] = {}
    """By kind of event."""
    vanished: bool = False
    """Whether a message that leaves the feed's list, with no other of its kind after it, is taken to be
    over. The desk is told that this is an inference."""

    def __post_init__(self) -> None:
        for span in (self.default, *self.kinds.values()):
            _span(span)

    def span(self, kind: str) -> timedelta:
        """How long a message on this kind of event counts."""
        return _span(self.kinds.get(kind, self.default)) or timedelta(0)


class Feed(Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One feed."""

    file: str
    """Regular expression that the whole file name fits; its group `time` is when it was polled."""
    time: str
    """Format of that time, as `strptime` has it, in `zone`."""
    zone: str
    decoder: str = "json"
    encoding: str = "utf-8"
    account: Account
    family: str
    """Feeds of one issuer are of one family: each may show that another has fallen silent."""
    issuer: Text
    """Who speaks, where a record does not say."""
    tongue: str = ""
    """How its texts are worded; empty where they are kept unread, as information."""
    parts: tuple[Part, ...]
    times: tuple[str, ...] = ()
    """Formats of the times in it, tried in their order."""
    apart: str = ""
    """What separates a class from a kind in the kind's field; the last part counts."""
    between: str = ",;"
    """Characters that separate the areas in their field."""
    mask: tuple[str, ...] = ()
    """Names of fields that hold persons' names: never kept."""
    silence: Silence = Silence()
    memory: Memory = Memory(default="P1D")
    source: str = ""
    """Where the feed is found, and under which terms."""

    def __post_init__(self) -> None:
        if "time" not in re.compile(self.file).groupindex:
            raise ValueError("file must have a group named time")


TABLE = Table("feeds", Feed)
