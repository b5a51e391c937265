"""From which harm on a response level is raised. This is a ladder of its own, never an event's grade:
`step` names are `ResponseLevel`'s (IV mildest, I highest).
"""

from enum import IntEnum
from typing import ClassVar

from tocsin.kernel.ladders import ResponseLevel
from tocsin.packs.measures import Measured
from tocsin.packs.rows import Text
from tocsin.packs.tables import Table


class Trigger(Measured, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One plan's table of triggers."""

    ladder: ClassVar[type[IntEnum]] = ResponseLevel
    unit_area: Text = {}
    """The area over which the facts are counted: a province, a county."""


TABLE = Table("responses", Trigger)
