"""Who does something, and when: every action of the house is handed one `Act`."""

from dataclasses import dataclass
from enum import StrEnum

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant


class ActorKind(StrEnum):
    """Whether a person acts, the machine, or a script in a person's seat."""

    PERSON = "person"
    MACHINE = "machine"
    SCRIPT = "script"


@dataclass(frozen=True)
class Actor:
    """One who acts. `id` is a person's id, or the name of a part of the machine."""

    kind: ActorKind
    id: str
    name: str


@dataclass(frozen=True)
class Act:
    """Somebody doing something at an instant, with a word of why where one is asked for."""

    by: Actor
    at: Instant
    word: str = ""


def machine(part: str) -> Actor:
    """The machine itself, named by the part that acts."""
    return Actor(ActorKind.MACHINE, part, part)


def require_word(act: Act) -> None:
    """Raises `Malformed` where an act that must be explained carries no word of why."""
    if not act.word.strip():
        raise Malformed(
            "word.missing",
            "This needs a word of why.",
            cure="Write one sentence; it is kept in the journal beside the decision.",
            where="word",
        )
