"""Starting, meeting and missing deadlines; setting the desk's clock.

An unmet deadline climbs: first to the post above its owner, then, every `STEP`, to the next one up.
Every climb is an entry in the journal, so that being late is seen by all.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.db import transaction

from tocsin.kernel.actors import Act, machine
from tocsin.kernel.clock import Clock
from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, iso
from tocsin.spine.clocks.enums import LIFE, OPEN, DeadlineState
from tocsin.spine.clocks.models import Deadline, Timepiece
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import chain_above, demand

STEP = timedelta(minutes=15)
BATCH = 200


@transaction.atomic
def start(
    *,
    act: Act,
    subject: str,
    rule: str,
    name: Mapping[str, str],
    due: Instant,
    incident: UUID | None = None,
    owner: str = "",
    source: str = "",
    verified: str = "",
) -> Deadline:
    """Starts a deadline; one that already runs for the same subject and rule is left as it is."""
    running = Deadline.objects.filter(subject=subject, rule=rule, state__in=OPEN).first()
    if running is not None:
        return running
    deadline = Deadline.objects.create(
        subject=subject,
        rule=rule,
        name=dict(name),
        source=source,
        verified=verified,
        incident_id=incident,
        owner=owner,
        started_at=act.at,
        due_at=due,
        next_step_at=due,
    )
    _journal(act, "clock.started", deadline, due=iso(due))
    return deadline


@transaction.atomic
def meet(*, act: Act, subject: str, rule: str | None = None) -> int:
    """Meets the open deadlines of a subject (of one rule, where named). Returns how many there were."""
    open_ones = _open(subject, rule)
    for deadline in open_ones:
        late = act.at > deadline.due_at
        if late and deadline.state == DeadlineState.RUNNING:
            deadline.state = LIFE.after(DeadlineState(deadline.state), "miss")
        deadline.state = LIFE.after(DeadlineState(deadline.state), "meet_late" if late else "meet")
        deadline.met_at = act.at
        deadline.save(update_fields=["state", "met_at"])
        _journal(
            act,
            "clock.met_late" if late else "clock.met",
            deadline,
            due=iso(Instant(deadline.due_at)),
        )
    return len(open_ones)


@transaction.atomic
def cancel(*, act: Act, subject: str, rule: str | None = None) -> int:
    """Calls off the open deadlines of a subject. Returns how many there were."""
    open_ones = _open(subject, rule)
    for deadline in open_ones:
        deadline.state = LIFE.after(DeadlineState(deadline.state), "cancel")
        deadline.save(update_fields=["state"])
        _journal(act, "clock.cancelled", deadline)
    return len(open_ones)


def _open(subject: str, rule: str | None) -> list[Deadline]:
    rows = Deadline.objects.select_for_update().filter(subject=subject, state__in=OPEN)
    return list(rows if rule is None else rows.filter(rule=rule))


def sweep(*, clock: Clock) -> int:
    """Marks what has passed as missed and lets it climb. Returns how many steps were taken."""
    now, steps = clock.now(), 0
    while True:
        with transaction.atomic():
            due = list(
                Deadline.objects.select_for_update()
                .filter(state__in=OPEN, next_step_at__lte=now)
                .order_by("next_step_at")[:BATCH]
            )
            for deadline in due:
                _climb(Act(machine("clocks"), now), deadline)
        steps += len(due)
        if len(due) < BATCH:
            return steps


def _climb(act: Act, deadline: Deadline) -> None:
    if deadline.state == DeadlineState.RUNNING:
        deadline.state = LIFE.after(DeadlineState.RUNNING, "miss")
        _journal(act, "clock.missed", deadline, due=iso(Instant(deadline.due_at)))
    above = chain_above(deadline.owner)
    if deadline.escalated < len(above):
        deadline.escalated_to = above[deadline.escalated].code
        deadline.escalated += 1
        _journal(act, "clock.escalated", deadline, to=deadline.escalated_to)
    deadline.next_step_at = act.at + (STEP if deadline.escalated < len(above) else timedelta(days=36500))
    deadline.save(update_fields=["state", "escalated", "escalated_to", "next_step_at"])


@transaction.atomic
def begin_replay(
    *, act: Act, archive: str, begins: Instant, ends: Instant, speed: float, scripted: bool = False
) -> Timepiece:
    """Puts the desk into the time of an archive."""
    _check_speed(speed)
    row, made = Timepiece.objects.get_or_create(
        id=1,
        defaults={
            "archive": archive,
            "begins": begins,
            "ends": ends,
            "position": begins,
            "speed": speed,
            "scripted": scripted,
        },
    )
    if made:
        body = {"archive": PurePath(archive).name, "begins": iso(begins), "ends": iso(ends), "speed": speed}
        append(chain=DESK, kind="replay.started", act=act, body=body)
    return row


@transaction.atomic
def steer_replay(*, act: Act, speed: float | None = None, paused: bool | None = None) -> Timepiece | None:
    """Changes the speed of the replay (replayed seconds to a real one), pauses it or lets it go on."""
    demand(act.by, Power.REPLAY_STEER)
    row = Timepiece.objects.select_for_update().first()
    if row is None:
        return None
    if speed is not None:
        _check_speed(speed)
        row.speed = speed
    if paused is not None:
        row.paused = paused
    row.save(update_fields=["speed", "paused"])
    append(chain=DESK, kind="replay.steered", act=act, body={"speed": row.speed, "paused": row.paused})
    return row


@transaction.atomic
def move_replay(*, position: Instant) -> None:
    """Moves the replay's present on; it never goes back."""
    row = Timepiece.objects.select_for_update().get(id=1)
    if position > row.position:
        row.position = position
        row.save(update_fields=["position"])


def _check_speed(speed: float) -> None:
    if not 0 < speed <= 100_000:
        raise Malformed(
            "replay.speed",
            "{speed} is no speed for a replay.",
            cure="Choose from 1 (real time) to 100000 replayed seconds a second.",
            where="speed",
            speed=speed,
        )


def _journal(act: Act, kind: str, deadline: Deadline, **more: Any) -> None:
    body = {"deadline": str(deadline.id), "subject": deadline.subject, "rule": deadline.rule}
    chain = str(deadline.incident_id) if deadline.incident_id else DESK
    append(
        chain=chain,
        kind=kind,
        act=act,
        body={**body, "name": deadline.name, "owner": deadline.owner, **more},
    )
