"""What every action stands on: the locked plan and version, the linter's word, the journal."""

from typing import Any
from uuid import UUID

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Malformed
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.places.queries import active_pack
from tocsin.stages.readiness.plans.enums import VERSION_LIFE, VersionState
from tocsin.stages.readiness.plans.lint import lint
from tocsin.stages.readiness.plans.models import Plan, PlanVersion
from tocsin.stages.readiness.plans.queries import version as version_by_id


def lock(key: UUID) -> PlanVersion:
    """The version, with its plan locked until the transaction ends. Raises `NotFound`.

    The plan is what is scarce: it has one version in force, and one next number.
    """
    Plan.objects.select_for_update().get(code=version_by_id(key).plan_id)
    return PlanVersion.objects.select_for_update().get(id=key)


def move(version: PlanVersion, name: str) -> None:
    """Makes a move of the version's life. Raises `Illegal`."""
    version.state = VERSION_LIFE.after(VersionState(version.state), name)


def in_force(plan: str) -> PlanVersion | None:
    """The plan's version in force; to be asked with the plan locked."""
    return PlanVersion.objects.filter(plan=plan, state=VersionState.APPROVED).first()


def require_sound(version: PlanVersion) -> None:
    """Raises `Malformed` with everything that the linter finds."""
    findings = lint(version.document, active_pack())
    if findings:
        first = findings[0]
        raise Malformed(
            "plan.lint",
            "The plan has {count} faults; the first: {where}: {what}.",
            cure="{how} “tocsin plans check” lists all.",
            count=len(findings),
            where=first.where,
            what=first.what,
            how=first.cure,
            findings=[{"where": f.where, "line": f.line, "what": f.what, "cure": f.cure} for f in findings],
        )


def journal(act: Act, kind: str, version: PlanVersion, **more: Any) -> None:
    """Writes to the desk's chain; the text itself stands in the entry as its fingerprint."""
    body = {
        "plan": version.plan_id,
        "version": str(version.id),
        "number": version.number,
        "basis": str(version.basis) if version.basis else None,
        "author": version.author,
        "base": version.base,
        "reason": version.reason,
        "sha256": version.sha256,
    }
    append(chain=DESK, kind=kind, act=act, body={**body, **more})
