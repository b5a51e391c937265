"""Drafting, submitting, approving plans. Who wrote a version can't approve it; nothing unapproved runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, machine, require_word
from tocsin.kernel.errors import Forbidden, Malformed
from tocsin.kernel.instants import Instant
from tocsin.packs.clocks import Event, due, started_by
from tocsin.packs.durations import Duration
from tocsin.packs.pack import Pack
from tocsin.spine.clocks.actions import start
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack
from tocsin.stages.readiness.plans.document import PlanDocument, parse
from tocsin.stages.readiness.plans.enums import VERSION_LIFE, VersionState
from tocsin.stages.readiness.plans.lint import Finding, lint
from tocsin.stages.readiness.plans.models import Plan, PlanVersion
from tocsin.stages.readiness.plans.queries import plan as plan_by_code
from tocsin.stages.readiness.plans.queries import version as version_by_id

REVIEW = "plan.review"
"""The rule of the deadline by which a plan must be looked at again."""


@dataclass(frozen=True)
class Checked:
    """A plan file as it was read, with what is wrong in it."""

    document: PlanDocument
    findings: list[Finding]


def check_file(path: Path, pack: Pack) -> Checked:
    """Reads and lints a plan file. Raises `Malformed` where it can't be read as a plan."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise Malformed(
            "plan.encoding",
            "{file} is not UTF-8 text.",
            cure="Save it as UTF-8.",
            file=path.name,
            where=path.name,
        ) from fault
    document = parse(text)
    return Checked(document, lint(document, pack))


@transaction.atomic
def adopt_from_pack(*, act: Act) -> list[PlanVersion]:
    """Takes the pack's plans over as first versions that wait for a person's approval.

    A plan that is here already is left alone, whatever the pack says now.
    """
    demand(act.by, Power.PLAN_DRAFT)
    return list(_adopted(act))


def _adopted(act: Act) -> Iterator[PlanVersion]:
    shipped = Act(machine("pack"), act.at)
    for path in active_pack().plans:
        checked = check_file(path, active_pack())
        if not Plan.objects.filter(code=checked.document.head.code).exists():
            made = _add(shipped, checked.document, reason="", basis=None, shipped=True)
            yield _submitted(shipped, made, checked.document)


@transaction.atomic
def draft(*, act: Act, text: str, reason: str, basis: UUID | None = None) -> PlanVersion:
    """A new version of the plan that the text names (a new plan, where there is none). It must be
    readable; what the linter finds may be mended until it is submitted.
    """
    demand(act.by, Power.PLAN_DRAFT)
    return _add(act, parse(text), reason=reason, basis=basis, shipped=False)


def _add(act: Act, document: PlanDocument, *, reason: str, basis: UUID | None, shipped: bool) -> PlanVersion:
    head = document.head
    plan, _ = Plan.objects.get_or_create(
        code=head.code, defaults={"title": dict(head.title), "hazards": list(head.hazards)}
    )
    Plan.objects.select_for_update().get(code=plan.code)
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    made = PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        text=document.text,
        shipped=shipped,
        author=act.by.name,
        author_id=act.by.id,
        drafted_at=act.at,
        reason=reason,
        basis=basis,
    )
    _journal(act, "plan.drafted", made, reason=reason)
    return made


@transaction.atomic
def revise(*, act: Act, version: UUID, text: str) -> PlanVersion:
    """Rewrites a draft. Whoever does so is its author from now on."""
    demand(act.by, Power.PLAN_DRAFT)
    document = parse(text)
    locked = _moved(version, "revise")
    if document.head.code != locked.plan_id:
        raise Malformed(
            "plan.other_code",
            "This text is of the plan “{other}”, not of “{plan}”.",
            cure="Keep the code, or draft a new plan.",
            where="code",
            other=document.head.code,
            plan=locked.plan_id,
        )
    locked.text, locked.author, locked.author_id = document.text, act.by.name, act.by.id
    locked.save()
    _journal(act, "plan.revised", locked)
    return locked


@transaction.atomic
def submit(*, act: Act, version: UUID) -> PlanVersion:
    """Hands a draft to whoever approves it. Raises `Malformed` with what the linter finds."""
    demand(act.by, Power.PLAN_DRAFT)
    locked = _moved(version, "submit", save=False)
    return _submitted(act, locked, locked.document)


def _submitted(act: Act, version: PlanVersion, document: PlanDocument) -> PlanVersion:
    findings = lint(document, active_pack())
    if findings:
        raise Malformed(
            "plan.lint",
            "The plan has {count} faults; the first: {where}: {what}.",
            cure="{how} “tocsin plans check” lists all.",
            count=len(findings),
            where=findings[0].where,
            what=findings[0].what,
            how=findings[0].cure,
        )
    version.state = VersionState.SUBMITTED
    version.save(update_fields=["state"])
    _journal(act, "plan.submitted", version)
    return version


@transaction.atomic
def approve(*, act: Act, version: UUID) -> PlanVersion:
    """Puts a submitted version into force; the one before it gives way. Never by its author."""
    demand(act.by, Power.PLAN_APPROVE)
    locked = _moved(version, "approve", save=False)
    if locked.author_id == act.by.id:
        raise Forbidden(
            "plan.own", "Whoever wrote a version can't approve it.", cure="Ask a second person to read it."
        )
    for old in PlanVersion.objects.filter(plan=locked.plan_id, state=VersionState.APPROVED):
        old.state = VERSION_LIFE.after(VersionState(old.state), "supersede")
        old.superseded_at = act.at
        old.save(update_fields=["state", "superseded_at"])
        _journal(act, "plan.superseded", old)
    head = locked.document.head
    locked.state, locked.approver, locked.approved_at = VersionState.APPROVED, act.by.name, act.at
    locked.review_due = Duration.parse(f"P{head.review_years}Y").after(act.at, active_pack().zone)
    locked.save()
    Plan.objects.filter(code=locked.plan_id).update(title=dict(head.title), hazards=list(head.hazards))
    _start_clocks(act, locked)
    _journal(act, "plan.approved", locked)
    return locked


def _start_clocks(act: Act, version: PlanVersion) -> None:
    """The date of its next review, and the pack's duties that an approval brings (filing)."""
    pack, head = active_pack(), version.document.head
    assert version.review_due is not None  # noqa: S101 (set by the only caller)
    start(
        act=act,
        subject=version.subject,
        rule=REVIEW,
        name=head.title,
        due=Instant(version.review_due),
    )
    for rule in started_by(pack.clocks, pack.kinds, Event.PLAN_APPROVED, head.incident):
        start(
            act=act,
            subject=version.subject,
            rule=rule.id,
            name=rule.name,
            due=due(rule, act.at, pack.zone, pack.patience),
            source=rule.source,
            verified=rule.verified.value,
        )


@transaction.atomic
def withdraw(*, act: Act, version: UUID) -> PlanVersion:
    """Takes a draft or a submitted version back, with a word of why."""
    demand(act.by, Power.PLAN_DRAFT)
    require_word(act)
    locked = _moved(version, "withdraw")
    _journal(act, "plan.withdrawn", locked)
    return locked


def changed_line(code: str, find: str, replace: str) -> str:
    """The text of a plan's version in force with one line changed. Raises `Malformed` unless the line
    stands in it exactly once."""
    plan_by_code(code)
    row = PlanVersion.objects.filter(plan=code, state=VersionState.APPROVED).first()
    lines = row.text.split("\n") if row else []
    at = [number for number, line in enumerate(lines) if line.strip() == find.strip()]
    if len(at) != 1:
        raise Malformed(
            "plan.line",
            "The line “{find}” stands {count} times in the plan “{plan}” as it is in force.",
            cure="Copy one line exactly as it is there.",
            where="find",
            find=find,
            count=len(at),
            plan=code,
        )
    old = lines[at[0]]
    lines[at[0]] = old[: len(old) - len(old.lstrip())] + replace.strip()
    return "\n".join(lines)


def _moved(key: UUID, move: str, *, save: bool = True) -> PlanVersion:
    version_by_id(key)
    locked = PlanVersion.objects.select_for_update().select_related(None).get(id=key)
    locked.state = VERSION_LIFE.after(VersionState(locked.state), move)
    if save:
        locked.save(update_fields=["state"])
    return locked


def _journal(act: Act, kind: str, version: PlanVersion, **more: Any) -> None:
    body = {
        "plan": version.plan_id,
        "version": str(version.id),
        "number": version.number,
        "basis": str(version.basis) if version.basis else None,
        "author": version.author,
    }
    append(chain=DESK, kind=kind, act=act, body={**body, **more})
