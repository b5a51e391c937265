"""What everybody may read: published bulletins, as records with no room for a drafter's name."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tocsin.kernel.instants import Instant
from tocsin.packs.rows import Text
from tocsin.stages.communication.bulletins.content import BulletinContent, read
from tocsin.stages.communication.bulletins.models import Bulletin
from tocsin.stages.communication.bulletins.queries import unknown


@dataclass(frozen=True)
class PublicBulletin:
    """A published bulletin. `corrects` and `corrected_by` are the neighbours' id and number."""

    id: UUID
    number: int
    incident: UUID | None
    kind: str
    hazard: str
    issuer: Text
    title: Text
    content: BulletinContent
    published_at: Instant
    state: str
    corrects: tuple[UUID, int] | None
    corrected_by: tuple[UUID, int] | None


def published(
    *, incident: UUID | None = None, before: UUID | None = None, limit: int = 50
) -> list[PublicBulletin]:
    """Published bulletins, corrected ones too, the newest first."""
    rows = _published()
    if incident is not None:
        rows = rows.filter(incident_id=incident)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_seen(row) for row in rows.order_by("-id")[:limit]]


def published_bulletin(key: UUID | str) -> PublicBulletin:
    """A published bulletin. Raises `NotFound`, for a draft as for nothing."""
    found = _published().filter(id=key).first()
    if found is None:
        raise unknown(key)
    return _seen(found)


def _published() -> "QuerySet[Bulletin]":
    rows = Bulletin.objects.filter(published_at__isnull=False)
    return rows.select_related("corrects").prefetch_related("corrections")


def _seen(row: Bulletin) -> PublicBulletin:
    later = [other for other in row.corrections.all() if other.published_at is not None]
    return PublicBulletin(
        id=row.id,
        number=row.number or 0,
        incident=row.incident_id,
        kind=row.kind,
        hazard=row.hazard,
        issuer=row.issuer,
        title=row.title,
        content=read(row.content),
        published_at=row.published,
        state=row.state,
        corrects=_named(row.corrects) if row.corrects else None,
        corrected_by=_named(later[0]) if later else None,
    )


def _named(row: Bulletin) -> tuple[UUID, int]:
    return row.id, row.number or 0
