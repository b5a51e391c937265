"""What a report upwards says, field by field.

The fields are those that the law lists: unit, time and place, course, casualties with the missing and
the estimated loss, measures, other (Regulation on work-safety accidents, State Council order 493,
Art. 12), and those of the general reporting rules: source, nature, extent, trend.

What is not known stays empty and is told as unknown. Unknown is not none: a count is `None` until
somebody has counted, and a report is never held back because of it.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from tocsin.kernel.errors import Malformed


class Casualties(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Persons; None: not known yet."""

    deaths: int | None = None
    missing: int | None = None
    injured: int | None = None


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One report. Texts are in the language of the desk; an empty text is not known."""

    unit: str = ""
    time: str = ""
    place: str = ""
    source: str = ""
    nature: str = ""
    extent: str = ""
    course: str = ""
    casualties: Casualties = Casualties()
    loss: str = ""
    measures: str = ""
    trend: str = ""
    other: str = ""

    def plain(self) -> dict[str, Any]:
        """As JSON, every field named."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain

    def unknown(self) -> list[str]:
        """The fields that say nothing yet, in the order of the form; `other` may well be empty."""
        plain = self.plain()
        counts = plain.pop("casualties")
        texts = [name for name, text in plain.items() if name != "other" and not text.strip()]
        return texts + [f"casualties.{name}" for name, count in counts.items() if count is None]


def read(data: "Mapping[str, Any] | Body") -> Body:
    """The body in `data`. Raises `Malformed` for unknown fields, wrong types, counts below zero."""
    if isinstance(data, Body):
        body = data
    else:
        try:
            body = msgspec.convert(dict(data), Body)
        except msgspec.ValidationError as fault:
            raise _unreadable(str(fault)) from fault
    for name, count in msgspec.to_builtins(body.casualties).items():
        if count is not None and count < 0:
            raise _unreadable(f"{name} is below zero")
    return body


def _unreadable(reason: str) -> Malformed:
    return Malformed(
        "report.unreadable",
        "The report can't be read: {reason}.",
        cure="Use the fields of the form; leave unknown what is not known.",
        where="body",
        reason=reason,
    )
