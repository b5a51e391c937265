"""Pages of a list by key: what a query string may say, and what the next page begins with."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, parse

E = TypeVar("E", bound=Enum)
PAGE = 50


def word(request: HttpRequest, name: str) -> str:
    """A word of the query string, without anything that no database takes."""
    return (request.GET.get(name) or "").replace("\0", "")[:120].strip()


def uuid(request: HttpRequest, name: str = "before") -> UUID | None:
    """An id. Raises `Malformed` for anything else."""
    said = word(request, name)
    try:
        return UUID(said) if said else None
    except ValueError:
        raise _wrong(name, said) from None


def number(request: HttpRequest, name: str = "before") -> int:
    """A whole number from 0 to 2⁶³; 0 where there is none. Raises `Malformed` for anything else."""
    said = word(request, name) or "0"
    if not (said.isascii() and said.isdecimal()) or int(said) >= 2**63:
        raise _wrong(name, said)
    return int(said)


def moment(request: HttpRequest, name: str) -> Instant | None:
    """A time, in the zone of the jurisdiction where it names none."""
    # A “+” that was not escaped arrives as a space.
    said = word(request, name).replace(" ", "+") if "T" in word(request, name) else word(request, name)
    try:
        at = parse(said, timezone.get_current_timezone()) if said else None
    except (Malformed, OverflowError):
        raise _wrong(name, said) from None
    if at is not None and not 1900 <= at.year <= 2200:
        raise _wrong(name, said)
    return at


def choice(request: HttpRequest, name: str, kind: type[E]) -> E | None:
    """A member of an enumeration, or nothing."""
    said = word(request, name)
    found = [member for member in kind if said == str(member.value)]
    if said and not found:
        raise _wrong(name, said)
    return found[0] if found else None


def after(rows: Sequence[Any], key: str = "id", size: int = PAGE) -> Any:
    """What the next page begins after, where there may be one."""
    return getattr(rows[-1], key) if len(rows) == size else None


def _wrong(name: str, said: str) -> Malformed:
    return Malformed(
        "query.unreadable",
        gettext_noop("The address says {name}={said}, which means nothing here."),
        cure=gettext_noop("Go back to the list and choose there."),
        where=name,
        name=name,
        said=said,
    )
