"""From a signed proposal to a response that runs: the plan starts whole, in the signer's name.

One step opens the incident and activates the plan (posts, tasks, orders, needs, clocks); the duty to
report begins and what the public is told is drafted. A raise does the same for what it adds.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tocsin.flows.acting import act_of
from tocsin.flows.hearing import hears
from tocsin.flows.orders import orders
from tocsin.kernel.actors import Act
from tocsin.kernel.errors import NotFound
from tocsin.kernel.ladders import ResponseLevel
from tocsin.spine.incidents import actions as incidents
from tocsin.spine.incidents.enums import ProposalKind
from tocsin.spine.journal.models import Entry
from tocsin.stages.readiness.plans.models import PlanVersion
from tocsin.stages.readiness.plans.queries import current
from tocsin.stages.response.command import actions as command
from tocsin.stages.response.command.queries import active_of


@hears("proposal.signed", "proposal.changed")
def carry_out(entry: Entry) -> None:
    """Does what was agreed to."""
    act, decision = act_of(entry), entry.facts["decision"]
    kind = entry.facts["kind"]
    if kind == ProposalKind.OPEN_INCIDENT:
        _open(act, decision)
    elif kind == ProposalKind.RESPONSE_LEVEL:
        activate(act=act, incident=UUID(entry.chain), decision=decision)
    elif kind == ProposalKind.END_RESPONSE:
        _end(act, UUID(decision["incident"]))


def _open(act: Act, decision: Mapping[str, Any]) -> None:
    version = _version(decision)
    opened = incidents.open_incident(
        act=act,
        kind=decision["incident_kind"],
        title=version.document.head.title,
        areas=decision["places"],
        situation=UUID(decision["situation"]),
        occurred_at=act.at,
    )
    activate(act=act, incident=opened.id, decision=decision)


def activate(*, act: Act, incident: UUID, decision: Mapping[str, Any]) -> None:
    """Starts the plan named in `decision` at its level, or raises it there where it runs."""
    version, level = _version(decision), ResponseLevel[decision["level"]]
    planned = orders(version, version.document, level, act.at)
    if active_of(incident, version.plan_id):
        command.raise_level(act=act, incident=incident, level=level, plan=planned)
    else:
        command.activate(act=act, incident=incident, plan=planned, level=level)


def _end(act: Act, incident: UUID) -> None:
    command.end_response(act=act, incident=incident)
    incidents.end(act=act, incident=incident)


def _version(decision: Mapping[str, Any]) -> PlanVersion:
    version = current(decision["plan"])
    if version is None:
        raise NotFound(
            "plan.not_in_force",
            "No version of the plan “{plan}” is in force.",
            cure="Have a version approved; see the plan's page.",
            plan=decision["plan"],
        )
    return version
