"""Time is an argument: whoever needs to know what time it is, is handed a `Clock`.

A replay or a drill is the same program under another clock.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from tocsin.kernel.instants import Instant


class Clock(Protocol):
    """Anything that can say what time it is."""

    def now(self) -> Instant:
        """The present instant on this clock."""
        ...


@dataclass(frozen=True)
class SystemClock:
    """The machine's own time."""

    def now(self) -> Instant:
        return Instant(datetime.now(UTC))


@dataclass(frozen=True)
class StoppedClock:
    """A clock that stands still at `at`: a replay between two steps, or a test."""

    at: Instant

    def now(self) -> Instant:
        return self.at
