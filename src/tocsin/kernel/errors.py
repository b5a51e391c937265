"""The tree of refusals. Each carries a stable code, the data behind it, a text that can be translated
(an English template whose names are keys of the data) and the cure: what to do next.

    TocsinError
    ├── Refused      the request can't be done as it stands; asking again changes nothing
    │   ├── Malformed    the input itself is wrong: what, where, how to mend it
    │   ├── Forbidden    not by this person, or not in this place
    │   ├── NotFound     there is no such thing
    │   └── Illegal      not a move that this thing's life allows from where it is
    └── Contended    somebody else was faster; asking again may work (retryable)
"""

from typing import Any


class TocsinError(Exception):
    """What every deliberate refusal of the house is."""

    retryable = False

    def __init__(self, code: str, text: str, /, *, cure: str = "", **data: Any) -> None:
        super().__init__(code)
        self.code = code
        self.text = text
        self.cure = cure
        self.data = data

    def __str__(self) -> str:
        """The English text, filled in, with its cure."""
        return " ".join(part for part in (fill(self.text, self.data), fill(self.cure, self.data)) if part)


class Refused(TocsinError):
    """The request can't be done as it stands."""


class Malformed(Refused):
    """The input is wrong; `where` in the data says at which place."""


class Forbidden(Refused):
    """Not by this person, or not in this place."""


class NotFound(Refused):
    """There is no such thing."""


class Illegal(Refused):
    """A move that the thing's life does not allow from the state it is in."""


class Contended(TocsinError):
    """Somebody else was faster; the same request may succeed when asked again."""

    retryable = True


def fill(template: str, data: dict[str, Any]) -> str:
    """The template with its names replaced; a name without data stays as it is written."""
    return template.format_map(_Kept(data))


class _Kept(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
