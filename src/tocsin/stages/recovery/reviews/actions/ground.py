"""What every action of a review stands on: the locked open review, its journal, texts that say something."""

from typing import Any
from uuid import UUID

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Malformed
from tocsin.spine.journal.actions import append
from tocsin.stages.recovery.reviews.enums import REVIEW_LIFE, ReviewState
from tocsin.stages.recovery.reviews.models import Review
from tocsin.stages.recovery.reviews.queries import review as review_by_id


def lock_open(key: UUID) -> Review:
    """The review, locked until the transaction ends. Raises `NotFound`, or `Illegal` once it is closed."""
    locked = Review.objects.select_for_update().filter(id=key).first() or review_by_id(key)
    REVIEW_LIFE.after(ReviewState(locked.state), "write")
    return locked


def require_text(text: str, where: str) -> None:
    """Raises `Malformed` where a text says nothing."""
    if not text.strip():
        raise Malformed(
            "review.empty",
            "There is nothing written in “{where}”.",
            cure="Write at least one sentence.",
            where=where,
        )


def journal(act: Act, kind: str, review: Review, **body: Any) -> None:
    """Writes to the incident's chain; ids in `body` are texts already."""
    base = {"review": str(review.id), "incident": str(review.incident_id)}
    append(chain=str(review.incident_id), kind=kind, act=act, body={**base, **body})
