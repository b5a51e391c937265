"""What everybody may read: published alerts, as records that have no room for a draft or a drafter's name."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import WarningLevel
from tocsin.stages.communication.alerts.content import Text
from tocsin.stages.communication.alerts.enums import MsgType
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.alerts.queries import unknown


@dataclass(frozen=True)
class PublicAlert:
    """A published alert. `ended_at` is when it was updated or cancelled."""

    id: UUID
    identifier: str
    msg_type: str
    kind: str
    hazard: str
    level: WarningLevel | None
    areas: tuple[str, ...]
    headline: Text
    description: Text
    instruction: Text
    sender: str
    sender_name: Text
    status: str
    sent_at: Instant
    starts_at: Instant
    expires_at: Instant
    ended_at: Instant | None
    state: str
    root: UUID | None
    previous: UUID | None


def in_force(at: Instant, *, incident: UUID | None = None, limit: int = 200) -> list[PublicAlert]:
    """The alerts in force at an instant, past ones too, gravest first; an alert whose start is still to
    come is in force from its publication.
    """
    standing = Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    rows = _published().filter(standing, sent_at__lte=at, expires_at__gt=at).exclude(msg_type=MsgType.CANCEL)
    if incident is not None:
        rows = rows.filter(incident_id=incident)
    return [_seen(row) for row in rows.order_by("-level", "-id")[:limit]]


def published(*, before: UUID | None = None, limit: int = 50) -> list[PublicAlert]:
    """All that was ever published, the newest first; `before` is the last id of the page before."""
    rows = _published()
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_seen(row) for row in rows.order_by("-id")[:limit]]


def published_alert(key: UUID | str) -> PublicAlert:
    """A published alert. Raises `NotFound`, for a draft as for nothing."""
    return _seen(_one(key))


def published_chain(key: UUID | str) -> list[PublicAlert]:
    """The published messages of a chain, the oldest first."""
    root = _one(key).first
    rows = _published().filter(Q(id=root) | Q(root=root))
    return [_seen(row) for row in rows.order_by("sent_at", "id")]


def cap_document(key: UUID | str) -> bytes:
    """The CAP document of a published alert, byte for byte. Raises `NotFound`."""
    return _one(key).cap_xml.encode()


def _published() -> "QuerySet[Alert]":
    return Alert.objects.filter(sent_at__isnull=False)


def _one(key: UUID | str) -> Alert:
    found = _published().filter(id=key).first()
    if found is None:
        raise unknown(key)
    return found


def _seen(row: Alert) -> PublicAlert:
    return PublicAlert(
        id=row.id,
        identifier=row.identifier or "",
        msg_type=row.msg_type,
        kind=row.kind,
        hazard=row.hazard,
        level=WarningLevel(row.level) if row.level else None,
        areas=tuple(row.areas),
        headline=row.headline,
        description=row.description,
        instruction=row.instruction,
        sender=row.sender,
        sender_name=row.sender_name,
        status=row.status,
        sent_at=row.sent,
        starts_at=Instant(row.starts_at),
        expires_at=Instant(row.expires_at),
        ended_at=Instant(row.ended_at) if row.ended_at else None,
        state=row.state,
        root=row.root_id,
        previous=row.previous_id,
    )
