"""ISO 8601 durations, with months and years counted on the calendar and days counted as the law says.

A year of the law is not 365 days, and “20 working days” is not 20 days, so neither can be a timedelta.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Self

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, instant

_SHAPE = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,4})W)?(?:([0-9]{1,5})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,7})S)?)?",
    re.ASCII,
)
_SATURDAY = 5


@dataclass(frozen=True)
class Duration:
    """A span of the calendar (`months`), of days and of exact time."""

    months: int
    days: int
    time: timedelta

    @classmethod
    def parse(cls, text: str) -> Self:
        """`P1Y`, `P20D`, `PT2H`, `P1DT12H` … Raises `Malformed` for anything else."""
        found = _SHAPE.fullmatch(text)
        if found is None:
            raise Malformed(
                "duration.unreadable",
                "“{text}” is not a duration.",
                cure="Write it as ISO 8601: PT2H, P20D, P3Y.",
                text=text,
            )
        years, months, weeks, days, hours, minutes, seconds = (int(n or 0) for n in found.groups())
        return cls(
            years * 12 + months,
            weeks * 7 + days,
            timedelta(hours=hours, minutes=minutes, seconds=seconds),
        )

    def after(self, start: Instant, zone: tzinfo, *, working: bool = False) -> Instant:
        """The instant at which the span that began at `start` is over, on the calendar of `zone`.

        `working` counts Monday to Friday only. Public holidays are not known here, so the result may
        be earlier than the law allows, never later.
        """
        local = _months_later(start.astimezone(zone), self.months)
        local = _working_days_later(local, self.days) if working else local + timedelta(self.days)
        return instant(instant(local) + self.time)


def _months_later(moment: datetime, months: int) -> datetime:
    """The same day of a later month, or that month's last day where it has no such day."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _working_days_later(moment: datetime, days: int) -> datetime:
    for _ in range(days):
        moment += timedelta(1)
        while moment.weekday() >= _SATURDAY:
            moment += timedelta(1)
    return moment
