"""Finding reports."""

from uuid import UUID

from tocsin.kernel.errors import NotFound
from tocsin.stages.response.reports.enums import ReportKind, ReportState
from tocsin.stages.response.reports.models import Report


def report(key: UUID) -> Report:
    """The report with this id. Raises `NotFound`."""
    found = Report.objects.filter(id=key).first()
    if found is None:
        raise NotFound(
            "report.unknown", "There is no such report.", cure="See the incident's reports.", report=str(key)
        )
    return found


def reports(
    incident: UUID, *, kind: ReportKind | None = None, after: UUID | None = None, limit: int = 100
) -> list[Report]:
    """The reports on an incident, drafts and all versions, by id (the oldest first)."""
    rows = Report.objects.filter(incident_id=incident).select_related("corrects")
    if kind is not None:
        rows = rows.filter(kind=kind)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return list(rows.order_by("id")[:limit])


def latest_sent(incident: UUID) -> Report | None:
    """What was last told upwards."""
    rows = Report.objects.filter(incident_id=incident, state=ReportState.SENT)
    return rows.order_by("-sent_at", "-id").first()
