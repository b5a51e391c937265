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
from tocsin.packs.rows import Text
from tocsin.spine.incidents import actions as incidents
from tocsin.spine.incidents.enums import ProposalKind
from tocsin.spine.journal.models import Entry
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack
from tocsin.stages.communication.wording import in_languages
from tocsin.stages.readiness.plans.models import PlanVersion
from tocsin.stages.readiness.plans.queries import current
from tocsin.stages.response.command import actions as command
from tocsin.stages.response.command.models import Activation
from tocsin.stages.response.command.queries import active_of

TITLE = "{kind} of {day}"


@hears("proposal.signed", "proposal.changed")
def carry_out(entry: Entry) -> None:
    """Does what was agreed to."""
    act, decision = act_of(entry), entry.facts["decision"]
    kind = entry.facts["kind"]
    if kind == ProposalKind.OPEN_INCIDENT:
        _open(act, decision)
    elif kind == ProposalKind.RESPONSE_LEVEL:
        _bring_to(act, UUID(entry.chain), decision["plan"], ResponseLevel[decision["level"]])
    elif kind == ProposalKind.END_RESPONSE:
        _end(act, UUID(decision["incident"]))


def _open(act: Act, decision: Mapping[str, Any]) -> None:
    opened = incidents.open_incident(
        act=act,
        kind=decision["incident_kind"],
        title=_title(act, decision["incident_kind"]),
        areas=decision["places"],
        situation=UUID(decision["situation"]),
        occurred_at=act.at,
    )
    _bring_to(act, opened.id, decision["plan"], ResponseLevel[decision["level"]])


def _title(act: Act, kind: str) -> Text:
    """What happens and since which day, as people will call it."""
    pack = active_pack()
    day = act.at.astimezone(pack.zone).date().isoformat()
    return {
        language: words.format(kind=pack.kinds[kind].name.get(language, kind), day=day)
        for language, words in in_languages(TITLE, pack.languages).items()
    }


def set_level(*, act: Act, incident: UUID, plan: str, level: ResponseLevel) -> Activation:
    """Starts a plan at a level by hand; where it runs already, raises or lowers it there.

    Raises `Forbidden` before anything is looked up, `NotFound` where no version of the plan is in force,
    `Illegal` where it runs at this level.
    """
    demand(act.by, Power.RESPONSE_LEVEL)
    return _bring_to(act, incident, plan, level)


def _bring_to(act: Act, incident: UUID, plan: str, level: ResponseLevel) -> Activation:
    """What a signature on a proposal carries: its own right was judged when it was given."""
    version = _version(plan)
    planned = orders(version, version.document, level, act.at)
    running = active_of(incident, plan)
    if running is None:
        return command.activate(act=act, incident=incident, plan=planned, level=level)
    if level < running.level:
        return command.lower_level(act=act, incident=incident, level=level, plan=planned)
    return command.raise_level(act=act, incident=incident, level=level, plan=planned)


def _end(act: Act, incident: UUID) -> None:
    command.end_response(act=act, incident=incident)
    incidents.end(act=act, incident=incident)


def _version(plan: str) -> PlanVersion:
    version = current(plan)
    if version is None:
        raise NotFound(
            "plan.not_in_force",
            "No version of the plan “{plan}” is in force.",
            cure="Have a version approved; see the plan's page.",
            plan=plan,
        )
    return version
