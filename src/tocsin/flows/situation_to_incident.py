"""From a danger that is watched to an incident that is managed.

Each time a situation opens or changes, the plans in force are asked whether one of their triggers
fires. What fires is proposed, with its reasons, rule and source; a person signs, changes or refuses.
A running response is proposed to be raised, and to be ended once nothing is in force that it answers.
The machine never proposes to lower a level: that is for those who see the ground.
"""

from collections.abc import Sequence
from uuid import UUID

from tocsin.flows.hearing import hears
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.rows import Text
from tocsin.spine.incidents import actions as incidents
from tocsin.spine.incidents.enums import IncidentState, ProposalKind, ProposalState
from tocsin.spine.incidents.models import Incident
from tocsin.spine.incidents.queries import incidents as incidents_by_state
from tocsin.spine.incidents.queries import open_of_situation, proposals, refused_before
from tocsin.spine.journal.models import Entry
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.communication.wording import in_languages
from tocsin.stages.readiness.plans.matching import Fired, InForce, answers, by_warning, reason
from tocsin.stages.readiness.plans.models import PlanVersion
from tocsin.stages.readiness.plans.queries import in_force
from tocsin.stages.reduction.situations.queries import state_at
from tocsin.stages.response.command.queries import active_of

OPEN = "Open an incident: {plan}, level {level}"
RAISE = "Raise the response to level {level}: {plan}"
END = "End the response: {plan}"
CLEAR = "Nothing is in force any more that this plan answers."
END_RULE = "all-clear"


@hears("situation.opened", "situation.changed", "situation.closed")
def propose(entry: Entry) -> None:
    """Proposes what the plans in force say about the hazard as it is now."""
    kind, act = entry.facts["kind"], Act(machine("plans"), Instant(entry.at))
    watched = _watched(act.at)
    for version in in_force():
        hazards = version.document.head.hazards
        if kind not in hazards:
            continue
        fired = by_warning(version.document, watched.get(kind, InForce(kind, {})))
        if fired is not None:
            _on_fired(act, UUID(entry.facts["situation"]), kind, version, fired)
        elif not any(answers(version.document, hazard) for hazard in watched.values()):
            _on_clear(act, version)


def _watched(at: Instant) -> dict[str, InForce]:
    """Every hazard in force at an instant, leaf by leaf."""
    found: dict[str, dict[str, WarningLevel | None]] = {}
    for (code, hazard), cell in state_at(at).cells.items():
        found.setdefault(hazard, {})[code] = _level(cell.level)
    return {hazard: InForce(hazard, levels) for hazard, levels in found.items()}


def _level(step: int | None) -> WarningLevel | None:
    return None if step is None else WarningLevel(step)


def _on_fired(act: Act, situation: UUID, kind: str, version: PlanVersion, fired: Fired) -> None:
    incident = open_of_situation(situation) or _running(version)
    level = fired.trigger.level
    if incident is None:
        _offer(act, ProposalKind.OPEN_INCIDENT, OPEN, situation, kind, version, fired, None)
        return
    running = active_of(incident.id, version.plan_id)
    if running is not None and level.level > running.level:
        _offer(act, ProposalKind.RESPONSE_LEVEL, RAISE, situation, kind, version, fired, incident)


def _running(version: PlanVersion) -> Incident | None:
    """The open incident in which this plan runs: one storm is one incident, whatever it brings."""
    rows = incidents_by_state(state=IncidentState.OPEN)
    return next((row for row in rows if active_of(row.id, version.plan_id)), None)


def _offer(
    act: Act,
    what: ProposalKind,
    title: str,
    situation: UUID,
    kind: str,
    version: PlanVersion,
    fired: Fired,
    incident: Incident | None,
) -> None:
    """Asks once for each trigger, and never again what was refused; a graver one takes the place of a
    milder one that still waits."""
    subject, level = f"situation:{situation}", fired.trigger.level
    if refused_before(subject, _rule(version, fired)):
        return
    for waiting in proposals(state=ProposalState.OPEN):
        milder = waiting.offer.get("plan") == version.plan_id and waiting.kind == what
        if milder and waiting.rule != _rule(version, fired):
            incidents.withdraw(act=act, proposal=waiting.id)
    incidents.propose(
        act=act,
        kind=what,
        subject=subject,
        title=_titled(title, version.document.head.title, level.value),
        reasons=[_reason(kind, fired)],
        rule=_rule(version, fired),
        source=fired.trigger.source,
        incident=incident.id if incident else None,
        offer={
            "plan": version.plan_id,
            "level": level.value,
            "incident_kind": version.document.head.incident,
            "situation": str(situation),
            "places": list(gazetteer().gather(fired.places)),
            "verified": fired.trigger.verified.value,
        },
    )


def _rule(version: PlanVersion, fired: Fired) -> str:
    return f"{version.plan_id}/{version.number}/{fired.trigger.id}"


def _reason(kind: str, fired: Fired) -> Text:
    pack = active_pack()
    level: Text = {}
    if fired.trigger.warning is not None:
        level = pack.ladders["warning"].step(WarningLevel[fired.trigger.warning]).name
    return reason(fired, hazard=pack.kinds[kind].name, level=level, places=_names(fired.places))


def _names(codes: Sequence[str]) -> list[Text]:
    rows = gazetteer().rows
    return [rows[code].name for code in gazetteer().gather(codes)]


def _titled(sentence: str, plan: Text, level: str = "") -> Text:
    return {
        language: words.format(plan=plan.get(language, ""), level=level)
        for language, words in in_languages(sentence, active_pack().languages).items()
    }


def _on_clear(act: Act, version: PlanVersion) -> None:
    """Proposes the end of a response whose dangers are all over; takes back what nobody has signed yet."""
    for waiting in proposals(state=ProposalState.OPEN):
        if waiting.offer.get("plan") == version.plan_id and waiting.kind != ProposalKind.END_RESPONSE:
            incidents.withdraw(act=act, proposal=waiting.id)
    incident = _running(version)
    if incident is None:
        return
    incidents.propose(
        act=act,
        kind=ProposalKind.END_RESPONSE,
        subject=f"incident:{incident.id}",
        title=_titled(END, version.document.head.title),
        reasons=[in_languages(CLEAR, active_pack().languages)],
        rule=f"{version.plan_id}/{version.number}/{END_RULE}",
        source=version.document.head.source,
        incident=incident.id,
        offer={"plan": version.plan_id, "incident": str(incident.id)},
    )
