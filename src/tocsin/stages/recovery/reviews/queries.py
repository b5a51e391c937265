"""Finding reviews, their findings and lessons, and the corrective actions that are still to be done."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Prefetch

from tocsin.kernel.errors import NotFound
from tocsin.stages.recovery.reviews.enums import ActionState
from tocsin.stages.recovery.reviews.models import CorrectiveAction, Finding, Lesson, Review

Row = TypeVar("Row", bound=Model)


def review(key: UUID) -> Review:
    """The review with this id. Raises `NotFound`."""
    return found(Review.objects.filter(id=key).first(), "review", key)


def review_of(incident: UUID) -> Review | None:
    """The review of an incident, once it has one."""
    return Review.objects.filter(incident_id=incident).first()


def reviews(*, before: UUID | None = None, limit: int = 50) -> list[Review]:
    """Reviews without what they drew, the newest first; `before` is the last id of the page before."""
    rows = Review.objects.defer("drawn")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


def findings(review: UUID, *, after: int = 0, limit: int = 500) -> list[Finding]:
    """The findings of a review in their order; `after` is the last place of the page before."""
    rows = Finding.objects.filter(review=review, place__gt=after)
    return list(rows.order_by("place")[:limit])


def lessons(review: UUID, *, after: UUID | None = None, limit: int = 100) -> list[Lesson]:
    """The lessons of a review, by id, with their `actions` and owners already read."""
    actions = Prefetch("actions", CorrectiveAction.objects.select_related("owner").order_by("id"))
    rows = Lesson.objects.filter(review=review).select_related("finding").prefetch_related(actions)
    return list((rows.filter(id__gt=after) if after else rows).order_by("id")[:limit])


def lesson(key: UUID) -> Lesson:
    """The lesson with this id, with its review. Raises `NotFound`."""
    return found(Lesson.objects.select_related("review").filter(id=key).first(), "lesson", key)


def corrective_actions(
    *,
    owners: Iterable[str] | None = None,
    open_only: bool = True,
    after: UUID | None = None,
    limit: int = 100,
) -> list[CorrectiveAction]:
    """Corrective actions of all reviews, by id (the oldest first), with their lessons and reviews."""
    rows = CorrectiveAction.objects.select_related("owner", "lesson__review").defer("lesson__review__drawn")
    if owners is not None:
        rows = rows.filter(owner__in=list(owners))
    if open_only:
        rows = rows.exclude(state=ActionState.VERIFIED)
    return list((rows.filter(id__gt=after) if after else rows).order_by("id")[:limit])


def corrective_action(key: UUID) -> CorrectiveAction:
    """The corrective action with this id, with its lesson and review. Raises `NotFound`."""
    rows = CorrectiveAction.objects.select_related("owner", "lesson__review")
    return found(rows.filter(id=key).first(), "action", key)


def found(row: Row | None, thing: str, key: UUID) -> Row:
    """The row, or `NotFound` with the code `<thing>.unknown`."""
    if row is None:
        raise NotFound(
            f"{thing}.unknown", "There is no such {thing}.", cure="See the reviews.", thing=thing, id=str(key)
        )
    return row
