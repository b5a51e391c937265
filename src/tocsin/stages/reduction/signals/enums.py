"""What a signal can say, where a source stands, and the life of what could not be read."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tocsin.kernel.moves import Life


class Action(StrEnum):
    """What a signal does with a warning."""

    ISSUE = "issue"
    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"
    EXTEND = "extend"
    CANCEL = "cancel"
    IN_FORCE = "in_force"
    """A standing account says that it is in force."""
    INFORM = "inform"
    """It warns of nothing here: a neighbour's notice, an observation."""
    SILENCE = "silence"
    """The desk's own: a source has fallen silent."""


SETTING = frozenset({Action.ISSUE, Action.UPGRADE, Action.DOWNGRADE, Action.EXTEND})
"""What gives a place a level."""

ACTION_NAMES = {
    Action.ISSUE: _("Issued"),
    Action.UPGRADE: _("Upgraded"),
    Action.DOWNGRADE: _("Downgraded"),
    Action.EXTEND: _("Extended"),
    Action.CANCEL: _("Lifted"),
    Action.IN_FORCE: _("In force"),
    Action.INFORM: _("Information"),
    Action.SILENCE: _("Source silent"),
}


class SourceState(StrEnum):
    """Whether a source can be relied on now."""

    UNHEARD = "unheard"
    FRESH = "fresh"
    SILENT = "silent"


class QuarantineState(StrEnum):
    """Where something unreadable stands."""

    WAITING = "waiting"
    MENDED = "mended"
    DISMISSED = "dismissed"


QUARANTINE_LIFE: Life[QuarantineState] = Life(
    "quarantine",
    {
        "mend": (frozenset({QuarantineState.WAITING}), QuarantineState.MENDED),
        "dismiss": (frozenset({QuarantineState.WAITING}), QuarantineState.DISMISSED),
    },
)

REASONS = {
    "file.empty": _("The file is empty."),
    "file.encoding": _("The file is not text in the encoding that its feed uses."),
    "file.unreadable": _("The file can't be decoded."),
    "file.shape": _("A part that the feed always has is missing."),
    "file.unclaimed": _("No feed of this desk has files of this name."),
    "record.shape": _("The record is not what this feed sends."),
    "time.unreadable": _("A time can't be read."),
    "kind.unknown": _("The kind of hazard is not known here."),
    "level.unknown": _("The level is not known here."),
    "area.unknown": _("A place is not known here."),
    "row.unread": _("A row of a table can't be read."),
    "cap.unread": _("A CAP message can't be read."),
    "cap.unactual": _("A CAP message that is no warning: a test, an exercise or a receipt."),
    "prose.unread": _("The text says something that could not be read."),
}

ANNOUNCES = {
    "signal.received": "A signal came in for the first time.",
    "signal.quarantined": "Something that came in could not be read and waits for a person.",
    "signal.mended": "Something that waited in quarantine was mended and read.",
    "signal.dismissed": "Something in quarantine was dismissed, with a word of why.",
    "source.silent": "A source has fallen silent.",
    "source.back": "A silent source is heard again.",
}
