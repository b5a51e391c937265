"""Writing down what was learned."""

from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.recovery.reviews.actions.ground import journal, lock_open, require_text
from tocsin.stages.recovery.reviews.models import Lesson
from tocsin.stages.recovery.reviews.queries import found
from tocsin.stages.recovery.reviews.queries import lesson as lesson_by_id


@transaction.atomic
def add_lesson(*, act: Act, review: UUID, text: str, finding: UUID | None = None) -> Lesson:
    """Writes down a lesson, drawn from one of the review's findings where one is named."""
    demand(act.by, Power.REVIEW_WRITE)
    require_text(text, "text")
    locked = lock_open(review)
    source = found(locked.findings.filter(id=finding).first(), "finding", finding) if finding else None
    lesson = Lesson.objects.create(
        review=locked, finding=source, text=text, author=act.by.name, learned_at=act.at
    )
    journal(act, "lesson.learned", locked, lesson=str(lesson.id), text=text, finding=_text(finding))
    return lesson


@transaction.atomic
def settle_lesson(*, act: Act, lesson: UUID) -> Lesson:
    """Leaves a lesson without an action; the word says why."""
    demand(act.by, Power.LESSON_ASSIGN)
    require_word(act)
    review = lock_open(lesson_by_id(lesson).review_id)
    row = lesson_by_id(lesson)
    row.settled = act.word
    row.save(update_fields=["settled"])
    journal(act, "lesson.settled", review, lesson=str(row.id), text=row.text)
    return row


def _text(key: UUID | None) -> str | None:
    return str(key) if key else None
