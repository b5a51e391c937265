"""What time it is on this desk, and which deadlines run."""

from uuid import UUID

from tocsin.kernel.clock import Clock, StoppedClock, SystemClock
from tocsin.kernel.instants import Instant
from tocsin.spine.clocks.enums import OPEN
from tocsin.spine.clocks.models import Deadline, Timepiece


def replay() -> Timepiece | None:
    """The replay that this desk lives in, if it does."""
    return Timepiece.objects.first()


def timepiece() -> Clock:
    """The desk's clock: a replay's position, or the machine's time."""
    row = replay()
    return StoppedClock(Instant(row.position)) if row else SystemClock()


def deadlines(
    *,
    incident: UUID | None = None,
    subject: str | None = None,
    open_only: bool = False,
    until: Instant | None = None,
    limit: int = 200,
) -> list[Deadline]:
    """Deadlines, the next due first."""
    rows = Deadline.objects.all()
    if incident is not None:
        rows = rows.filter(incident_id=incident)
    if subject is not None:
        rows = rows.filter(subject=subject)
    if open_only:
        rows = rows.filter(state__in=OPEN)
    if until is not None:
        rows = rows.filter(due_at__lte=until)
    return list(rows.order_by("due_at", "id")[:limit])


def counts(now: Instant) -> dict[str, int]:
    """How many deadlines run, and how many of the open ones are late."""
    running = Deadline.objects.filter(state__in=OPEN)
    return {"open": running.count(), "late": running.filter(due_at__lt=now).count()}


def next_step() -> Instant | None:
    """When a deadline next has something to do."""
    rows = Deadline.objects.filter(state__in=OPEN).order_by("next_step_at")
    due = rows.values_list("next_step_at", flat=True).first()
    return Instant(due) if due else None
