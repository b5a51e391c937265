"""Reports upwards: drafted from the record when a response starts and when it ends, and due again at the
plan's own pace in between. Sending never waits for anybody's approval.
"""

from uuid import UUID

from tocsin.flows.hearing import hears
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.errors import NotFound
from tocsin.kernel.instants import Instant
from tocsin.packs.durations import Duration
from tocsin.packs.rows import say
from tocsin.spine.clocks import actions as clocks
from tocsin.spine.incidents.models import Incident
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.models import Entry
from tocsin.spine.people.enums import Power, Role
from tocsin.spine.people.queries import demand, first_post
from tocsin.spine.places.queries import active_pack, gazetteer
from tocsin.stages.communication.wording import in_languages
from tocsin.stages.readiness.plans.document import LevelName, Reports
from tocsin.stages.readiness.plans.queries import version as version_by_id
from tocsin.stages.reduction.signals.queries import signals_of
from tocsin.stages.reduction.situations.queries import situation
from tocsin.stages.response.command.enums import TaskState
from tocsin.stages.response.command.queries import activations, tasks
from tocsin.stages.response.reports import actions as reports
from tocsin.stages.response.reports.drafting import Known, draft
from tocsin.stages.response.reports.enums import ReportKind
from tocsin.stages.response.reports.models import Report

FOLLOW_UP = "report.follow_up"
NEXT = "Follow-up report"


@hears("response.activated")
def first(entry: Entry) -> None:
    """Drafts the first report as soon as a response runs."""
    draft_from_record(act=_act(entry), incident=UUID(entry.chain), kind=ReportKind.FIRST)


@hears("response.ended")
def last(entry: Entry) -> None:
    """Drafts the final report; no follow-up is due any more."""
    clocks.cancel(act=_act(entry), subject=reports.subject(UUID(entry.chain)), rule=FOLLOW_UP)
    draft_from_record(act=_act(entry), incident=UUID(entry.chain), kind=ReportKind.FINAL)


@hears("report.sent")
def due_again(entry: Entry) -> None:
    """The next follow-up is due at the pace of the plan's present level."""
    incident, act = incident_by_id(UUID(entry.chain)), _act(entry)
    pace = _pace(incident)
    if entry.facts["kind"] == ReportKind.FINAL or pace is None:
        return
    told, level = pace
    clocks.start(
        act=act,
        subject=reports.subject(incident.id),
        rule=FOLLOW_UP,
        name=in_languages(NEXT, active_pack().languages),
        due=Duration.parse(told.follow_up[level]).after(act.at, active_pack().zone),
        incident=incident.id,
        owner=first_post(Role.DUTY_OFFICER),
        source=told.source,
    )


def _pace(incident: Incident) -> tuple[Reports, LevelName] | None:
    for row in activations(incident.id, active_only=True):
        told = version_by_id(row.plan_version).document.reports
        level = next(name for name in LevelName if name.level == row.level)
        if told is not None and level in told.follow_up:
            return told, level
    return None


def draft_from_record(*, act: Act, incident: UUID, kind: ReportKind) -> Report:
    """A report as the record supports it now, in the jurisdiction's own language.

    Raises `NotFound` before any plan has run: then nobody has said to whom reports go.
    """
    demand(act.by, Power.REPORT_DRAFT)
    row, pack = incident_by_id(incident), active_pack()
    ran = activations(incident)
    told = version_by_id(ran[-1].plan_version).document.reports if ran else None
    if told is None:
        raise NotFound(
            "report.no_addressee",
            "No plan has said to whom reports on this incident go.",
            cure="Write the report by hand and name the authority.",
        )
    done = tasks(incident, state=TaskState.DONE)
    known = Known(
        kind_name=pack.kinds[row.kind].name,
        title=row.title,
        occurred_at=Instant(row.occurred_at or row.opened_at),
        places=tuple(gazetteer().rows[code].name for code in row.areas),
        facts=row.facts,
        evidence=_evidence(row),
        done=tuple(task.title for task in done),
        measures=tuple(ran[-1].measures),
        unit=say(pack.name, pack.languages[0]),
    )
    body = draft(known, language=pack.languages[0], zone=pack.zone)
    return reports.draft_report(
        act=act, incident=incident, kind=kind, to=say(told.to, pack.languages[0]), body=body
    )


def _evidence(incident: Incident) -> tuple[str, ...]:
    """The titles of the messages that the incident's situation rests on."""
    if incident.situation_id is None:
        return ()
    return tuple(signal.title for signal in signals_of(situation(incident.situation_id).evidence))


def _act(entry: Entry) -> Act:
    return Act(machine("reporting"), Instant(entry.at))
