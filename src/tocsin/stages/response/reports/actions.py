"""Drafting, sending and correcting reports upwards.

Nobody may interfere with reporting (Emergency Response Law of the PRC, 2024, Art. 61): there is no
approval here. Whoever has the right to send sends, also one's own draft, also with gaps in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.errors import Illegal, Malformed
from tocsin.kernel.instants import after
from tocsin.spine.clocks.actions import meet, start
from tocsin.spine.incidents.models import Incident
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.actions import append
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.response.reports.body import Body, read
from tocsin.stages.response.reports.enums import REPORT_LIFE, ReportKind, ReportState
from tocsin.stages.response.reports.models import Report
from tocsin.stages.response.reports.queries import report as report_by_id


@dataclass(frozen=True)
class Cadence:
    """How often a follow-up is due until the final report, and which rule says so."""

    every: timedelta
    rule: str
    name: Mapping[str, str]
    owner: str = ""
    source: str = ""
    verified: str = ""


def subject(incident: UUID) -> str:
    """What the deadlines for reports on an incident are called."""
    return f"report:{incident}"


@transaction.atomic
def draft_report(
    *,
    act: Act,
    incident: UUID,
    kind: ReportKind,
    to: str,
    body: Mapping[str, Any] | Body,
    rule: str = "",
) -> Report:
    """Writes a draft. `rule` is the statutory clock that sending it meets; empty: all that are open."""
    demand(act.by, Power.REPORT_DRAFT)
    said = read(body)
    _check_addressee(to)
    _lock_incident(incident)
    drafted = Report.objects.create(
        incident_id=incident,
        kind=kind,
        number=_next_number(incident, kind),
        to=to,
        rule=rule,
        body=said.plain(),
        drafted_by=act.by.name,
        drafted_at=act.at,
    )
    _journal(act, "report.drafted", drafted)
    return drafted


def _check_addressee(to: str) -> None:
    if not to.strip():
        raise Malformed(
            "report.nobody", "A report needs somebody it goes to.", cure="Name the authority.", where="to"
        )


def _lock_incident(incident: UUID) -> None:
    """Numbers are given while the incident is locked. Raises `NotFound`."""
    Incident.objects.select_for_update().filter(id=incident).first() or incident_by_id(incident)


def _next_number(incident: UUID, kind: ReportKind) -> int:
    last = Report.objects.filter(incident_id=incident, kind=kind).order_by("-number")
    return (last.values_list("number", flat=True).first() or 0) + 1


@transaction.atomic
def revise_report(*, act: Act, report: UUID, body: Mapping[str, Any] | Body) -> Report:
    """Changes a draft."""
    demand(act.by, Power.REPORT_DRAFT)
    said = read(body)
    locked = _locked(report)
    locked.body = said.plain()
    return _move(act, locked, "revise", "report.revised")


@transaction.atomic
def discard_report(*, act: Act, report: UUID) -> Report:
    """Discards a draft, with a word of why; it stays on the record."""
    demand(act.by, Power.REPORT_DRAFT)
    require_word(act)
    return _move(act, _locked(report), "discard", "report.discarded")


@transaction.atomic
def send_report(*, act: Act, report: UUID, cadence: Cadence | None = None) -> Report:
    """Sends a report. It meets the clock that it answers; the final report meets all.

    A first or follow-up report starts the clock of the next one, where a cadence is given. A correction
    neither meets nor starts a clock: the duty was done, or not, by what it corrects.
    """
    demand(act.by, Power.REPORT_SEND)
    locked = _locked(report)
    final = locked.kind == ReportKind.FINAL
    if locked.corrects_id is None:
        meet(act=act, subject=subject(locked.incident_id), rule=None if final else locked.rule or None)
    locked.sent_by, locked.sent_at = act.by.name, act.at
    unknown = read(locked.body).unknown()
    sent = _move(act, locked, "send", "report.sent", body=locked.body, unknown=unknown)
    if cadence is not None and locked.corrects_id is None and not _told_finally(sent.incident_id):
        _await_next(act, sent, cadence)
    return sent


def _told_finally(incident: UUID) -> bool:
    final = Report.objects.filter(incident_id=incident, kind=ReportKind.FINAL, state=ReportState.SENT)
    return final.exists()


def _await_next(act: Act, sent: Report, cadence: Cadence) -> None:
    start(
        act=act,
        subject=subject(sent.incident_id),
        rule=cadence.rule,
        name=cadence.name,
        due=after(act.at, cadence.every),
        incident=sent.incident_id,
        owner=cadence.owner,
        source=cadence.source,
        verified=cadence.verified,
    )


@transaction.atomic
def correct_report(*, act: Act, report: UUID, body: Mapping[str, Any] | Body) -> Report:
    """Drafts a correction of a report that was sent, with a word of why. What was sent stays as it is.

    Raises `Illegal` for what was not sent, or has a correction already: then that one is corrected.
    """
    demand(act.by, Power.REPORT_DRAFT)
    require_word(act)
    said = read(body)
    wrong = _locked(report)
    REPORT_LIFE.after(ReportState(wrong.state), "correct")
    _check_uncorrected(wrong)
    drafted = Report.objects.create(
        incident_id=wrong.incident_id,
        kind=wrong.kind,
        number=wrong.number,
        version=_next_version(wrong),
        corrects=wrong,
        to=wrong.to,
        rule=wrong.rule,
        body=said.plain(),
        drafted_by=act.by.name,
        drafted_at=act.at,
    )
    _journal(act, "report.correction_drafted", drafted)
    return drafted


def _check_uncorrected(wrong: Report) -> None:
    later = wrong.corrections.exclude(state=ReportState.DISCARDED).first()
    if later is not None:
        raise Illegal(
            "report.corrected",
            "This report has a correction already, version {version}.",
            cure="Correct that version, or change its draft.",
            version=later.version,
        )


def _next_version(wrong: Report) -> int:
    same = Report.objects.filter(incident_id=wrong.incident_id, kind=wrong.kind, number=wrong.number)
    return same.order_by("-version").values_list("version", flat=True)[0] + 1


def _locked(key: UUID) -> Report:
    return Report.objects.select_for_update().filter(id=key).first() or report_by_id(key)


def _move(act: Act, report: Report, move: str, kind: str, **more: Any) -> Report:
    report.state = REPORT_LIFE.after(ReportState(report.state), move)
    report.save()
    _journal(act, kind, report, **more)
    return report


def _journal(act: Act, kind: str, report: Report, **more: Any) -> None:
    body = {
        "report": str(report.id),
        "incident": str(report.incident_id),
        "kind": report.kind,
        "number": report.number,
        "version": report.version,
        "to": report.to,
        "rule": report.rule,
        "corrects": str(report.corrects_id) if report.corrects_id else None,
    }
    append(chain=str(report.incident_id), kind=kind, act=act, body={**body, **more})
