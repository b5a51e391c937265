"""What the stage asks of a channel, whatever it is made of.

The one promise is that nobody who has a message gets it again. A channel keeps it in one of three ways,
and says which:
- `idempotent`: sending the same key again changes nothing (a file named by the key; a receiver that
  honours `Idempotency-Key`). After a crash the message is simply sent again.
- it can tell (`already_has`): after a crash it is asked first.
- it can do neither (mail, chat): after a crash a person decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from tocsin.kernel.instants import Instant


@dataclass(frozen=True)
class Message:
    """What is sent."""

    key: str
    """The idempotency key: the same for every attempt on this channel, and for no other message."""
    kind: str
    """`alert` or `bulletin`."""
    subject: UUID
    """The id of the alert or bulletin."""
    title: Mapping[str, str]
    text: Mapping[str, str]
    sent_at: Instant
    """When it was published, on the desk's clock."""
    exercise: bool
    """Whether it was published in a drill or a replay."""
    cap_xml: str = ""
    """The CAP document, byte for byte as published; empty where the message is no alert."""


@dataclass(frozen=True)
class Receipt:
    """A channel's word that it has a message; `note` is whatever it answered."""

    note: str


class NotSent(Exception):
    """The channel surely does not have the message: it may be tried again."""


class Unsure(Exception):
    """Nobody can say whether the channel has the message: only a person may send it again."""


class Broadcaster(Protocol):
    """A channel."""

    @property
    def name(self) -> str:
        """Its name among the channels of this desk."""

    @property
    def live(self) -> bool:
        """Whether it reaches anybody outside; no message of a drill or a replay goes to such a channel."""

    @property
    def idempotent(self) -> bool:
        """Whether sending the same key twice is the same as sending it once."""

    @property
    def can_tell(self) -> bool:
        """Whether `already_has` knows."""

    def send(self, message: Message) -> Receipt:
        """Sends it. Raises `NotSent` or `Unsure`; whatever else it raises is taken as `Unsure`."""

    def already_has(self, key: str) -> Receipt | None:
        """The receipt of a message that the channel has; None where it surely has not."""
