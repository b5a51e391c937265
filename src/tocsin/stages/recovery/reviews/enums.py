"""States of a review and of a corrective action, kinds of finding, and how each finding is said."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tocsin.kernel.moves import Life


class ReviewState(TextChoices):
    """A review is written while it is open."""

    OPEN = "open", pgettext_lazy("review", "open")
    CLOSED = "closed", pgettext_lazy("review", "closed")


REVIEW_LIFE: Life[ReviewState] = Life(
    "review",
    {
        "write": (frozenset({ReviewState.OPEN}), ReviewState.OPEN),
        "close": (frozenset({ReviewState.OPEN}), ReviewState.CLOSED),
    },
)


class ActionState(TextChoices):
    """A corrective action is done only when somebody else has seen that it is."""

    OPEN = "open", pgettext_lazy("corrective action", "open")
    DONE = "done", pgettext_lazy("corrective action", "done, to be verified")
    VERIFIED = "verified", pgettext_lazy("corrective action", "verified")


ACTION_LIFE: Life[ActionState] = Life(
    "action",
    {
        "finish": (frozenset({ActionState.OPEN}), ActionState.DONE),
        "return": (frozenset({ActionState.DONE}), ActionState.OPEN),
        "verify": (frozenset({ActionState.DONE}), ActionState.VERIFIED),
    },
)


class FindingKind(TextChoices):
    """What a finding is about."""

    CLOCK_MISSED = "clock_missed", pgettext_lazy("finding", "deadline missed")
    CLOCK_LATE = "clock_late", pgettext_lazy("finding", "deadline met late")
    CLOCK_MET = "clock_met", pgettext_lazy("finding", "deadlines kept")
    OVERRIDE = "override", pgettext_lazy("finding", "proposal changed")
    REFUSAL = "refusal", pgettext_lazy("finding", "proposal refused")
    ESCALATION = "escalation", pgettext_lazy("finding", "escalated")
    GAP = "gap", pgettext_lazy("finding", "gap")
    WORKED = "worked", pgettext_lazy("finding", "worked well")


WRITTEN = frozenset({FindingKind.GAP, FindingKind.WORKED})
"""The kinds that a person may add; the others are drawn from the record alone."""


class Pattern(StrEnum):
    """The sentence that a finding fills with its facts."""

    CLOCK_MISSED = "clock_missed"
    CLOCK_LATE = "clock_late"
    CLOCKS_KEPT = "clocks_kept"
    PROPOSAL_CHANGED = "proposal_changed"
    PROPOSAL_REFUSED = "proposal_refused"
    ESCALATED = "escalated"
    ORDER_UNANSWERED = "order_unanswered"
    ORDER_DECLINED = "order_declined"
    WARNED_AHEAD = "warned_ahead"
    WRITTEN = "written"


PHRASES = {
    Pattern.CLOCK_MISSED: _("“{name}” ({owner}) was due and was never done."),
    Pattern.CLOCK_LATE: _("“{name}” ({owner}) was done {minutes} minutes late."),
    Pattern.CLOCKS_KEPT: _("{met} of {ended} deadlines were kept."),
    Pattern.PROPOSAL_CHANGED: _("{who} changed the proposal “{title}”: {word}"),
    Pattern.PROPOSAL_REFUSED: _("{who} refused the proposal “{title}”: {word}"),
    Pattern.ESCALATED: _("“{name}” ({owner}) climbed {times} times, as far as {to}."),
    Pattern.ORDER_UNANSWERED: _("{post} never acknowledged order {number}, “{text}”."),
    Pattern.ORDER_DECLINED: _("{post} declined order {number}, “{text}”: {word}"),
    Pattern.WARNED_AHEAD: _("The public was warned {minutes} minutes before the incident was opened."),
    Pattern.WRITTEN: _("{text}"),
}

POSTS = frozenset({"owner", "to", "post"})
"""The facts of a finding that are codes of posts."""

ACTION_RULE = "action.finish"
"""The name under which the deadline of a corrective action runs."""

ANNOUNCES = {
    "review.opened": "The review of an incident was opened and drawn from the record.",
    "review.redrawn": "A review was drawn again from the record.",
    "review.summarised": "The summary of a review was written.",
    "review.closed": "A review was closed.",
    "finding.added": "A person added a finding to a review.",
    "lesson.learned": "A lesson was written down.",
    "lesson.settled": "A lesson was left without an action, with a word of why.",
    "action.assigned": "A corrective action was given to a post, with its date.",
    "action.done": "A corrective action was done.",
    "action.returned": "A corrective action was sent back, with a word of why.",
    "action.verified": "A second person verified a corrective action.",
}
