"""States of an incident and of a proposal, their moves, and what they announce."""

from enum import StrEnum

from tocsin.kernel.moves import Life


class IncidentState(StrEnum):
    """An incident is open from its first minute to its review."""

    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"


INCIDENT_LIFE: Life[IncidentState] = Life(
    "incident",
    {
        "end": (frozenset({IncidentState.OPEN}), IncidentState.ENDED),
        "reopen": (frozenset({IncidentState.ENDED}), IncidentState.OPEN),
        "close": (frozenset({IncidentState.ENDED}), IncidentState.CLOSED),
    },
)


class ProposalState(StrEnum):
    """The machine proposes, a person signs, changes or refuses."""

    OPEN = "open"
    SIGNED = "signed"
    CHANGED = "changed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


PROPOSAL_LIFE: Life[ProposalState] = Life(
    "proposal",
    {
        "sign": (frozenset({ProposalState.OPEN}), ProposalState.SIGNED),
        "change": (frozenset({ProposalState.OPEN}), ProposalState.CHANGED),
        "refuse": (frozenset({ProposalState.OPEN}), ProposalState.REFUSED),
        "withdraw": (frozenset({ProposalState.OPEN}), ProposalState.WITHDRAWN),
    },
)


class ProposalKind(StrEnum):
    """What may be proposed."""

    OPEN_INCIDENT = "open_incident"
    RESPONSE_LEVEL = "response_level"
    GRADE = "grade"
    END_RESPONSE = "end_response"
    ISSUE_ALERT = "issue_alert"
    CANCEL_ALERT = "cancel_alert"


ANNOUNCES = {
    "proposal.made": "The machine proposed something, with its reasons.",
    "proposal.signed": "A person agreed to a proposal.",
    "proposal.changed": "A person agreed to a proposal with changes.",
    "proposal.refused": "A person refused a proposal, with a word of why.",
    "proposal.withdrawn": "A proposal lost its grounds and was withdrawn.",
    "incident.opened": "An incident was opened.",
    "incident.graded": "An incident was graded.",
    "incident.ended": "The response to an incident ended; its review began.",
    "incident.reopened": "An incident was opened again.",
    "incident.closed": "An incident was closed after its review.",
}
