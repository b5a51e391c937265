"""The types of single elements: how the text of each becomes a value, how the value is spelled again,
and what a value of a record must be. `take` raises `Unfit` for a text that holds no value.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from operator import methodcaller
from typing import Any, NamedTuple

SPACE = " \t\r\n"
"""White space as XML knows it; an ideographic space is text."""

ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold (§2.2)."""

_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([+-][0-9]{2}:[0-9]{2}|Z)"
)
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_MINUTE = timedelta(minutes=1)
_YEARS = range(2, 9999)
"""Years whose every moment has a counterpart in UTC."""


class Unfit(Exception):
    """The text or value is none of this type: which complaint, and what would fit."""

    def __init__(self, code: str, expected: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.expected = expected


class Leaf(NamedTuple):
    """A type of element."""

    take: Callable[[str], Any]
    spell: Callable[[Any], str]
    weigh: Callable[[Any], None]
    """Raises `Unfit` for a value that can't be spelled."""
    plain: bool = False
    """Whether an empty element is as good as none."""


def stamp(moment: datetime) -> str:
    """A time as CAP 1.2 spells it: whole seconds, offset kept, UTC as -00:00 (§3.3.2)."""
    return _utc_negative(moment.isoformat(timespec="seconds"))


def _whole(moment: datetime) -> str:
    """With its fraction of a second, if a stranger gave it one; `rules` refuses it in what we say."""
    return _utc_negative(moment.isoformat())


def _utc_negative(text: str) -> str:
    return f"{text[:-6]}-00:00" if text.endswith("+00:00") else text


def _moment(text: str) -> datetime:
    text = text.strip(SPACE)
    if not _TIME.fullmatch(text):
        raise Unfit("cap.time")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise Unfit("cap.time") from fault
    if moment.year not in _YEARS:
        raise Unfit("cap.time")
    return moment


def _weigh_moment(moment: datetime) -> None:
    offset = moment.utcoffset()
    if offset is None or offset % _MINUTE or moment.year not in _YEARS:
        raise Unfit("cap.time")


def _integer(text: str) -> int:
    text = text.strip(SPACE)
    if not _INTEGER.fullmatch(text):
        raise Unfit("cap.integer")
    size = int(text)
    _weigh_size(size)
    return size


def _weigh_size(size: int) -> None:
    if not 0 <= size < 10**18:
        raise Unfit("cap.integer")


def _decimal(text: str) -> Decimal:
    text = text.strip(SPACE)
    if not _DECIMAL.fullmatch(text):
        raise Unfit("cap.decimal")
    return Decimal(text)


def _weigh_decimal(height: Decimal) -> None:
    if not height.is_finite():
        raise Unfit("cap.decimal")


def _weigh_text(text: str) -> None:
    if ILLEGAL.search(text):
        raise Unfit("cap.characters")


TEXT = Leaf(str, str, _weigh_text, plain=True)
TOKEN = Leaf(methodcaller("strip", SPACE), str, _weigh_text, plain=True)
TIME = Leaf(_moment, _whole, _weigh_moment)
SIZE = Leaf(_integer, str, _weigh_size)
HEIGHT = Leaf(_decimal, "{:f}".format, _weigh_decimal)


def code(values: type[StrEnum], **deprecated: StrEnum) -> Leaf:
    """The type of an element with code values; `deprecated` are old spellings (“_” is a space)."""
    known: dict[str, StrEnum] = {member.value: member for member in values}
    expected = ", ".join(known)
    old = {name.replace("_", " "): member for name, member in deprecated.items()}

    def take(text: str) -> StrEnum:
        found = known.get(text) or (known | old).get(text.strip(SPACE))
        if found is None:
            raise Unfit("cap.value", expected)
        return found

    def weigh(value: Any) -> None:
        if value not in known:
            raise Unfit("cap.value", expected)

    return Leaf(take, str, weigh)
