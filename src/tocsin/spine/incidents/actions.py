"""Proposing and deciding; opening, grading, ending and closing an incident."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime

from tocsin.kernel.actors import Act, require_word
from tocsin.kernel.instants import Instant, iso
from tocsin.kernel.ladders import IncidentGrade
from tocsin.spine.incidents.enums import (
    INCIDENT_LIFE,
    PROPOSAL_LIFE,
    IncidentState,
    ProposalKind,
    ProposalState,
)
from tocsin.spine.incidents.models import Incident, Proposal
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.incidents.queries import proposal as proposal_by_id
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand


@transaction.atomic
def propose(
    *,
    act: Act,
    kind: ProposalKind,
    subject: str,
    title: Mapping[str, str],
    reasons: Sequence[Mapping[str, str]],
    rule: str,
    source: str,
    offer: Mapping[str, Any],
    incident: UUID | None = None,
) -> Proposal:
    """Offers a person something to sign. The same rule on the same subject is asked only once while open."""
    demand(act.by, Power.PROPOSAL_MAKE)
    waiting = Proposal.objects.filter(subject=subject, rule=rule, state=ProposalState.OPEN).first()
    if waiting is not None:
        return waiting
    made = Proposal.objects.create(
        kind=kind,
        subject=subject,
        incident_id=incident,
        title=dict(title),
        reasons=[dict(reason) for reason in reasons],
        rule=rule,
        source=source,
        offer=dict(offer),
        made_at=act.at,
    )
    _journal_proposal(act, "proposal.made", made, title=made.title, reasons=made.reasons, source=source)
    return made


@transaction.atomic
def sign(*, act: Act, proposal: UUID, changes: Mapping[str, Any] | None = None) -> Proposal:
    """Agrees to a proposal, as it stands or with changes; changes ask for a word of why."""
    demand(act.by, Power.PROPOSAL_DECIDE)
    if changes:
        require_word(act)
    locked = _locked_proposal(proposal)
    move = "change" if changes else "sign"
    return _decide(act, locked, move, {**locked.offer, **(changes or {})})


@transaction.atomic
def refuse(*, act: Act, proposal: UUID) -> Proposal:
    """Refuses a proposal, with a word of why."""
    demand(act.by, Power.PROPOSAL_DECIDE)
    require_word(act)
    return _decide(act, _locked_proposal(proposal), "refuse", None)


@transaction.atomic
def withdraw(*, act: Act, proposal: UUID) -> Proposal:
    """Takes a proposal back whose grounds are gone."""
    demand(act.by, Power.PROPOSAL_MAKE)
    return _decide(act, _locked_proposal(proposal), "withdraw", None)


def _decide(act: Act, proposal: Proposal, move: str, decision: dict[str, Any] | None) -> Proposal:
    proposal.state = PROPOSAL_LIFE.after(ProposalState(proposal.state), move)
    proposal.decision = decision
    proposal.decided_at = act.at
    proposal.decided_by = act.by.name
    proposal.word = act.word
    proposal.save()
    _journal_proposal(act, f"proposal.{_DONE[move]}", proposal, decision=decision)
    return proposal


_DONE = {"sign": "signed", "change": "changed", "refuse": "refused", "withdraw": "withdrawn"}


@transaction.atomic
def open_incident(
    *,
    act: Act,
    kind: str,
    title: Mapping[str, str],
    areas: Sequence[str] = (),
    situation: UUID | None = None,
    occurred_at: Instant | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Incident:
    """Opens an incident. Its number counts through the year of the desk's own calendar."""
    demand(act.by, Power.INCIDENT_OPEN)
    opened = Incident.objects.create(
        number=_next_number(act.at),
        title=dict(title),
        kind=kind,
        areas=list(areas),
        situation_id=situation,
        occurred_at=occurred_at,
        facts=dict(facts or {}),
        opened_at=act.at,
    )
    _journal(
        act,
        "incident.opened",
        opened,
        title=opened.title,
        areas=opened.areas,
        situation=_text(situation),
    )
    return opened


def _next_number(at: Instant) -> str:
    year = f"{localtime(at).year}-"
    last = Incident.objects.select_for_update().filter(number__startswith=year).order_by("-number").first()
    return f"{year}{int(last.number.removeprefix(year)) + 1 if last else 1:04d}"


@transaction.atomic
def regrade(
    *,
    act: Act,
    incident: UUID,
    grade: IncidentGrade,
    facts: Mapping[str, Any],
    reasons: Sequence[Any],
) -> Incident:
    """Sets the grade by the facts known now; every earlier grade stays in the journal."""
    demand(act.by, Power.INCIDENT_GRADE)
    locked = _locked(incident)
    was = locked.grade
    locked.grade = grade
    locked.facts = {**locked.facts, **facts}
    locked.save(update_fields=["grade", "facts"])
    _journal(
        act,
        "incident.graded",
        locked,
        grade=int(grade),
        was=was,
        facts=locked.facts,
        reasons=list(reasons),
    )
    return locked


@transaction.atomic
def end(*, act: Act, incident: UUID) -> Incident:
    """Ends the response; the review begins."""
    demand(act.by, Power.INCIDENT_CLOSE)
    return _move(act, incident, "end", "incident.ended", ended_at=act.at)


@transaction.atomic
def reopen(*, act: Act, incident: UUID) -> Incident:
    """Takes up an ended incident again, with a word of why."""
    demand(act.by, Power.INCIDENT_OPEN)
    require_word(act)
    return _move(act, incident, "reopen", "incident.reopened", ended_at=None)


@transaction.atomic
def close(*, act: Act, incident: UUID) -> Incident:
    """Closes an incident for good, after its review."""
    demand(act.by, Power.INCIDENT_CLOSE)
    return _move(act, incident, "close", "incident.closed", closed_at=act.at)


def _move(act: Act, key: UUID, move: str, kind: str, **columns: Instant | None) -> Incident:
    locked = _locked(key)
    locked.state = INCIDENT_LIFE.after(IncidentState(locked.state), move)
    for column, value in columns.items():
        setattr(locked, column, value)
    locked.save(update_fields=["state", *columns])
    _journal(act, kind, locked)
    return locked


def _locked(key: UUID) -> Incident:
    return Incident.objects.select_for_update().filter(id=key).first() or incident_by_id(key)


def _locked_proposal(key: UUID) -> Proposal:
    return Proposal.objects.select_for_update().filter(id=key).first() or proposal_by_id(key)


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def _journal(act: Act, kind: str, incident: Incident, **more: Any) -> None:
    body = {"incident": str(incident.id), "number": incident.number, "kind": incident.kind}
    append(chain=str(incident.id), kind=kind, act=act, body={**body, **more})


def _journal_proposal(act: Act, kind: str, proposal: Proposal, **more: Any) -> None:
    body = {
        "proposal": str(proposal.id),
        "kind": proposal.kind,
        "subject": proposal.subject,
        "rule": proposal.rule,
        "made_at": iso(Instant(proposal.made_at)),
    }
    append(
        chain=str(proposal.incident_id) if proposal.incident_id else DESK,
        kind=kind,
        act=act,
        body={**body, **more},
    )
