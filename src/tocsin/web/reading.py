"""Reading a form: each value is typed and bounded here, at the door, and what does not fit is refused
with the name of its field, so that the form can be shown again with the reason beside it.
"""

from datetime import timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TypeVar
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_noop

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant, parse

E = TypeVar("E", bound=Enum)
LONGEST = 20_000
DECADE = 60 * 24 * 3660


class Form:
    """What was sent, by field."""

    def __init__(self, sent: QueryDict) -> None:
        self.sent = sent

    def text(self, name: str, most: int = LONGEST) -> str:
        """A text, trimmed, without control characters; empty where nothing was written."""
        raw = self.sent.get(name) or ""
        said = "".join(sign for sign in raw.replace("\r\n", "\n") if sign >= " " or sign in "\n\t").strip()
        if len(said) > most:
            raise _wrong(name, gettext_noop("This is too long: {length} signs, at most {most}."), said, most)
        return said

    def need(self, name: str, most: int = 500) -> str:
        """A text that must be there."""
        said = self.text(name, most)
        if not said:
            raise _wrong(name, gettext_noop("Something must be written here."))
        return said

    def lines(self, name: str) -> tuple[str, ...]:
        """The lines of a text that are not empty."""
        return tuple(line.strip() for line in self.text(name).splitlines() if line.strip())

    def many(self, name: str, most: int = 500) -> tuple[str, ...]:
        """All values of a field that can be chosen several times."""
        return tuple(value.replace("\0", "") for value in self.sent.getlist(name)[:most] if value)

    def texts(self, name: str, languages: tuple[str, ...], *, needed: bool = True) -> dict[str, str]:
        """One text in several languages, from `name_zh`, `name_en` …; those left empty are left out.

        Where only one language was written it stands for all.
        """
        said = {code: self.text(f"{name}_{code}") for code in languages}
        said = {code: text for code, text in said.items() if text}
        if needed and not said:
            raise _wrong(f"{name}_{languages[0]}", gettext_noop("Something must be written here."))
        return said

    def whole(self, name: str, least: int = 0, most: int = 10**9) -> int:
        """A whole number between two bounds."""
        said = self.need(name, 40)
        if not said.lstrip("-").isdecimal() or not least <= int(said) <= most:
            raise _wrong(
                name, gettext_noop("Write a whole number from {least} to {most}."), said, most, least
            )
        return int(said)

    def whole_or_none(self, name: str) -> int | None:
        """A whole number, or nothing: not known is not zero."""
        return self.whole(name) if self.text(name, 40) else None

    def amount(self, name: str) -> Decimal:
        """A quantity above zero."""
        try:
            said = Decimal(self.need(name, 40))
        except InvalidOperation:
            said = Decimal(0)
        if not said.is_finite() or not 0 < said <= 10**9:
            raise _wrong(name, gettext_noop("Write a number above zero."))
        return said

    def number(self, name: str, least: float, most: float) -> float:
        """A number between two bounds."""
        try:
            said = float(self.need(name, 40))
        except ValueError:
            said = float("nan")
        if not least <= said <= most:
            raise _wrong(name, gettext_noop("Write a number from {least} to {most}."), "", most, least)
        return said

    def minutes(self, name: str) -> timedelta:
        """A span of time."""
        return timedelta(minutes=self.whole(name, 1, DECADE))

    def when(self, name: str) -> Instant:
        """A time as a browser writes it, in the zone of the jurisdiction."""
        said = self.need(name, 40)
        try:
            moment = parse(said, timezone.get_current_timezone())
        except (Malformed, OverflowError):
            moment = None
        if moment is None or not 1900 <= moment.year <= 2200:
            raise _wrong(name, gettext_noop("Write a time, as in 2026-06-16 12:50."), said)
        return moment

    def when_or_none(self, name: str) -> Instant | None:
        """A time, or nothing."""
        return self.when(name) if self.text(name, 40) else None

    def choice(self, name: str, kind: type[E]) -> E:
        """One of a list."""
        said = self.text(name, 80)
        found = [member for member in kind if said in (str(member.value), member.name)]
        if not found:
            raise _wrong(name, gettext_noop("Choose one of the list."), said)
        return found[0]

    def choice_or_none(self, name: str, kind: type[E]) -> E | None:
        """One of a list, or nothing."""
        return self.choice(name, kind) if self.text(name, 80) else None

    def uuid(self, name: str) -> UUID:
        """The id of a thing."""
        try:
            return UUID(self.need(name, 40))
        except ValueError:
            raise _wrong(name, gettext_noop("Choose one of the list.")) from None

    def uuid_or_none(self, name: str) -> UUID | None:
        """The id of a thing, or nothing."""
        return self.uuid(name) if self.text(name, 40) else None

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.sent.get(name))


def _wrong(name: str, text: str, said: str = "", most: float = 0, least: float = 0) -> Malformed:
    return Malformed("form.field", text, where=name, said=said[:80], length=len(said), most=most, least=least)
