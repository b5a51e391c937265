"""The records that the state of places is computed from, and those that it is made of. Frozen, pure.

A cell is (place, kind of event). Places are leaves: streets, towns, sea areas. A cell that exists is in
force; a level of None in it is a warning that is issued without a level.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tocsin.kernel.instants import Instant
from tocsin.packs.feeds import Memory
from tocsin.stages.reduction.signals.enums import Action
from tocsin.stages.reduction.situations.enums import Basis, Ending

DAY = Memory(default="P1D")
"""How long a message counts where its feed says nothing about that."""


class Key(NamedTuple):
    """One cell: the code of a leaf and a kind of event."""

    area: str
    kind: str


@dataclass(frozen=True)
class Said:
    """One signal, with the leaves that it is about."""

    id: str
    action: Action
    kind: str
    level: int | None
    leaves: frozenset[str]
    issued_at: Instant
    received_at: Instant
    until: Instant | None = None
    issuer: str = ""

    @property
    def keys(self) -> Iterator[Key]:
        """The cells that it is about."""
        return (Key(leaf, self.kind) for leaf in self.leaves)


@dataclass(frozen=True)
class Listing:
    """What a source listed as valid from `at` on, until its next listing."""

    at: Instant
    ids: frozenset[str]
    heard: Instant | None = None
    """When it was last heard to say just this, where that was after `at`."""

    def upheld(self, at: Instant) -> Instant:
        """The last instant up to `at` at which it was heard to say this."""
        return min(at, max(self.at, self.heard or self.at))


@dataclass(frozen=True)
class Account:
    """What is known of one family of feeds by an instant."""

    messages: Sequence[Said] = ()
    """Everything that sets or lifts, in the order of issue."""
    listings: Sequence[Listing] = ()
    """The lists of the message feed in the order of time, only where they changed."""
    standing: Sequence[Listing] = ()
    """The lists of the standing account, likewise."""
    statements: Mapping[str, Said] = field(default_factory=dict)
    """The signals that the standing lists name."""
    last: Instant | None = None
    """When the standing account was last heard; it may since have repeated itself."""
    silent: bool = False
    memory: Memory = DAY


@dataclass(frozen=True)
class Cell:
    """A warning in force. `evidence` are ids of signals, the one that counts first."""

    level: int | None
    since: Instant
    evidence: tuple[str, ...]
    basis: Basis
    heard_at: Instant
    """When a message on it was last issued."""
    until: Instant | None = None
    issuer: str = ""
    rests_on: str = ""
    """The message that the cell follows: when that one leaves its list, the cell may end."""


@dataclass(frozen=True)
class End:
    """When and why a cell ended, and the signal that ended it, where one did."""

    at: Instant
    why: Ending
    signal: str = ""


@dataclass(frozen=True)
class Word:
    """What one account says of a cell: nothing is in force, or a warning with or without a level."""

    in_force: bool
    level: int | None = None


@dataclass(frozen=True)
class Dispute:
    """What the two accounts say of a cell, and since when both of them say it."""

    since: Instant
    standing: Word
    messages: Word


@dataclass
class Board:
    """Cells in force, how others came to their end, and where the accounts differ."""

    cells: dict[Key, Cell] = field(default_factory=dict)
    ends: dict[Key, End] = field(default_factory=dict)
    disputes: dict[Key, Dispute] = field(default_factory=dict)
