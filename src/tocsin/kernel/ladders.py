"""The three four-step ladders of emergency management. They measure different things and are never
one enum: how grave an event is, how near a danger is, how far the response has been raised.

Members are ordered from the mildest to the gravest, so that comparison reads as one would say it.
Source of the shape: Emergency Response Law of the PRC (2024) Art. 3, 63 and 71; the names that people
see come from a pack.
"""

from enum import IntEnum


class IncidentGrade(IntEnum):
    """How grave an event is, judged by what it has done."""

    ORDINARY = 1
    LARGER = 2
    MAJOR = 3
    CATASTROPHIC = 4


class WarningLevel(IntEnum):
    """How near and how strong a danger is, before or while it strikes."""

    BLUE = 1
    YELLOW = 2
    ORANGE = 3
    RED = 4


class ResponseLevel(IntEnum):
    """How far a plan has been raised; level I is the highest."""

    IV = 1
    III = 2
    II = 3
    I = 4  # noqa: E741 (the law's own numeral)
