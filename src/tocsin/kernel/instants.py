"""Points in time. An `Instant` is always aware and always UTC; a naive datetime is refused here,
at the door, so that no floor above ever has to ask which zone a time is in.
"""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import NewType

from tocsin.kernel.errors import Malformed

Instant = NewType("Instant", datetime)


def instant(moment: datetime) -> Instant:
    """The same moment in UTC. Raises `Malformed` for a naive datetime."""
    if moment.tzinfo is None:
        raise Malformed(
            "instant.naive",
            "The time {moment} has no time zone.",
            cure="Write the offset, as in 2026-06-16T12:50:00+08:00.",
            moment=moment.isoformat(),
        )
    return Instant(moment.astimezone(UTC))


def parse(text: str, zone: tzinfo | None = None) -> Instant:
    """An ISO 8601 text as an instant; `zone` is assumed where the text names none.

    Raises `Malformed` where the text is no time, or has no offset and no `zone` was given.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as fault:
        raise Malformed(
            "instant.unreadable",
            "“{text}” is not a time.",
            cure="Write it as 2026-06-16T12:50+08:00.",
            text=text,
        ) from fault
    if moment.tzinfo is None and zone is not None:
        moment = moment.replace(tzinfo=zone)
    return instant(moment)


def iso(moment: Instant) -> str:
    """The one spelling used in the journal and in files: UTC, microseconds, a `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def after(moment: Instant, span: timedelta) -> Instant:
    """The instant that lies `span` later (earlier, where negative)."""
    return Instant(moment + span)
