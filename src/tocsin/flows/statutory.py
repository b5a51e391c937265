"""The clocks of the law: which journal entry starts which, and which shows that a duty is done.

The pack tells clocks in its own words for what happens in the house; this table says which entry of
the journal each of those words is. A clock that no entry can show as met is met by a person.
"""

from uuid import UUID

from tocsin.flows.hearing import hears
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import IncidentGrade
from tocsin.packs.clocks import ClockRule, Event, due, due_again, started_by
from tocsin.spine.clocks import actions as clocks
from tocsin.spine.incidents.models import Incident
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.models import Entry
from tocsin.spine.people.enums import Role
from tocsin.spine.people.queries import first_post
from tocsin.spine.places.queries import active_pack

EVENTS = {
    "incident.opened": Event.INCIDENT_OPENED,
    "incident.graded": Event.INCIDENT_GRADED,
    "incident.closed": Event.INCIDENT_CLOSED,
    "alert.published": Event.ALERT_PUBLISHED,
    "alert.cancelled": Event.ALERT_CANCELLED,
    "response.activated": Event.RESPONSE_ACTIVATED,
    "response.ended": Event.RESPONSE_ENDED,
    "order.given": Event.ORDER_ISSUED,
    "report.sent": Event.REPORT_SENT,
    "bulletin.published": Event.BULLETIN_PUBLISHED,
    "review.closed": Event.REVIEW_CLOSED,
}


def subject_of(incident: UUID) -> str:
    """How a deadline names the incident that it belongs to."""
    return f"incident:{incident}"


@hears(*EVENTS)
def start_and_meet(entry: Entry) -> None:
    """Meets what this entry shows as done, then starts what it brings due."""
    incident = _incident(entry)
    if incident is None:
        return
    event, act = EVENTS[entry.kind], Act(machine("statutory"), Instant(entry.at))
    rules = active_pack().clocks
    for rule in rules.values():
        if rule.met is event:
            clocks.meet(act=act, subject=subject_of(incident.id), rule=rule.id)
    grade = IncidentGrade(incident.grade).name if incident.grade else None
    for rule in started_by(rules, active_pack().kinds, event, incident.kind, grade):
        _start(act, incident, rule, _due(rule, act.at))


@hears("clock.met", "clock.met_late")
def start_again(entry: Entry) -> None:
    """A repeating duty is due again, counted from when it was due, while its incident is open."""
    rule = active_pack().clocks.get(entry.facts["rule"])
    incident = _incident(entry)
    if rule is None or incident is None or incident.state != "open":
        return
    act = Act(machine("statutory"), Instant(entry.at))
    again = due_again(rule, act.at, active_pack().zone)
    if again is not None:
        _start(act, incident, rule, again)


def _start(act: Act, incident: Incident, rule: ClockRule, when: Instant) -> None:
    clocks.start(
        act=act,
        subject=subject_of(incident.id),
        rule=rule.id,
        name=rule.name,
        due=when,
        incident=incident.id,
        owner=first_post(Role.DUTY_OFFICER),
        source=rule.source,
        verified=rule.verified.value,
    )


def _due(rule: ClockRule, start: Instant) -> Instant:
    pack = active_pack()
    return due(rule, start, pack.zone, pack.patience)


def _incident(entry: Entry) -> Incident | None:
    try:
        key = UUID(entry.chain)
    except ValueError:
        return None
    return incident_by_id(key)
