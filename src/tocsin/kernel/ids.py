"""Identifiers. UUIDv7 (RFC 9562 §5.7): the first 48 bits are Unix milliseconds, so ids sort by birth
and index well; the rest is chance. Each kind of thing has its own `NewType`, so that one can't be
handed where another is meant.
"""

import secrets
import time
from typing import NewType
from uuid import UUID

from tocsin.kernel.instants import Instant

IncidentId = NewType("IncidentId", UUID)
PersonId = NewType("PersonId", UUID)
SignalId = NewType("SignalId", UUID)
SituationId = NewType("SituationId", UUID)
PlanId = NewType("PlanId", UUID)
AlertId = NewType("AlertId", UUID)


def uuid7(at: Instant | None = None) -> UUID:
    """A fresh UUIDv7, born `at` (the machine's own time where none is given)."""
    milliseconds = time.time_ns() // 1_000_000 if at is None else int(at.timestamp() * 1000)
    chance = secrets.randbits(74)
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62 | (chance & ((1 << 62) - 1))
    return UUID(int=value)
