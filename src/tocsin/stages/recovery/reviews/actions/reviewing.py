"""Opening a review from what was drawn, writing it, closing it."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Illegal, Malformed
from tocsin.spine.incidents.enums import IncidentState
from tocsin.spine.incidents.models import Incident
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.sealing import canonical
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.recovery.reviews.actions.ground import journal, lock_open, require_text
from tocsin.stages.recovery.reviews.enums import REVIEW_LIFE, WRITTEN, FindingKind, Pattern, ReviewState
from tocsin.stages.recovery.reviews.models import Finding, Review
from tocsin.stages.recovery.reviews.queries import review_of
from tocsin.stages.recovery.reviews.records import Drawn, DrawnFinding


@transaction.atomic
def open_review(*, act: Act, incident: UUID, drawn: Drawn) -> Review:
    """Opens the review of an incident whose response is over. Raises `Illegal` where there is one already."""
    demand(act.by, Power.REVIEW_WRITE)
    locked = Incident.objects.select_for_update().filter(id=incident).first() or incident_by_id(incident)
    _check_over(locked)
    if review_of(incident) is not None:
        raise Illegal(
            "review.open",
            "Incident {number} has its review already.",
            cure="Draw that one again, or write in it.",
            number=locked.number,
        )
    review = Review.objects.create(incident_id=incident, drawn=drawn.plain(), opened_at=act.at)
    _keep_drawn(review, drawn)
    _journal_drawn(act, "review.opened", review, drawn)
    return review


def _check_over(incident: Incident) -> None:
    if incident.state == IncidentState.OPEN:
        raise Illegal(
            "review.too_early",
            "Incident {number} is still open.",
            cure="End its response first; the review begins then.",
            number=incident.number,
        )


@transaction.atomic
def redraw(*, act: Act, review: UUID, drawn: Drawn) -> Review:
    """Draws an open review again: what people wrote stays, and so do findings that are drawn as before."""
    demand(act.by, Power.REVIEW_WRITE)
    locked = lock_open(review)
    locked.drawn = drawn.plain()
    locked.save(update_fields=["drawn"])
    _keep_drawn(locked, drawn)
    _journal_drawn(act, "review.redrawn", locked, drawn)
    return locked


def _keep_drawn(review: Review, drawn: Drawn) -> None:
    """Makes the drawn findings those of `drawn`, without touching what is the same as before."""
    wanted = {_fingerprint(one.kind, one.pattern, one.facts, one.entries): one for one in drawn.findings}
    for row in review.findings.filter(author=""):
        if wanted.pop(_fingerprint(row.kind, row.pattern, row.facts, row.entries), None) is None:
            row.delete()
    place = _next_place(review)
    Finding.objects.bulk_create(_row(review, one, place + index) for index, one in enumerate(wanted.values()))


def _fingerprint(*parts: Any) -> str:
    return canonical(parts)


def _row(review: Review, one: DrawnFinding, place: int) -> Finding:
    return Finding(
        review=review,
        place=place,
        kind=one.kind,
        pattern=one.pattern,
        facts=dict(one.facts),
        entries=list(one.entries),
    )


def _next_place(review: Review) -> int:
    return (review.findings.aggregate(last=Max("place"))["last"] or 0) + 1


@transaction.atomic
def write_summary(*, act: Act, review: UUID, text: str) -> Review:
    """Writes the summary, in place of an earlier one, which the journal keeps."""
    demand(act.by, Power.REVIEW_WRITE)
    require_text(text, "summary")
    locked = lock_open(review)
    locked.summary = text
    locked.save(update_fields=["summary"])
    journal(act, "review.summarised", locked, text=text)
    return locked


@transaction.atomic
def add_finding(*, act: Act, review: UUID, kind: FindingKind, text: str) -> Finding:
    """Adds what a person saw and the record does not show: a gap, or something that worked."""
    demand(act.by, Power.REVIEW_WRITE)
    require_text(text, "text")
    if kind not in WRITTEN:
        raise Malformed(
            "finding.kind",
            "A finding of the kind “{kind}” is drawn from the record, not written.",
            cure="Write it as a gap, or as something that worked.",
            where="kind",
            kind=str(kind),
        )
    locked = lock_open(review)
    finding = Finding.objects.create(
        review=locked,
        place=_next_place(locked),
        kind=kind,
        pattern=Pattern.WRITTEN,
        facts={"text": text},
        author=act.by.name,
    )
    journal(act, "finding.added", locked, finding=str(finding.id), of=kind.value, text=text)
    return finding


@transaction.atomic
def close_review(*, act: Act, review: UUID) -> Review:
    """Closes a review that has a summary and whose every lesson has an action, or a word why it has none.

    Actions may still run then: each has a deadline of its own.
    """
    demand(act.by, Power.REVIEW_CLOSE)
    locked = lock_open(review)
    require_text(locked.summary, "summary")
    loose = list(locked.lessons.filter(actions__isnull=True, settled="").order_by("id")[:1])
    if loose:
        raise Illegal(
            "review.loose_lesson",
            "A lesson has neither an action nor a word why it needs none: “{text}”.",
            cure="Give it an action with owner and date, or say why nothing is done.",
            text=loose[0].text,
            lesson=str(loose[0].id),
        )
    locked.state, locked.closed_at = REVIEW_LIFE.after(ReviewState(locked.state), "close"), act.at
    locked.save(update_fields=["state", "closed_at"])
    journal(act, "review.closed", locked, lessons=locked.lessons.count())
    return locked


def _journal_drawn(act: Act, kind: str, review: Review, drawn: Drawn) -> None:
    statistics, spans = review.drawn["statistics"], review.drawn["spans"]
    journal(act, kind, review, findings=len(drawn.findings), statistics=statistics, spans=spans)
