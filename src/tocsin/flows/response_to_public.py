"""What the city itself says when its response starts, is raised and ends: an alert and a bulletin, drafted
from the record in the plan's own words. People submit and approve; nothing here publishes.
"""

from datetime import timedelta
from uuid import UUID

from tocsin.flows.hearing import hears
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import ResponseLevel, WarningLevel
from tocsin.spine.incidents.models import Incident
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.models import Entry
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.communication.alerts import actions as alerts
from tocsin.stages.communication.alerts import queries as alerted
from tocsin.stages.communication.alerts.content import Content
from tocsin.stages.communication.alerts.drafting import Template, Wording
from tocsin.stages.communication.alerts.enums import AlertKind, AlertState
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.alerts.record import facts, write
from tocsin.stages.communication.bulletins import actions as bulletins
from tocsin.stages.communication.bulletins.content import BulletinContent, Statement
from tocsin.stages.communication.wording import in_languages
from tocsin.stages.readiness.plans.document import Message, MessageKind
from tocsin.stages.readiness.plans.queries import version as version_by_id
from tocsin.stages.reduction.situations.queries import state_at

OVER = "The response has ended."


@hears("response.activated", "response.level_raised")
def draft(entry: Entry) -> None:
    """Drafts the alert and the bulletin that the plan has for this level."""
    incident, act = incident_by_id(UUID(entry.chain)), Act(machine("telling"), Instant(entry.at))
    document = version_by_id(UUID(entry.facts["plan_version"])).document
    level = ResponseLevel(entry.facts["level"])
    ends = Instant(act.at + timedelta(seconds=entry.facts["expected_seconds"]))
    strongest, places = _in_force(document.head.hazards, act.at)
    areas = places or tuple(incident.areas)
    for kind, tell in ((MessageKind.ALERT, _alert), (MessageKind.BULLETIN, _bulletin)):
        message = document.message(kind, level)
        if message is not None and areas:
            tell(act, incident, message, _content(incident, message, strongest, areas, act.at, ends, entry))


def _in_force(hazards: tuple[str, ...], at: Instant) -> tuple[WarningLevel | None, tuple[str, ...]]:
    """The strongest level in force among the plan's hazards, and where it is."""
    cells = [
        (code, WarningLevel(cell.level) if cell.level else None)
        for (code, hazard), cell in state_at(at).cells.items()
        if hazard in hazards
    ]
    strongest = max((level for _, level in cells if level is not None), default=None)
    places = [code for code, level in cells if level == strongest]
    return strongest, tuple(gazetteer().gather(dict.fromkeys(places)))


def _content(
    incident: Incident,
    message: Message,
    level: WarningLevel | None,
    areas: tuple[str, ...],
    starts: Instant,
    ends: Instant,
    entry: Entry,
) -> Content:
    known = facts(
        hazard=incident.kind,
        level=level,
        areas=areas,
        starts=starts,
        expires=ends,
        measures=tuple(entry.facts["measures"]),
    )
    words: Wording = write(known, Template(message.headline, message.description, message.instruction))
    return Content(
        level=level,
        areas=areas,
        starts=starts,
        expires=ends,
        headline=words.headline,
        description=words.description,
        instruction=words.instruction,
    )


def _alert(act: Act, incident: Incident, message: Message, content: Content) -> None:
    """A first alert, or the update of the one that is in force."""
    standing = _own_in_force(incident.id)
    if standing:
        alerts.update(act=act, alert=standing[-1].id, content=content)
    else:
        alerts.draft(act=act, hazard=incident.kind, content=content, incident=incident.id)


def _own_in_force(incident: UUID) -> list[Alert]:
    published = alerted.alerts(state=AlertState.PUBLISHED, incident=incident)
    return [alert for alert in published if alert.kind == AlertKind.OWN]


def _bulletin(act: Act, incident: Incident, message: Message, content: Content) -> None:
    pack = active_pack()
    known = Statement(
        text=dict(content.description),
        source=f"{pack.name[pack.languages[0]]} {incident.number}",
        verified=True,
    )
    bulletins.draft(
        act=act,
        hazard=incident.kind,
        content=BulletinContent(
            title=dict(content.headline), known=(known,), advice=dict(content.instruction)
        ),
        incident=incident.id,
    )


@hears("response.ended")
def call_off(entry: Entry) -> None:
    """Drafts the end of the city's own alerts."""
    incident = UUID(entry.chain)
    words = in_languages(OVER, active_pack().languages)
    act = Act(machine("telling"), Instant(entry.at), words[active_pack().languages[0]])
    for standing in _own_in_force(incident):
        alerts.cancel(act=act, alert=standing.id)
