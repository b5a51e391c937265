"""What the state of a place rests on, and the life of a situation."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tocsin.kernel.moves import Life


class Basis(StrEnum):
    """Which account a cell rests on."""

    STANDING = "standing"
    """The list of what is in force, while it is fresh."""
    MESSAGES = "messages"
    """Messages newer than that list, or all there is while the list is silent."""


BASIS_NAMES = {
    Basis.STANDING: _("List of warnings in force"),
    Basis.MESSAGES: _("Messages"),
}


class SituationState(StrEnum):
    """Where a situation stands."""

    WATCHED = "watched"
    CLOSED = "closed"


SITUATION_LIFE: Life[SituationState] = Life(
    "situation",
    {
        "assess": (frozenset({SituationState.WATCHED}), SituationState.WATCHED),
        "close": (frozenset({SituationState.WATCHED}), SituationState.CLOSED),
    },
)


class Ending(StrEnum):
    """Why a warning no longer counts."""

    LIFTED = "lifted"
    """A message lifted it."""
    UNLISTED = "unlisted"
    """The list of what is in force no longer has it."""
    EXPIRED = "expired"
    """Its own validity ended."""
    FORGOTTEN = "forgotten"
    """It was heard of no more for as long as such a message is taken to count."""
    VANISHED = "vanished"
    """It left the list of messages, with no other of its kind after it."""


EVIDENT = frozenset({Ending.LIFTED, Ending.UNLISTED, Ending.EXPIRED})
"""What somebody said. The rest is inferred, and a situation is never closed on it."""

ANNOUNCES = {
    "situation.opened": "Signals on one hazard met in a new situation.",
    "situation.changed": "The level, the places or the ground of a situation changed.",
    "situation.assessed": "A situation below the disclosure level was looked at again.",
    "situation.closed": "A situation was closed, with its evidence or a person's word.",
}
