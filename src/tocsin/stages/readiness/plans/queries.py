"""Finding plans, their versions, and the one in force at an instant."""

from uuid import UUID

from django.db.models import Q

from tocsin.kernel.errors import NotFound
from tocsin.kernel.instants import Instant
from tocsin.stages.readiness.plans.enums import VersionState
from tocsin.stages.readiness.plans.models import Plan, PlanVersion


def plan(code: str) -> Plan:
    """The plan with this code. Raises `NotFound`."""
    found = Plan.objects.filter(code=code).first()
    if found is None:
        raise NotFound("plan.unknown", "There is no plan “{plan}”.", cure="See the list of plans.", plan=code)
    return found


def plans() -> list[Plan]:
    """All plans by their codes."""
    return list(Plan.objects.order_by("code"))


def version(key: UUID | str) -> PlanVersion:
    """The version with this id. Raises `NotFound`."""
    found = PlanVersion.objects.select_related("plan").filter(id=key).first()
    if found is None:
        raise NotFound("plan.no_version", "There is no such version.", cure="See the plan's versions.")
    return found


def numbered(code: str, number: int) -> PlanVersion:
    """A plan's version by its number. Raises `NotFound`."""
    found = PlanVersion.objects.select_related("plan").filter(plan=code, number=number).first()
    if found is None:
        raise NotFound("plan.no_version", "There is no such version.", cure="See the plan's versions.")
    return found


def versions(code: str, *, before: int | None = None, limit: int = 50) -> list[PlanVersion]:
    """A plan's versions, the newest first; `before` is the last number of the page before."""
    rows = PlanVersion.objects.filter(plan=code).select_related("plan")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(rows.order_by("-number")[:limit])


def waiting() -> list[PlanVersion]:
    """Versions that wait for approval, the oldest first."""
    rows = PlanVersion.objects.filter(state=VersionState.SUBMITTED).select_related("plan")
    return list(rows.order_by("id"))


def in_force(at: Instant | None = None) -> list[PlanVersion]:
    """The approved version of every plan, now or as it was at an instant."""
    rows = PlanVersion.objects.filter(_in_force(at)).select_related("plan")
    return list(rows.order_by("plan", "number"))


def current(code: str, at: Instant | None = None) -> PlanVersion | None:
    """The version of one plan that is (was, at an instant) in force."""
    return PlanVersion.objects.filter(_in_force(at), plan=code).select_related("plan").first()


def _in_force(at: Instant | None) -> Q:
    if at is None:
        return Q(state=VersionState.APPROVED)
    return Q(approved_at__lte=at) & (Q(superseded_at__isnull=True) | Q(superseded_at__gt=at))
