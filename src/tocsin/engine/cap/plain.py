"""The short way through stages 1 and 2, for messages in their plain spelling.

CAP has no recursion and no attributes, and its elements stand in a fixed order. Written plainly (UTF-8, one
namespace, no comments, no character references, every element in its place) a message is therefore a word of
a regular language, and one pass of regular expressions, made from the tables, both proves it well-formed and
valid and cuts out its values. What is not of that language is not judged here: the answer is None, and the
XML parser with all its complaints decides. So this file may leave aside whatever is hard, but what it takes
must be what the long way would have made of it, record for record; tests and fuzz hold the two together.

Every repetition is possessive (`*+`, `?+`): no text makes the expressions go back, so time is linear.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, cast

from tocsin.engine.cap.leaves import SPACE, Unfit
from tocsin.engine.cap.records import Alert, Valued
from tocsin.engine.cap.safety import MOST_BYTES
from tocsin.engine.cap.tables import ALERT, NAMESPACES, Level, Slot

_S = "[ \t\n]*+"
_TEXT = "([^<]*+)"
_SHORT = "([^<]{1,40}+)"
"""Codes, times and numbers; the bound is also that of what the caches below may hold."""
_SOME = "(?=[ \t\n]*+[^< \t\n])"
"""Stands before a text that is not blank."""
_VERSION = (
    r"""<\?xml version ?= ?(?:"1\.0"|'1\.0')(?: encoding ?= ?(?:"(?:UTF|utf)-8"|'(?:UTF|utf)-8'))?+"""
    r"""(?: standalone ?= ?(?:"(?:yes|no)"|'(?:yes|no)'))?+ ?\?>"""
)
_STYLE = r"<\?xml-stylesheet [^?]*+\?>"
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})
_UNKNOWN = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")


class _Foreign(Exception):
    """The text is not of the plain language after all."""


class _Form(NamedTuple):
    """A level as expressions."""

    opening: re.Pattern[str]
    """The start tag and the elements that hold no block; a group each of `fields`."""
    fields: tuple[tuple[str, bool, Callable[[str], Any]], ...]
    """The name of the field, whether it may stand many times, and what the text of its group means."""
    blocks: tuple[tuple[str, "_Form"], ...]
    closing: re.Pattern[str]
    record: type[Any]


def plain(data: bytes) -> Alert | None:
    """The message, if it is spelled plainly and nothing in it is refused or kept aside; else None."""
    text = _decoded(data)
    if text is None:
        return None
    form = _FORMS["cap:" if "<cap:alert" in text[:300] else ""]
    match = form.opening.match(text)
    if match is None:
        return None
    try:
        alert, end = _block(form, text, match)
    except (_Foreign, Unfit):
        return None
    return cast(Alert, alert) if end == len(text) else None


def _decoded(data: bytes) -> str | None:
    """The text, its lines ended as XML ends them (§2.11); None where a sign in it needs a parser."""
    if len(data) > MOST_BYTES or len(data.translate(None, _CONTROLS)) < len(data):
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if "\ufffe" in text or "\uffff" in text or ("]" in text and "]]>" in text):
        return None
    if "&" in text and _UNKNOWN.search(text):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _block(form: _Form, text: str, opening: re.Match[str]) -> tuple[Any, int]:
    """The record of the block that opens there, and where it ends."""
    found: dict[str, Any] = {}
    for (field, many, take), held in zip(form.fields, opening.groups(), strict=True):
        if held:
            found[field] = take(held) if many or "&" not in held else take(_unescaped(held))
    at = opening.end()
    for field, inner in form.blocks:
        blocks = []
        while match := inner.opening.match(text, at):
            block, at = _block(inner, text, match)
            blocks.append(block)
        found[field] = tuple(blocks)
    closing = form.closing.match(text, at)
    if closing is None:
        raise _Foreign
    return form.record(**found), closing.end()


def _unescaped(text: str) -> str:
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&apos;", "'")
    return text.replace("&amp;", "&")  # last: the ampersand that it makes is text


def _form(level: Level, start: str, prefix: str, tag: str) -> _Form:
    leaves = [slot for slot in level.slots if slot.level is None]
    return _Form(
        re.compile(f"{start}{_S}" + "".join(_pattern(slot, prefix) for slot in leaves)),
        tuple((slot.field, slot.many, _taker(slot, prefix)) for slot in leaves),
        tuple(
            (slot.field, _form(slot.level, f"<{prefix}{slot.tag}>", prefix, slot.tag))
            for slot in level.slots
            if slot.level is not None
        ),
        re.compile(f"</{prefix}{tag}>{_S}"),
        level.record,
    )


def _pattern(slot: Slot, prefix: str) -> str:
    """The element, or all of its kind, as one group; empty or unmatched where it says nothing."""
    tag = f"{prefix}{slot.tag}"
    if slot.many:
        held = f"{_SOME}[^<]*+"
        if slot.pair:
            name, value = f"{prefix}valueName", f"{prefix}value"
            held = f"{_S}<{name}>{held}</{name}>{_S}<{value}(?:>[^<]*+</{value}| ?/)>{_S}"
        return f"((?:<{tag}>{held}</{tag}>{_S}){'++' if slot.need else '*+'})"
    held = _SOME + (_TEXT if slot.leaf.plain else _SHORT)
    if slot.need:
        return f"<{tag}>{held}</{tag}>{_S}"
    return f"(?:<{tag}>(?:{held}|{_S})</{tag}>{_S}|<{tag} ?/>{_S})?+"


def _taker(slot: Slot, prefix: str) -> Callable[[str], Any]:
    take = slot.leaf.take if slot.leaf.plain else lru_cache(512)(slot.leaf.take)
    if not slot.many:
        return take
    if slot.pair:
        pairs = re.compile(f"valueName>{_TEXT}</{prefix}valueName>{_S}<{prefix}value(?:>{_TEXT}<| ?/)")
        return lambda text: _pairs(pairs.findall(text), "&" in text)
    each = re.compile(f"<{prefix}{slot.tag}>{_TEXT}<")
    return lambda text: tuple([take(_unescaped(one)) for one in each.findall(text)])


def _pairs(found: list[tuple[str, str]], escaped: bool) -> tuple[Valued, ...]:
    if escaped:
        found = [(_unescaped(name), _unescaped(value)) for name, value in found]
    return tuple([Valued(name.strip(SPACE), value.strip(SPACE)) for name, value in found])


def _root(prefix: str) -> str:
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    space = "|".join(f"(?:\"{re.escape(one)}\"|'{re.escape(one)}')" for one in NAMESPACES)
    return f"(?:{_VERSION})?+{_S}(?:{_STYLE}{_S})?+<{prefix}alert {name} ?= ?(?:{space}) ?>"


_FORMS = {prefix: _form(ALERT, _root(prefix), prefix, "alert") for prefix in ("", "cap:")}
"""By the spelling of names; any other prefix is left to the parser."""
