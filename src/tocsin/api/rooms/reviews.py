"""Reviews, what they found, and what is done about it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Page, Prose, Seq, When, Word, page
from tocsin.kernel.errors import NotFound
from tocsin.spine.people.enums import Power
from tocsin.stages.recovery.reviews import actions, queries
from tocsin.stages.recovery.reviews.actions import PlanChange
from tocsin.stages.recovery.reviews.enums import (
    ACTION_LIFE,
    ActionState,
    FindingKind,
    ReviewState,
)
from tocsin.stages.recovery.reviews.models import CorrectiveAction, Lesson

room = Room("reviews")
PlanLine = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class ReviewOut(Schema):
    """A review."""

    id: UUID
    incident_id: UUID
    state: ReviewState
    summary: str
    opened_at: datetime
    closed_at: datetime | None


class ReviewWhole(ReviewOut):
    """A review with what it drew from the record: timeline, deadlines, statistics, spans."""

    drawn: dict[str, Any]


class FindingOut(Schema):
    """A finding; `entries` are the entries of the journal that it rests on."""

    id: UUID
    place: int
    kind: FindingKind
    sentence: str
    facts: dict[str, Any]
    entries: list[int]
    author: str


class ActionOut(Schema):
    """What a post does about a lesson by a date."""

    id: UUID
    lesson_id: UUID
    text: str
    owner_id: str
    due_at: datetime
    state: ActionState
    plan: str
    find: str
    replace: str
    result: str
    plan_version: UUID | None
    assigned_at: datetime
    done_at: datetime | None
    done_by: str
    verified_at: datetime | None
    verified_by: str
    moves: list[str]

    @staticmethod
    def resolve_moves(row: CorrectiveAction) -> list[str]:
        return list(ACTION_LIFE.open_to(ActionState(row.state)))


class LessonOut(Schema):
    """What was learned, and what is done about it; `settled` says why nothing is."""

    id: UUID
    review_id: UUID
    finding_id: UUID | None
    text: str
    author: str
    learned_at: datetime
    settled: str
    actions: list[ActionOut]

    @staticmethod
    def resolve_actions(row: Lesson) -> list[Any]:
        return list(row.actions.all())


class TextIn(Word):
    """One text."""

    text: Prose


class FindingIn(TextIn):
    """What a person saw and the record does not show."""

    kind: FindingKind


class LessonIn(TextIn):
    """A lesson, and the finding that it is drawn from."""

    finding: UUID | None = None


class ChangeIn(Schema):
    """One line of a plan as it is and as it shall be."""

    plan: Code
    find: PlanLine
    replace: PlanLine


class ActionIn(TextIn):
    """Something to do about a lesson."""

    owner: Code
    due: When
    change: ChangeIn | None = None


class ResultIn(Word):
    """What came of an action; one that changes a plan names the version that came of it."""

    result: Prose
    plan_version: UUID | None = None


@room.look("/reviews", Page[ReviewOut])
def list_reviews(request: Asked, before: UUID | None = None, limit: Limit = 50) -> Any:
    """Reviews, the newest first."""
    return page(queries.reviews(before=before, limit=limit), limit, "id")


@room.look("/reviews/{review}", ReviewWhole)
def get(request: Asked, review: UUID) -> Any:
    """One review with all it drew."""
    return queries.review(review)


@room.look("/incidents/{incident}/review", ReviewWhole)
def of_incident(request: Asked, incident: UUID) -> Any:
    """The review of an incident."""
    found = queries.review_of(incident)
    if found is None:
        raise NotFound(
            "review.none", "This incident has no review yet.", cure="It opens when the response ends."
        )
    return found


@room.look("/reviews/{review}/findings", Page[FindingOut])
def list_findings(request: Asked, review: UUID, after: Seq = 0, limit: Limit = 200) -> Any:
    """What the record shows, and what people saw."""
    return page(queries.findings(review, after=min(after, 2**31 - 1), limit=limit), limit, "place")


@room.look("/reviews/{review}/lessons", Page[LessonOut])
def list_lessons(request: Asked, review: UUID, after: UUID | None = None, limit: Limit = 100) -> Any:
    """What was learned."""
    return page(queries.lessons(review, after=after, limit=limit), limit, "id")


@room.look("/actions", Page[ActionOut])
def list_actions(
    request: Asked,
    owner: Code | None = None,
    open_only: bool = True,
    after: UUID | None = None,
    limit: Limit = 100,
) -> Any:
    """Corrective actions of all reviews."""
    owners = None if owner is None else [owner]
    rows = queries.corrective_actions(owners=owners, open_only=open_only, after=after, limit=limit)
    return page(rows, limit, "id")


@room.change("/reviews/{review}/summary", ReviewOut, Power.REVIEW_WRITE)
def write_summary(request: Asked, review: UUID, body: TextIn) -> Any:
    """Writes the summary."""
    return actions.write_summary(act=act_of(request, body.word), review=review, text=body.text)


@room.change("/reviews/{review}/findings", FindingOut, Power.REVIEW_WRITE)
def add_finding(request: Asked, review: UUID, body: FindingIn) -> Any:
    """Adds what the record does not show."""
    return actions.add_finding(act=act_of(request, body.word), review=review, kind=body.kind, text=body.text)


@room.change("/reviews/{review}/lessons", LessonOut, Power.REVIEW_WRITE)
def add_lesson(request: Asked, review: UUID, body: LessonIn) -> Any:
    """Writes down a lesson."""
    return actions.add_lesson(
        act=act_of(request, body.word), review=review, text=body.text, finding=body.finding
    )


@room.change("/lessons/{lesson}/settle", LessonOut, Power.LESSON_ASSIGN)
def settle_lesson(request: Asked, lesson: UUID, body: Word) -> Any:
    """Leaves a lesson without an action; the word says why."""
    return actions.settle_lesson(act=act_of(request, body.word), lesson=lesson)


@room.change("/lessons/{lesson}/actions", ActionOut, Power.LESSON_ASSIGN)
def assign_action(request: Asked, lesson: UUID, body: ActionIn) -> Any:
    """Gives a post something to do about a lesson by a date."""
    change = body.change
    return actions.assign_action(
        act=act_of(request, body.word),
        lesson=lesson,
        text=body.text,
        owner=body.owner,
        due=body.due,
        change=PlanChange(change.plan, change.find, change.replace) if change else None,
    )


@room.change("/actions/{action}/finish", ActionOut, Power.REVIEW_WRITE)
def finish_action(request: Asked, action: UUID, body: ResultIn) -> Any:
    """The owner's post has done it."""
    return actions.finish_action(
        act=act_of(request, body.word), action=action, result=body.result, plan_version=body.plan_version
    )


@room.change("/actions/{action}/return", ActionOut, Power.LESSON_ASSIGN)
def return_action(request: Asked, action: UUID, body: Word) -> Any:
    """Sends a finished action back, with a word of what is lacking."""
    return actions.return_action(act=act_of(request, body.word), action=action)


@room.change("/actions/{action}/verify", ActionOut, Power.LESSON_ASSIGN)
def verify_action(request: Asked, action: UUID, body: Word) -> Any:
    """A second person has seen that it is done."""
    return actions.verify_action(act=act_of(request, body.word), action=action)


@room.change("/reviews/{review}/close", ReviewOut, Power.REVIEW_CLOSE)
def close(request: Asked, review: UUID, body: Word) -> Any:
    """Closes a review whose every lesson has an action or a word."""
    return actions.close_review(act=act_of(request, body.word), review=review)
