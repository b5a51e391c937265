"""Reports upwards."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tocsin.api.caller import Asked, act_of
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Page, Prose, Word, page
from tocsin.flows.reporting import draft_from_record
from tocsin.spine.people.enums import Power
from tocsin.stages.response.reports import actions, queries
from tocsin.stages.response.reports.enums import REPORT_LIFE, ReportKind, ReportState
from tocsin.stages.response.reports.models import Report

room = Room("reports")
Count = Annotated[int, Field(ge=0, le=10**9)]


class CasualtiesForm(Schema):
    """Persons; none: not known yet."""

    deaths: Count | None = None
    missing: Count | None = None
    injured: Count | None = None


class BodyForm(Schema):
    """What a report says; an empty text is not known."""

    unit: Prose = ""
    time: Prose = ""
    place: Prose = ""
    source: Prose = ""
    nature: Prose = ""
    extent: Prose = ""
    course: Prose = ""
    casualties: CasualtiesForm = CasualtiesForm()
    loss: Prose = ""
    measures: Prose = ""
    trend: Prose = ""
    other: Prose = ""


class ReportOut(Schema):
    """One version of one report."""

    id: UUID
    incident_id: UUID
    kind: ReportKind
    number: int
    version: int
    corrects_id: UUID | None
    to: str
    rule: str
    body: BodyForm
    unknown: list[str]
    state: ReportState
    drafted_by: str
    drafted_at: datetime
    sent_by: str
    sent_at: datetime | None
    moves: list[str]

    @staticmethod
    def resolve_unknown(row: Report) -> list[str]:
        return row.said.unknown()

    @staticmethod
    def resolve_moves(row: Report) -> list[str]:
        return list(REPORT_LIFE.open_to(ReportState(row.state)))


class ReportIn(Word):
    """A report to draft. `rule` is the statutory clock that it answers; empty: all that wait for one."""

    kind: ReportKind
    to: Prose
    body: BodyForm
    rule: Code | None = None


class DrawnIn(Word):
    """The kind of report to draw from the record."""

    kind: ReportKind


class BodyIn(Word):
    """What the report says now."""

    body: BodyForm


@room.look("/incidents/{incident}/reports", Page[ReportOut])
def list_reports(
    request: Asked,
    incident: UUID,
    kind: ReportKind | None = None,
    after: UUID | None = None,
    limit: Limit = 100,
) -> Any:
    """The reports on an incident, drafts and all versions."""
    return page(queries.reports(incident, kind=kind, after=after, limit=limit), limit, "id")


@room.look("/reports/{report}", ReportOut)
def get(request: Asked, report: UUID) -> Any:
    """One version of a report."""
    return queries.report(report)


@room.change("/incidents/{incident}/reports/drawn", ReportOut, Power.REPORT_DRAFT)
def draw(request: Asked, incident: UUID, body: DrawnIn) -> Any:
    """Drafts a report as the record supports it now."""
    return draft_from_record(act=act_of(request, body.word), incident=incident, kind=body.kind)


@room.change("/incidents/{incident}/reports", ReportOut, Power.REPORT_DRAFT)
def draft(request: Asked, incident: UUID, body: ReportIn) -> Any:
    """Drafts a report."""
    return actions.draft_report(
        act=act_of(request, body.word),
        incident=incident,
        kind=body.kind,
        to=body.to,
        body=body.body.dict(),
        rule=body.rule or "",
    )


@room.change("/reports/{report}/revise", ReportOut, Power.REPORT_DRAFT)
def revise(request: Asked, report: UUID, body: BodyIn) -> Any:
    """Changes a draft."""
    return actions.revise_report(act=act_of(request, body.word), report=report, body=body.body.dict())


@room.change("/reports/{report}/discard", ReportOut, Power.REPORT_DRAFT)
def discard(request: Asked, report: UUID, body: Word) -> Any:
    """Discards a draft, with a word of why."""
    return actions.discard_report(act=act_of(request, body.word), report=report)


@room.change("/reports/{report}/send", ReportOut, Power.REPORT_SEND)
def send(request: Asked, report: UUID, body: Word) -> Any:
    """Sends a report; nobody has to approve it."""
    return actions.send_report(act=act_of(request, body.word), report=report)


@room.change("/reports/{report}/correct", ReportOut, Power.REPORT_DRAFT)
def correct(request: Asked, report: UUID, body: BodyIn) -> Any:
    """Drafts a correction of a report that was sent, with a word of why."""
    return actions.correct_report(act=act_of(request, body.word), report=report, body=body.body.dict())
