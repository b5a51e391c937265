"""Drafting a plan, and changing a draft."""

from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Contended, Malformed
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.stages.readiness.plans.actions.ground import in_force, journal, lock, move
from tocsin.stages.readiness.plans.document import PlanDocument, parse
from tocsin.stages.readiness.plans.models import Plan, PlanVersion
from tocsin.stages.readiness.plans.queries import plan as plan_by_code


@transaction.atomic
def draft(*, act: Act, text: str, reason: str, basis: UUID | None = None) -> PlanVersion:
    """A new version of the plan that the text names (a new plan, where there is none). It must be
    readable; what the linter finds may be mended until it is submitted.
    """
    demand(act.by, Power.PLAN_DRAFT)
    return add(act, parse(text), reason=reason, basis=basis)


def add(
    act: Act, document: PlanDocument, *, reason: str, basis: UUID | None = None, shipped: bool = False
) -> PlanVersion:
    """Writes the next version; the right was asked for. What is shipped has had no person's hand in it."""
    head = document.head
    made, _ = Plan.objects.get_or_create(
        code=head.code, defaults={"title": dict(head.title), "hazards": list(head.hazards)}
    )
    plan = Plan.objects.select_for_update().get(code=made.code)
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").first()
    current = in_force(plan.code)
    version = PlanVersion.objects.create(
        plan=plan,
        number=last.number + 1 if last else 1,
        text=document.text,
        shipped=shipped,
        author=act.by.name,
        author_id=act.by.id,
        hands=[] if shipped else [act.by.id],
        base=current.number if current else None,
        drafted_at=act.at,
        reason=reason,
        basis=basis,
    )
    journal(act, "plan.drafted", version)
    return version


@transaction.atomic
def revise(*, act: Act, version: UUID, text: str, seen: str = "") -> PlanVersion:
    """Rewrites a draft, from now on against the version that is in force now. Whoever does so is its author
    and has a hand in it.

    `seen` is the fingerprint (`sha256`) of the text that the writer began from: raises `Contended` where
    somebody else has changed the draft meanwhile.
    """
    demand(act.by, Power.PLAN_DRAFT)
    document = parse(text)
    row = lock(version)
    move(row, "revise")
    _require_same_plan(document, row)
    if seen and seen != row.sha256:
        raise Contended(
            "plan.edited",
            "{author} has changed this draft since you began.",
            cure="Look at the draft as it is now, and make your change there.",
            author=row.author,
        )
    current = in_force(row.plan_id)
    row.text, row.author, row.author_id = document.text, act.by.name, act.by.id
    row.base = current.number if current else None
    join(row, act)
    row.shipped = False
    row.save()
    journal(act, "plan.revised", row)
    return row


def join(row: PlanVersion, act: Act) -> None:
    """Whoever acts has a hand in the version from now on."""
    if act.by.id not in row.hands:
        row.hands = [*row.hands, act.by.id]


def _require_same_plan(document: PlanDocument, row: PlanVersion) -> None:
    if document.head.code != row.plan_id:
        raise Malformed(
            "plan.other_code",
            "This text is of the plan “{other}”, not of “{plan}”.",
            cure="Keep the code, or draft a new plan.",
            where="code",
            other=document.head.code,
            plan=row.plan_id,
        )


def changed_line(code: str, find: str, replace: str) -> str:
    """The text of a plan's version in force with one line changed; as it is, where an earlier change has put
    `replace` in its place already. Raises `Malformed` unless the line stands in it exactly once.
    """
    plan_by_code(code)
    row = in_force(code)
    lines = row.text.split("\n") if row else []
    at = _standing(lines, find)
    if row and not at and len(_standing(lines, replace)) == 1:
        return row.text
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


def _standing(lines: list[str], wanted: str) -> list[int]:
    return [number for number, line in enumerate(lines) if line.strip() == wanted.strip()]
