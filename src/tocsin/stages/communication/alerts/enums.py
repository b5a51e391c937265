"""States of an alert, their moves, and what the room announces."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tocsin.kernel.moves import Life


class AlertKind(TextChoices):
    """In whose name it goes out; the values are those of the pack's publishing modes."""

    OWN = "own", _("our own")
    RELAY = "relay", _("passed on")


class MsgType(TextChoices):
    """CAP 1.2 `msgType`."""

    ALERT = "Alert", _("alert")
    UPDATE = "Update", _("update")
    CANCEL = "Cancel", _("cancellation")


class CapStatus(TextChoices):
    """CAP 1.2 `status`: an exercise wherever the desk replays or the incident is a drill."""

    ACTUAL = "Actual", _("actual")
    EXERCISE = "Exercise", _("exercise")


class AlertState(TextChoices):
    """Where an alert stands; from `published` on, everybody may read it for good."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for a second person")
    RETURNED = "returned", _("returned")
    DISCARDED = "discarded", _("discarded")
    PUBLISHED = "published", _("in force")
    UPDATED = "updated", _("replaced by an update")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("expired")


_S = AlertState

ALERT_LIFE: Life[AlertState] = Life(
    "alert",
    {
        "revise": (frozenset({_S.DRAFT, _S.RETURNED}), _S.DRAFT),
        "submit": (frozenset({_S.DRAFT, _S.RETURNED}), _S.SUBMITTED),
        "approve": (frozenset({_S.SUBMITTED}), _S.PUBLISHED),
        # A cancellation takes effect once and is over: nothing can follow it.
        "approve_cancel": (frozenset({_S.SUBMITTED}), _S.CANCELLED),
        "return": (frozenset({_S.SUBMITTED}), _S.RETURNED),
        "discard": (frozenset({_S.DRAFT, _S.RETURNED, _S.SUBMITTED}), _S.DISCARDED),
        # One that ran out while its update waited for the second person is still what the update updates.
        "update": (frozenset({_S.PUBLISHED, _S.EXPIRED}), _S.UPDATED),
        "cancel": (frozenset({_S.PUBLISHED, _S.EXPIRED}), _S.CANCELLED),
        "expire": (frozenset({_S.PUBLISHED}), _S.EXPIRED),
    },
)

UNFINISHED = (_S.DRAFT, _S.SUBMITTED, _S.RETURNED)

ANNOUNCES = {
    "alert.drafted": "An alert was drafted.",
    "alert.revised": "The draft of an alert was changed.",
    "alert.submitted": "An alert was given to a second person for approval.",
    "alert.returned": "An alert was returned, with a word of why.",
    "alert.discarded": "The draft of an alert was thrown away, with a word of why.",
    "alert.published": "An alert or its update was approved by a second person and published.",
    "alert.cancelled": "An alert was cancelled; the cancellation was approved and published.",
    "alert.expired": "An alert ran out.",
}
