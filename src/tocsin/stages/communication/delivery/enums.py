"""Where a delivery stands, its moves, and what the outbox announces."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from tocsin.kernel.moves import Life


class DeliveryState(TextChoices):
    """`sending` is written down before anything leaves the house, so that a crash can't hide an attempt."""

    QUEUED = "queued", pgettext_lazy("delivery", "waiting")
    LEASED = "leased", pgettext_lazy("delivery", "taken up")
    SENDING = "sending", pgettext_lazy("delivery", "being sent")
    SENT = "sent", pgettext_lazy("delivery", "sent")
    FAILED = "failed", pgettext_lazy("delivery", "failed, will be tried again")
    UNCERTAIN = "uncertain", pgettext_lazy("delivery", "perhaps sent: a person must decide")
    DEAD = "dead", pgettext_lazy("delivery", "given up: a person must decide")


_S = DeliveryState

DELIVERY_LIFE: Life[DeliveryState] = Life(
    "delivery",
    {
        "lease": (frozenset({_S.QUEUED, _S.FAILED, _S.LEASED}), _S.LEASED),
        "begin": (frozenset({_S.LEASED, _S.SENDING}), _S.SENDING),
        "confirm": (frozenset(set(_S) - {_S.SENT}), _S.SENT),
        "fail": (frozenset({_S.SENDING}), _S.FAILED),
        "die": (frozenset({_S.SENDING}), _S.DEAD),
        "doubt": (frozenset({_S.SENDING}), _S.UNCERTAIN),
        "resend": (frozenset({_S.UNCERTAIN, _S.DEAD}), _S.QUEUED),
        "settle": (frozenset({_S.UNCERTAIN, _S.DEAD}), _S.SENT),
    },
)

READY = (_S.QUEUED, _S.FAILED, _S.LEASED)
TROUBLED = (_S.UNCERTAIN, _S.DEAD)

LEASE = timedelta(minutes=2)
"""How long a worker may take over what it has leased before another may look at it."""

BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))
"""The waits after the first failures; the last one holds for all later ones."""

ATTEMPTS = 8
"""After so many failures a delivery is given up and shown to a person."""

ANNOUNCES = {
    "delivery.sent": "A channel has a message.",
    "delivery.dead": "A channel could not be reached any more; a person must look.",
    "delivery.uncertain": "Nobody can say whether a channel has a message; a person must decide.",
    "delivery.resent": "A person let a message be sent again, with a word of why.",
    "delivery.settled": "A person found that a channel has a message, with a word of why.",
}
