"""States of a plan's version, its moves, and what the room announces."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from tocsin.kernel.moves import Life


class VersionState(TextChoices):
    """Where a version stands; only an approved one is ever run."""

    DRAFT = "draft", pgettext_lazy("plan", "draft")
    SUBMITTED = "submitted", pgettext_lazy("plan", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("plan", "in force")
    SUPERSEDED = "superseded", pgettext_lazy("plan", "superseded")
    WITHDRAWN = "withdrawn", pgettext_lazy("plan", "withdrawn")


_S = VersionState

VERSION_LIFE: Life[VersionState] = Life(
    "plan version",
    {
        "revise": (frozenset({_S.DRAFT}), _S.DRAFT),
        "submit": (frozenset({_S.DRAFT}), _S.SUBMITTED),
        "approve": (frozenset({_S.SUBMITTED}), _S.APPROVED),
        "return": (frozenset({_S.SUBMITTED}), _S.DRAFT),
        "withdraw": (frozenset({_S.DRAFT, _S.SUBMITTED, _S.APPROVED}), _S.WITHDRAWN),
        "supersede": (frozenset({_S.APPROVED}), _S.SUPERSEDED),
        "file": (frozenset({_S.APPROVED}), _S.APPROVED),
    },
)

ANNOUNCES = {
    "plan.drafted": "A new version of a plan was drafted.",
    "plan.revised": "A draft of a plan was rewritten.",
    "plan.submitted": "A version of a plan waits for approval.",
    "plan.returned": "A version of a plan was given back, with a word of why.",
    "plan.approved": "A version of a plan was approved and is in force.",
    "plan.superseded": "A version of a plan gave way to a newer one.",
    "plan.withdrawn": "A version of a plan was withdrawn, with a word of why.",
    "plan.filed": "A version of a plan was filed with whoever the law names.",
}
