"""Taking over the plans that a pack brings. They are nobody's yet: a person must approve each of them."""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from tocsin.kernel.actors import Act, machine
from tocsin.kernel.errors import Malformed
from tocsin.packs.pack import Pack
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand
from tocsin.spine.places.queries import active_pack
from tocsin.stages.readiness.plans.actions.deciding import hand_over
from tocsin.stages.readiness.plans.actions.writing import add
from tocsin.stages.readiness.plans.document import PlanDocument, parse
from tocsin.stages.readiness.plans.lint import Finding, lint
from tocsin.stages.readiness.plans.models import Plan, PlanVersion


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
    """Takes the pack's plans over as first versions. One in which the linter finds nothing waits for a
    person's approval; any other stays a draft, to be mended.

    A plan that is here already is left alone, whatever the pack says now.
    """
    demand(act.by, Power.PLAN_DRAFT)
    shipped = Act(machine("pack"), act.at)
    taken = [take_over(shipped, path) for path in active_pack().plans]
    return [version for version in taken if version is not None]


def take_over(shipped: Act, path: Path) -> PlanVersion | None:
    """Takes one file over; None where its plan is here already."""
    checked = check_file(path, active_pack())
    if Plan.objects.filter(code=checked.document.head.code).exists():
        return None
    made = add(shipped, checked.document, reason="", shipped=True)
    return made if checked.findings else hand_over(shipped, made)
