"""States of an activation, a task, a receipt and a need; their moves; and what the command announces."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from tocsin.kernel.moves import Life


class ActivationState(TextChoices):
    """A plan runs, or has run."""

    ACTIVE = "active", pgettext_lazy("activation", "active")
    ENDED = "ended", pgettext_lazy("activation", "ended")


ACTIVATION_LIFE: Life[ActivationState] = Life(
    "activation",
    {
        "raise": (frozenset({ActivationState.ACTIVE}), ActivationState.ACTIVE),
        "lower": (frozenset({ActivationState.ACTIVE}), ActivationState.ACTIVE),
        "end": (frozenset({ActivationState.ACTIVE}), ActivationState.ENDED),
    },
)


class TaskState(TextChoices):
    """Where a task stands. Being late is no state: it is the task's clock that says so."""

    OPEN = "open", pgettext_lazy("task", "not yet taken")
    ACCEPTED = "accepted", pgettext_lazy("task", "under way")
    DONE = "done", pgettext_lazy("task", "done")
    CANCELLED = "cancelled", pgettext_lazy("task", "called off")


WORKING = frozenset({TaskState.OPEN, TaskState.ACCEPTED})

TASK_LIFE: Life[TaskState] = Life(
    "task",
    {
        "accept": (frozenset({TaskState.OPEN}), TaskState.ACCEPTED),
        "finish": (WORKING, TaskState.DONE),
        "reopen": (frozenset({TaskState.DONE, TaskState.CANCELLED}), TaskState.OPEN),
        "cancel": (WORKING, TaskState.CANCELLED),
    },
)


class ReceiptState(TextChoices):
    """What a post has answered to an order. `lapsed`: the response ended without an answer."""

    OPEN = "open", pgettext_lazy("receipt", "not acknowledged")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("receipt", "acknowledged")
    DECLINED = "declined", pgettext_lazy("receipt", "declined")
    LAPSED = "lapsed", pgettext_lazy("receipt", "never acknowledged")


RECEIPT_LIFE: Life[ReceiptState] = Life(
    "receipt",
    {
        "acknowledge": (frozenset({ReceiptState.OPEN}), ReceiptState.ACKNOWLEDGED),
        "decline": (frozenset({ReceiptState.OPEN}), ReceiptState.DECLINED),
        "lapse": (frozenset({ReceiptState.OPEN}), ReceiptState.LAPSED),
    },
)


class NeedState(TextChoices):
    """Whether what is needed has come."""

    OPEN = "open", pgettext_lazy("need", "not yet met")
    MET = "met", pgettext_lazy("need", "met")
    LAPSED = "lapsed", pgettext_lazy("need", "never met")


NEED_LIFE: Life[NeedState] = Life(
    "need",
    {
        "supply": (frozenset({NeedState.OPEN}), NeedState.OPEN),
        "meet": (frozenset({NeedState.OPEN}), NeedState.MET),
        "lapse": (frozenset({NeedState.OPEN}), NeedState.LAPSED),
    },
)


class ClockRule(StrEnum):
    """The names under which the command's own deadlines run, where no plan names them."""

    TASK = "task.finish"
    ORDER = "order.acknowledge"


ANNOUNCES = {
    "response.activated": "A plan was activated, with its level, expected duration and measures.",
    "response.level_raised": "The response was raised to a higher level.",
    "response.level_lowered": "The response was lowered to a milder level.",
    "response.ended": "The response by a plan ended; what was still open was called off.",
    "task.assigned": "A task was given to a post.",
    "task.accepted": "A post took a task on.",
    "task.done": "A task was done.",
    "task.reopened": "A task was opened again, with a word of why.",
    "task.cancelled": "A task was called off.",
    "order.given": "An order was given to posts that must acknowledge it.",
    "order.acknowledged": "A post acknowledged an order.",
    "order.declined": "A post declined an order, with a word of why.",
    "order.lapsed": "An order was never acknowledged by a post before the response ended.",
    "decision.recorded": "A decision was recorded with what was known, the options and the reasons.",
    "need.raised": "Something was found to be needed.",
    "need.supplied": "Part of what was needed came.",
    "need.met": "All of what was needed came.",
    "need.lapsed": "Something needed never came in full before the response ended.",
}
