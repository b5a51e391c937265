"""Spans and points of time in words."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext


def span(length: timedelta) -> str:
    """A span in its two largest units: “2 d 3 h”, “1 h 5 min”, “12 min”, “less than a minute”."""
    minutes = int(abs(length).total_seconds() // 60)
    days, hours, left = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return gettext("{days} d {hours} h").format(days=days, hours=hours)
    if hours:
        return gettext("{hours} h {minutes} min").format(hours=hours, minutes=left)
    return gettext("{minutes} min").format(minutes=left) if left else gettext("less than a minute")


def due(at: datetime, now: datetime) -> str:
    """How far away a deadline is, or how late."""
    if at < now:
        return gettext("late by {span}").format(span=span(now - at))
    return gettext("in {span}").format(span=span(at - now))


def moment(at: datetime | None) -> str:
    """A point of time in the zone of the jurisdiction: “16 Jun 12:50”."""
    return date_format(localtime(at), gettext("j M H:i")) if at else ""


def whole_moment(at: datetime | None) -> str:
    """A point of time with its year and seconds."""
    return date_format(localtime(at), "Y-m-d H:i:s") if at else ""


def span_words() -> dict[str, str]:
    """The templates of `span`, for the page's own countdown."""
    return {
        "days": gettext("{days} d {hours} h"),
        "hours": gettext("{hours} h {minutes} min"),
        "minutes": gettext("{minutes} min"),
        "less": gettext("less than a minute"),
    }
