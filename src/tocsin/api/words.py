"""The words that bodies and answers are made of, each with its bounds."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import AfterValidator, Field, StringConstraints

from tocsin.kernel.instants import Instant, instant


def _bounded(moment: datetime) -> Instant:
    if moment.tzinfo is None:
        raise ValueError("the time has no offset")
    if not 1900 <= moment.year <= 2200:
        raise ValueError("the year lies outside 1900 to 2200")
    return instant(moment)


When = Annotated[Instant, AfterValidator(_bounded)]
"""A time with its offset, between 1900 and 2200."""

Code = Annotated[str, StringConstraints(pattern=r"^[\w.:\-]+$", max_length=80)]
"""The code of a post, a place, a kind, a plan, a rule."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""One line of text."""

Prose = Annotated[str, StringConstraints(max_length=20_000)]
"""A text."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Za-z]{2,8})?$")]

Texts = Annotated[dict[Language, Prose], Field(min_length=1, max_length=12)]
"""One text in several languages: `{"zh": …, "en": …}`."""

Amount = Annotated[Decimal, Field(ge=0, le=10**9, max_digits=14, decimal_places=3)]
"""How much of something."""

Minutes = Annotated[int, Field(ge=1, le=60 * 24 * 366)]
"""A span of time in minutes."""

Seq = Annotated[int, Field(ge=0, le=2**63 - 1)]
"""The number of an entry of the journal."""

Limit = Annotated[int, Field(ge=1, le=200)]
"""How many of a list at most."""


class Word(Schema):
    """A move that needs nothing but, sometimes, a word of why."""

    word: Prose = ""


Item = TypeVar("Item")


class Page(Schema, Generic[Item]):
    """A page of a list. `next` is what to hand back to get the page after it; none: this was the last."""

    items: list[Item]
    next: str | None


def page(rows: Sequence[Any], limit: int, key: str) -> dict[str, Any]:
    """The rows as a page whose next one begins after the last row's `key`."""
    last = getattr(rows[-1], key) if len(rows) == limit else None
    if isinstance(last, datetime):
        last = last.isoformat()
    return {"items": list(rows), "next": None if last is None else str(last)}
