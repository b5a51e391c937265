"""A report: one call, one reading of a sensor, one message, as far as gathering cares.

What can't be true is refused at the door, with the field and the cure. What may be missing is allowed to be
missing: a report without a position is compared by words and time alone, one without words by place and
time; a report with neither can be linked to nothing and stays alone, but stays.
"""

from dataclasses import dataclass
from datetime import datetime
from math import inf, isfinite

from tocsin.kernel.errors import Malformed

EARLIEST, LATEST = 0.0, 4_102_444_800.0
"""1970 and 2100: an instant outside is a broken clock or milliseconds taken for seconds."""
AREAS_AT_MOST = 50_000.0
"""Metres; a position less certain than that is no position."""


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees on WGS 84, and within how many metres the thing lies of it (0: as exact as the map)."""

    lon: float
    lat: float
    within: float = 0.0

    def __post_init__(self) -> None:
        if not (-180.0 <= self.lon <= 180.0 and -90.0 <= self.lat <= 90.0):
            raise Malformed(
                "gather.position",
                "a position out of range or not a number: longitude {lon}, latitude {lat}",
                cure="Longitude is -180 to 180, latitude -90 to 90: swapped? Leave it out if unknown.",
                where="position",
                lon=self.lon,
                lat=self.lat,
            )
        if not 0.0 <= self.within <= AREAS_AT_MOST:
            raise Malformed(
                "gather.within",
                "a position that is certain within {within} metres",
                cure="Give 0 to 50,000 metres; leave the position out if it is less certain.",
                where="position.within",
                within=self.within,
            )


@dataclass(frozen=True, slots=True)
class Report:
    """What was reported, when and where.

    `at`: an aware datetime or seconds since 1970. `kind`: what is reported, in the words of the source.
    `channel`: who was told or which sensor network. `names`: names of the place (streets, a building, a
    village), the first four count. `words`: telling words of the text, the first eight count. `text` is kept
    to be shown. Raises `Malformed`.
    """

    id: str
    at: datetime | float
    kind: str = ""
    channel: str = ""
    position: Position | None = None
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    text: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            raise Malformed(
                "gather.id",
                "a report without an id",
                cure="Give every report an id that no other one has.",
                where="id",
            )
        if not EARLIEST <= self.seconds <= LATEST:
            raise Malformed(
                "gather.time",
                "report {id}: its time {at} is not an instant between 1970 and 2100 with a time zone",
                cure="Give an aware datetime, or seconds (not milliseconds) since 1970.",
                where="at",
                id=self.id,
                at=self.at,
            )

    @property
    def seconds(self) -> float:
        """Seconds since 1970; infinite for a time that is none."""
        if isinstance(self.at, datetime):
            return self.at.timestamp() if self.at.tzinfo is not None else inf
        return self.at if isfinite(self.at) else inf
