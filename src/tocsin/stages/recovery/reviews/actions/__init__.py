"""Everything that can be done in a review; each action is one transaction."""

from tocsin.stages.recovery.reviews.actions.corrective import (
    PlanChange,
    assign_action,
    finish_action,
    return_action,
    verify_action,
)
from tocsin.stages.recovery.reviews.actions.lessons import add_lesson, settle_lesson
from tocsin.stages.recovery.reviews.actions.reviewing import (
    add_finding,
    close_review,
    open_review,
    redraw,
    write_summary,
)

__all__ = [
    "PlanChange",
    "add_finding",
    "add_lesson",
    "assign_action",
    "close_review",
    "finish_action",
    "open_review",
    "redraw",
    "return_action",
    "settle_lesson",
    "verify_action",
    "write_summary",
]
