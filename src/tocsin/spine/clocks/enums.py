"""States of a deadline and what the clocks announce."""

from enum import StrEnum

from tocsin.kernel.moves import Life


class DeadlineState(StrEnum):
    """Where a deadline stands. `missed` is still open: late is not the same as never."""

    RUNNING = "running"
    MISSED = "missed"
    MET = "met"
    MET_LATE = "met_late"
    CANCELLED = "cancelled"


OPEN = frozenset({DeadlineState.RUNNING, DeadlineState.MISSED})

LIFE: Life[DeadlineState] = Life(
    "deadline",
    {
        "miss": (frozenset({DeadlineState.RUNNING}), DeadlineState.MISSED),
        # What was done in time and entered late was done in time, though it was called missed meanwhile.
        "meet": (OPEN, DeadlineState.MET),
        "meet_late": (frozenset({DeadlineState.MISSED}), DeadlineState.MET_LATE),
        "cancel": (OPEN, DeadlineState.CANCELLED),
    },
)

ANNOUNCES = {
    "clock.started": "A deadline began to run.",
    "clock.met": "A deadline was met.",
    "clock.met_late": "A deadline was met after it had passed.",
    "clock.missed": "A deadline passed unmet.",
    "clock.escalated": "An unmet deadline went to the next post above.",
    "clock.cancelled": "A deadline was called off.",
    "replay.started": "A replay began.",
    "replay.steered": "The replay was paused, resumed or given another speed.",
}
