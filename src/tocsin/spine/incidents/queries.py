"""Finding incidents and proposals."""

from uuid import UUID

from tocsin.kernel.errors import NotFound
from tocsin.kernel.instants import Instant
from tocsin.spine.incidents.enums import IncidentState, ProposalState
from tocsin.spine.incidents.models import Incident, Proposal


def incident(key: UUID | str) -> Incident:
    """The incident with this id. Raises `NotFound`."""
    found = Incident.objects.filter(id=key).first()
    if found is None:
        raise NotFound(
            "incident.unknown",
            "There is no such incident.",
            cure="See the list of incidents.",
            incident=str(key),
        )
    return found


def incidents(
    *, state: IncidentState | None = None, before: Instant | None = None, limit: int = 50
) -> list[Incident]:
    """Incidents, the newest first; `before` is the key of the next page."""
    rows = Incident.objects.all()
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(opened_at__lt=before)
    return list(rows.order_by("-opened_at", "-id")[:limit])


def open_of_situation(situation: UUID) -> Incident | None:
    """The open incident that grew out of a situation. One that has ended is no longer open: what the same
    danger does next is a new one."""
    rows = Incident.objects.filter(situation_id=situation, state=IncidentState.OPEN)
    return rows.order_by("-opened_at").first()


def proposal(key: UUID | str) -> Proposal:
    """The proposal with this id. Raises `NotFound`."""
    found = Proposal.objects.filter(id=key).first()
    if found is None:
        raise NotFound(
            "proposal.unknown",
            "There is no such proposal.",
            cure="See the desk.",
            proposal=str(key),
        )
    return found


def proposals(
    *, incident: UUID | None = None, state: ProposalState | None = None, limit: int = 50
) -> list[Proposal]:
    """Proposals, the newest first."""
    rows = Proposal.objects.all()
    if incident is not None:
        rows = rows.filter(incident_id=incident)
    if state is not None:
        rows = rows.filter(state=state)
    return list(rows.order_by("-made_at", "-id")[:limit])


def refused_before(subject: str, rule: str) -> bool:
    """Whether a person has refused what this rule proposes about this subject."""
    return Proposal.objects.filter(subject=subject, rule=rule, state=ProposalState.REFUSED).exists()
