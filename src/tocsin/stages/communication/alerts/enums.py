"""States of an alert, their moves, and what the room announces."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from tocsin.kernel.moves import Life


class AlertKind(TextChoices):
    """In whose name it goes out; the values are those of the pack's publishing modes."""

    OWN = "own", pgettext_lazy("alert", "our own")
    RELAY = "relay", pgettext_lazy("alert", "passed on")


class MsgType(TextChoices):
    """CAP 1.2 `msgType`."""

    ALERT = "Alert", pgettext_lazy("alert", "alert")
    UPDATE = "Update", pgettext_lazy("alert", "update")
    CANCEL = "Cancel", pgettext_lazy("alert", "cancellation")


class CapStatus(TextChoices):
    """CAP 1.2 `status`: an exercise wherever the desk replays or the incident is a drill."""

    ACTUAL = "Actual", pgettext_lazy("alert", "actual")
    EXERCISE = "Exercise", pgettext_lazy("alert", "exercise")


class AlertState(TextChoices):
    """Where an alert stands; from `published` on, everybody may read it for good."""

    DRAFT = "draft", pgettext_lazy("alert", "draft")
    SUBMITTED = "submitted", pgettext_lazy("alert", "waiting for a second person")
    RETURNED = "returned", pgettext_lazy("alert", "returned")
    DISCARDED = "discarded", pgettext_lazy("alert", "discarded")
    PUBLISHED = "published", pgettext_lazy("alert", "in force")
    UPDATED = "updated", pgettext_lazy("alert", "replaced by an update")
    CANCELLED = "cancelled", pgettext_lazy("alert", "cancelled")
    EXPIRED = "expired", pgettext_lazy("alert", "expired")


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
