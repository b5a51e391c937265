"""What works behind the pages: the replay or the inbox, the flows, the clocks, the outbox.

One worker for a desk: a lock on a file in TOCSIN_HOME keeps a second one out. Everything it does is
safe to be killed at any moment and started again.
"""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click
from django.conf import settings
from django.db import close_old_connections

from tocsin.flows.replay import Drive
from tocsin.flows.rounds import look_round
from tocsin.flows.runner import advance
from tocsin.gateways.channels.registry import channels
from tocsin.gateways.channels.sender import send_due
from tocsin.gateways.snapshots.archive import snapshots
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.instants import Instant, after
from tocsin.spine.clocks.models import Timepiece
from tocsin.spine.clocks.queries import replay
from tocsin.spine.places.queries import active_pack, jurisdiction
from tocsin.stages.communication.ports import Broadcaster
from tocsin.stages.reduction.situations.actions import take_in

BEAT = 0.25
"""Seconds between two looks at what there is to do."""
ROUND = timedelta(minutes=1)
log = logging.getLogger(__name__)


@contextmanager
def alone() -> Iterator[None]:
    """Holds the worker's lock. Refuses where another worker of this desk runs."""
    path = settings.HOME / "worker.lock"
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise click.UsageError("another worker of this desk is running; stop it first") from busy
        yield


def drive_from(row: Timepiece) -> Drive:
    """A drive through the replay's archive, from where the desk stands."""
    position = Instant(row.position)
    coming = snapshots(Path(row.archive), active_pack().feeds, since=position, until=Instant(row.ends))
    return Drive(coming, position)


class Worker:
    """The worker's loop; `step` is one turn of it."""

    def __init__(self) -> None:
        self._drive: Drive | None = None
        self._last = time.monotonic()
        self._round = SystemClock().now()
        self._inbox = settings.HOME / "inbox"
        self._inbox.mkdir(exist_ok=True)

    def step(self) -> None:
        """Everything that is due now."""
        elapsed, self._last = time.monotonic() - self._last, time.monotonic()
        if jurisdiction() is None:
            return
        row = replay()
        if row is None:
            self._live()
        elif not row.paused:
            self._replayed(row, elapsed)
        advance()
        send_due(self._channels(row is not None), now=SystemClock().now())

    def _replayed(self, row: Timepiece, elapsed: float) -> None:
        self._drive = self._drive or drive_from(row)
        target = after(Instant(row.position), timedelta(seconds=min(elapsed, 2.0) * row.speed))
        self._drive.to(min(target, Instant(row.ends)))

    def _live(self) -> None:
        now = SystemClock().now()
        for snapshot in snapshots(self._inbox, active_pack().feeds):
            take_in(act=Act(machine("inbox"), now), snapshot=snapshot)
            advance()
            _kept(self._inbox, snapshot.name)
        if now >= after(self._round, ROUND):
            self._round = now
            look_round(clock=SystemClock())

    def _channels(self, replaying: bool) -> tuple[Broadcaster, ...]:
        return channels(
            settings.CHANNELS, home=settings.HOME, base_url=settings.BASE_URL, replaying=replaying
        )


def _kept(inbox: Path, name: str) -> None:
    """A file that was taken moves aside; it is never deleted."""
    taken = inbox.parent / "taken"
    taken.mkdir(exist_ok=True)
    for path in inbox.rglob(Path(name).name):
        path.rename(taken / path.name)


def work(stopped: Callable[[], bool] | None = None) -> None:
    """Works until `stopped`, by default until whoever started it is gone."""
    parent = os.getppid()
    stopped = stopped or (lambda: os.getppid() != parent)
    with alone():
        worker = Worker()
        while not stopped():
            try:
                worker.step()
            except Exception:  # whatever goes wrong in one turn, the watch goes on
                log.exception("a turn of the worker failed; the next one follows")
                time.sleep(2)
            close_old_connections()
            time.sleep(BEAT)
