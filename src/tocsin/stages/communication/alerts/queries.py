"""Reading alerts at the desk: drafts, what waits for a second person, chains. The public reads `public`."""

from uuid import UUID

from django.db.models import Q

from tocsin.kernel.errors import NotFound
from tocsin.stages.communication.alerts.enums import UNFINISHED, AlertState
from tocsin.stages.communication.alerts.models import Alert


def alert(key: UUID | str) -> Alert:
    """The alert with this id. Raises `NotFound`."""
    found = Alert.objects.select_related("previous").filter(id=key).first()
    if found is None:
        raise unknown(key)
    return found


def unknown(key: UUID | str) -> NotFound:
    """What is said where there is no such alert, or none that the asker may see."""
    return NotFound(
        "alert.unknown", "There is no such alert.", cure="See the list of alerts.", alert=str(key)
    )


def alerts(
    *,
    state: AlertState | None = None,
    incident: UUID | None = None,
    before: UUID | None = None,
    limit: int = 50,
) -> list[Alert]:
    """Alerts with their `previous`, the newest first; `before` is the last id of the page before."""
    return _page(_of(incident, Q(state=state) if state else Q()), before, limit)


def waiting(*, incident: UUID | None = None, before: UUID | None = None, limit: int = 50) -> list[Alert]:
    """Drafts that wait for a second person."""
    return _page(_of(incident, Q(state=AlertState.SUBMITTED)), before, limit)


def unfinished(*, incident: UUID | None = None, before: UUID | None = None, limit: int = 50) -> list[Alert]:
    """Drafts in every state before publication."""
    return _page(_of(incident, Q(state__in=UNFINISHED)), before, limit)


def chain(key: UUID) -> list[Alert]:
    """The whole chain that an alert belongs to, drafts too, the oldest first."""
    root = alert(key).first
    return list(Alert.objects.filter(Q(id=root) | Q(root=root)).select_related("previous").order_by("id"))


def _of(incident: UUID | None, wanted: Q) -> Q:
    return wanted & Q(incident_id=incident) if incident else wanted


def _page(wanted: Q, before: UUID | None, limit: int) -> list[Alert]:
    rows = Alert.objects.filter(wanted).select_related("previous")
    return list((rows.filter(id__lt=before) if before else rows).order_by("-id")[:limit])


def of_situation(situation: UUID) -> list[Alert]:
    """The alerts about one situation, the oldest first: bounded by what one danger can bring."""
    return list(Alert.objects.filter(situation_id=situation).select_related("previous").order_by("id"))
