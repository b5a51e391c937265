"""Driving the desk through an archive, in the archive's own time.

Everything that has a time of its own (a snapshot, a deadline, a scripted decision, a regular look
round) happens in the order of those times, each under a clock that shows just that instant. The
position is moved to an instant before its work is done, and all work of one instant may be done again:
so a replay that was killed begins with the whole instant at which it stood.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from tocsin.flows import script
from tocsin.flows.rounds import look_round
from tocsin.flows.runner import advance
from tocsin.kernel.actors import Act, machine
from tocsin.kernel.clock import StoppedClock
from tocsin.kernel.instants import Instant, after
from tocsin.spine.clocks import actions as clocks
from tocsin.spine.clocks.queries import next_step
from tocsin.stages.reduction.signals.decoding import RawSnapshot
from tocsin.stages.reduction.situations.actions import take_in

ROUND = timedelta(minutes=10)
"""How often the desk looks round by itself, at the full ten minutes, wherever a replay begins or goes on."""

MOMENT = timedelta(microseconds=1)

Told = Callable[[Instant], None]


class Drive:
    """One run through an archive: `snapshots` are those polled at `position` and later, in their order."""

    def __init__(self, snapshots: Iterable[RawSnapshot], position: Instant) -> None:
        self._coming = iter(snapshots)
        self._next = next(self._coming, None)
        self.position = position
        self._round = _round_after(after(position, -MOMENT))

    def to(self, until: Instant, told: Told = lambda at: None) -> None:
        """Lets everything happen up to `until` (inclusive); `told` hears of each instant reached."""
        while self._next is not None and self._next.taken_at <= until:
            self._wait(self._next.taken_at)
            take_in(act=Act(machine("replay"), self.position), snapshot=self._next)
            advance()
            told(self.position)
            self._next = next(self._coming, None)
        self._wait(until)
        told(self.position)

    def _wait(self, end: Instant) -> None:
        """Lets everything happen that has its time before the next snapshot, in the order of those times."""
        while True:
            due = (self._round, next_step(), script.next_due())
            at = min(moment for moment in due if moment is not None)
            if at > end:
                break
            self._move(max(at, self.position))
            self._act()
        self._move(end)

    def _act(self) -> None:
        clock = StoppedClock(self.position)
        clocks.sweep(clock=clock)
        script.carry_out(until=self.position)
        advance()
        if self.position >= self._round:
            self._round = _round_after(self.position)
            look_round(clock=clock)
            advance()

    def _move(self, to: Instant) -> None:
        clocks.move_replay(position=to)
        self.position = to


def _round_after(position: Instant) -> Instant:
    past = position.timestamp() % ROUND.total_seconds()
    return after(position, ROUND - timedelta(seconds=past))
