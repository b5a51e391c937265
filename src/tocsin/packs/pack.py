"""A pack: everything that the house must know of one jurisdiction's law and policy, and nothing it can
do. Read-only; made by `reader.load`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from tocsin.packs.clocks import ClockRule
from tocsin.packs.disclosure import Disclosure
from tocsin.packs.facts import Fact
from tocsin.packs.feeds import Feed
from tocsin.packs.gradings import Grading
from tocsin.packs.groups import Group
from tocsin.packs.kinds import Kind
from tocsin.packs.ladders import LadderRow
from tocsin.packs.organisations import OrganisationRow
from tocsin.packs.places import PlaceRow
from tocsin.packs.publishing import Publication
from tocsin.packs.responses import Trigger
from tocsin.packs.rows import Text
from tocsin.packs.scripts import Line
from tocsin.packs.tables import Rows
from tocsin.packs.tongues import Tongue
from tocsin.packs.warnings import Signal


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`pack.yaml`: what holds for the whole pack. A child says only what it changes."""

    name: Text
    extends: str = ""
    """The pack that this one is laid over."""
    languages: tuple[str, ...] = ()
    """BCP 47 codes; every name has each of them; the first is the jurisdiction's own."""
    zone: str = ""
    """IANA time zone in which its deadlines and wordless times are read."""
    country: str = ""
    """ISO 3166 code of the country whose public holidays count; empty: none are known."""
    patience: dict[str, str] = {}
    """`immediately` and `promptly` to the ISO 8601 duration after which such a duty is late here."""


@dataclass(frozen=True, eq=False)
class Pack:
    """A pack with its parents' rows already under its own. Two packs are equal only if they are one."""

    id: str
    name: Text
    languages: tuple[str, ...]
    zone: ZoneInfo
    country: str
    patience: dict[str, str]
    lineage: tuple[str, ...] = ()
    """This pack and the packs it extends, nearest first."""
    ladders: Rows[LadderRow] = field(default_factory=lambda: Rows("ladders"))
    kinds: Rows[Kind] = field(default_factory=lambda: Rows("kinds"))
    facts: Rows[Fact] = field(default_factory=lambda: Rows("facts"))
    gradings: Rows[Grading] = field(default_factory=lambda: Rows("gradings"))
    responses: Rows[Trigger] = field(default_factory=lambda: Rows("responses"))
    warnings: Rows[Signal] = field(default_factory=lambda: Rows("warnings"))
    clocks: Rows[ClockRule] = field(default_factory=lambda: Rows("clocks"))
    publishing: Rows[Publication] = field(default_factory=lambda: Rows("publishing"))
    disclosure: Rows[Disclosure] = field(default_factory=lambda: Rows("disclosure"))
    groups: Rows[Group] = field(default_factory=lambda: Rows("groups"))
    places: Rows[PlaceRow] = field(default_factory=lambda: Rows("places"))
    tongues: Rows[Tongue] = field(default_factory=lambda: Rows("tongues"))
    feeds: Rows[Feed] = field(default_factory=lambda: Rows("feeds"))
    organisations: Rows[OrganisationRow] = field(default_factory=lambda: Rows("organisations"))
    script: Rows[Line] = field(default_factory=lambda: Rows("script"))
    plans: tuple[Path, ...] = ()
    """Markdown files of `plans/`, by file name; a child's file replaces its parent's of that name."""
