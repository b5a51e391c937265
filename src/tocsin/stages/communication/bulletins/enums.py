"""States of a bulletin, their moves, and what the room announces."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from tocsin.kernel.moves import Life


class BulletinKind(TextChoices):
    """In whose name it goes out; the values are those of the pack's publishing modes."""

    OWN = "own", pgettext_lazy("bulletin", "our own")
    RELAY = "relay", pgettext_lazy("bulletin", "passed on")


class BulletinState(TextChoices):
    """Where a bulletin stands. A corrected one stays readable, with the correction beside it."""

    DRAFT = "draft", pgettext_lazy("bulletin", "draft")
    SUBMITTED = "submitted", pgettext_lazy("bulletin", "waiting for a second person")
    RETURNED = "returned", pgettext_lazy("bulletin", "returned")
    DISCARDED = "discarded", pgettext_lazy("bulletin", "discarded")
    PUBLISHED = "published", pgettext_lazy("bulletin", "published")
    CORRECTED = "corrected", pgettext_lazy("bulletin", "corrected by a later one")


_S = BulletinState

BULLETIN_LIFE: Life[BulletinState] = Life(
    "bulletin",
    {
        "revise": (frozenset({_S.DRAFT, _S.RETURNED}), _S.DRAFT),
        "submit": (frozenset({_S.DRAFT, _S.RETURNED}), _S.SUBMITTED),
        "approve": (frozenset({_S.SUBMITTED}), _S.PUBLISHED),
        "return": (frozenset({_S.SUBMITTED}), _S.RETURNED),
        "discard": (frozenset({_S.DRAFT, _S.RETURNED, _S.SUBMITTED}), _S.DISCARDED),
        "correct": (frozenset({_S.PUBLISHED}), _S.CORRECTED),
    },
)

UNFINISHED = (_S.DRAFT, _S.SUBMITTED, _S.RETURNED)

ANNOUNCES = {
    "bulletin.drafted": "A bulletin was drafted.",
    "bulletin.revised": "The draft of a bulletin was changed.",
    "bulletin.submitted": "A bulletin was given to a second person for approval.",
    "bulletin.returned": "A bulletin was returned, with a word of why.",
    "bulletin.discarded": "The draft of a bulletin was thrown away, with a word of why.",
    "bulletin.published": "A bulletin was approved by a second person and published.",
    "bulletin.corrected": "A published bulletin was corrected in public by a later one.",
}
