"""Kinds and states of a report upwards, and what they announce."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from tocsin.kernel.moves import Life


class ReportKind(TextChoices):
    """Where in the series a report stands: the first, one of those that follow, the last."""

    FIRST = "first", pgettext_lazy("report", "first report")
    FOLLOW_UP = "followup", pgettext_lazy("report", "follow-up report")
    FINAL = "final", pgettext_lazy("report", "final report")


class ReportState(TextChoices):
    """A draft may still change; what was sent never does."""

    DRAFT = "draft", pgettext_lazy("report", "draft")
    SENT = "sent", pgettext_lazy("report", "sent")
    DISCARDED = "discarded", pgettext_lazy("report", "discarded")


REPORT_LIFE: Life[ReportState] = Life(
    "report",
    {
        "revise": (frozenset({ReportState.DRAFT}), ReportState.DRAFT),
        "send": (frozenset({ReportState.DRAFT}), ReportState.SENT),
        "discard": (frozenset({ReportState.DRAFT}), ReportState.DISCARDED),
        "correct": (frozenset({ReportState.SENT}), ReportState.SENT),
    },
)

ANNOUNCES = {
    "report.drafted": "A report upwards was drafted.",
    "report.revised": "The draft of a report was changed.",
    "report.discarded": "The draft of a report was discarded, with a word of why.",
    "report.sent": "A report was sent upwards.",
    "report.correction_drafted": "A correction of a report that had been sent was drafted.",
}
