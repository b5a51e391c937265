"""Reading bulletins at the desk. The public reads `public`."""

from uuid import UUID

from django.db.models import Q

from tocsin.kernel.errors import NotFound
from tocsin.stages.communication.bulletins.enums import UNFINISHED, BulletinState
from tocsin.stages.communication.bulletins.models import Bulletin


def bulletin(key: UUID | str) -> Bulletin:
    """The bulletin with this id. Raises `NotFound`."""
    found = Bulletin.objects.select_related("corrects").filter(id=key).first()
    if found is None:
        raise unknown(key)
    return found


def unknown(key: UUID | str) -> NotFound:
    """What is said where there is no such bulletin, or none that the asker may see."""
    return NotFound(
        "bulletin.unknown", "There is no such bulletin.", cure="See the list of bulletins.", bulletin=str(key)
    )


def bulletins(
    *,
    state: BulletinState | None = None,
    incident: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[Bulletin]:
    """Bulletins, the newest first; `before` is the last id of the page before."""
    return _page(Q(state=state) if state else Q(), incident, before, limit)


def waiting(*, incident: UUID | None = None, before: UUID | None = None, limit: int = 50) -> list[Bulletin]:
    """Drafts that wait for a second person."""
    return _page(Q(state=BulletinState.SUBMITTED), incident, before, limit)


def unfinished(
    *, incident: UUID | None = None, before: UUID | None = None, limit: int = 50
) -> list[Bulletin]:
    """Drafts in every state before publication."""
    return _page(Q(state__in=UNFINISHED), incident, before, limit)


def _page(wanted: Q, incident: UUID | None, before: UUID | None, limit: int) -> list[Bulletin]:
    rows = Bulletin.objects.filter(wanted).select_related("corrects")
    if incident is not None:
        rows = rows.filter(incident_id=incident)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])
