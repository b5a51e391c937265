"""Stage 2: a tree becomes records, by the tables; what does not fit is complained of and, where it is no more
than strange, kept.

Liberal in what it takes: the three versions' namespaces under any prefix, white space around values, Z for
UTC, elements out of order, “Very Likely”, the NAME=VALUE texts of 1.0. Strict in what it claims: a message
without a known sender, time, status, type or scope has no record.
"""

import copy
import re
from typing import Any, NamedTuple, cast

from lxml import etree

from tocsin.engine.cap.complaints import Complaint, complain
from tocsin.engine.cap.leaves import SPACE, TIME, Unfit
from tocsin.engine.cap.records import Alert, Valued
from tocsin.engine.cap.tables import ALERT, NAMESPACES, REPEATED, SIGNATURE, Level, Slot

MOST_TOLD = 50
"""Complaints about one message; more help nobody, and each costs a walk among its siblings."""
MOST_STRANGE = 1000
"""Elements of one message that the standard does not know; a message with more is an attack."""

_TAGS = frozenset(f"{{{space}}}alert" for space in NAMESPACES)
_VALUE_NAMES = {f"{{{space}}}valueName": f"{{{space}}}value" for space in NAMESPACES}
_QNAME = re.compile(r"<[^\s/>]+")


class Structured(NamedTuple):
    """What stage 2 made of an alert element: its record, or None where a complaint is fatal."""

    alert: Alert | None
    complaints: list[Complaint]


def structured(element: etree._Element, base: str = "") -> Structured:
    """The record of an element whose local name should be alert; `base` is its path where it is no root."""
    name = etree.QName(element)
    told = _Told(element, base or f"/{name.localname}")
    if element.tag in _TAGS:
        return Structured(cast(Alert | None, _block(element, ALERT, told)), told.complaints)
    if name.localname == "alert":
        told.of("cap.namespace", element, name.namespace or "", ", ".join(NAMESPACES))
    else:
        told.of("cap.root", element, name.localname)
    return Structured(None, told.complaints)


class _Told:
    """The complaints about one alert so far; the first fatal one is never crowded out."""

    def __init__(self, root: etree._Element, base: str) -> None:
        self.root = root
        self.base = base
        self.complaints: list[Complaint] = []
        self.fatal = 0
        self.strange = 0

    def of(
        self,
        code: str,
        element: etree._Element,
        found: object = "",
        expected: object = "",
        *,
        fatal: bool | None = None,
        below: str = "",
    ) -> None:
        complaint = complain(code, below, found, expected, fatal=fatal)
        self.fatal += complaint.fatal
        if len(self.complaints) < MOST_TOLD or (complaint.fatal and self.fatal == 1):
            self.complaints.append(complaint._replace(path=self.path(element) + below))

    def path(self, element: etree._Element) -> str:
        steps: list[str] = []
        node = element
        while node is not self.root:
            name = etree.QName(node).localname
            if name in REPEATED:
                name = f"{name}[{sum(1 for _ in node.itersiblings(node.tag, preceding=True)) + 1}]"
            steps.append(f"/{name}")
            node = cast(etree._Element, node.getparent())
        return self.base + "".join(reversed(steps))


def _block(element: etree._Element, level: Level, told: _Told) -> Any:
    found: dict[str, Any] = {}
    extras: list[str] = []
    reached = 0
    before = told.fatal
    for child in element:
        slot = level.by_tag.get(child.tag)
        if slot is None:
            taken = False
            if child.tag != SIGNATURE:
                told.of("cap.foreign", child, child.tag)
        else:
            if slot.place < reached:
                told.of("cap.order", child)
            reached = slot.place
            taken = _taken(child, slot, found, told)
        if not taken:
            told.strange += 1
            if told.strange > MOST_STRANGE:
                told.of("cap.crowd", child, expected=MOST_STRANGE)
                return None
            extras.append(_kept(child))
    _need(element, level, found, told)
    if told.fatal > before:
        return None
    for field in level.many:
        if field in found:
            found[field] = tuple(found[field])
    return level.record(**found, extras=tuple(extras))


def _taken(child: etree._Element, slot: Slot, found: dict[str, Any], told: _Told) -> bool:
    """Puts the child's value among the found; False where it has one that no record can hold."""
    if slot.level is not None:
        value = _block(child, slot.level, told)
    elif slot.pair:
        value = _pair(child, told)
    elif not len(child) and _blank(child.text):
        if not (slot.leaf.plain or slot.need):
            told.of("cap.blank", child)
        return True
    else:
        value = _value(child, slot, told)
    if slot.many:
        held = found.setdefault(slot.field, [])
        if value is not None:
            held.append(value)
    elif slot.field in found:
        told.of("cap.repeated", child, fatal=slot.need and slot.fatal)
        return False
    elif value is not None or slot.need:  # told of already, and not to be told as missing too
        found[slot.field] = "" if value is None else value
    return value is not None


def _blank(text: str | None) -> bool:
    return text is None or not text.strip(SPACE)


def _value(child: etree._Element, slot: Slot, told: _Told) -> Any:
    if len(child):
        told.of("cap.nested", child, fatal=slot.fatal)
        return None
    text = child.text or ""
    try:
        value = slot.leaf.take(text)
    except Unfit as fault:
        told.of(fault.code, child, text.strip(SPACE), fault.expected, fatal=slot.fatal)
        return None
    if slot.leaf is TIME and "Z" in text:
        told.of("cap.zulu", child, text.strip(SPACE))
    return value


def _pair(child: etree._Element, told: _Told) -> Valued | None:
    held = list(child)
    if not held:  # CAP 1.0 wrote NAME=VALUE
        name, sign, value = (child.text or "").partition("=")
    elif len(held) == 2 and _VALUE_NAMES.get(held[0].tag) == held[1].tag and not len(held[0]) + len(held[1]):
        name, sign, value = held[0].text or "", "=", held[1].text or ""
    else:
        name, sign, value = "", "", ""
    name = name.strip(SPACE)
    if name and sign:
        return Valued(name, value.strip(SPACE))
    told.of("cap.pair", child)
    return None


def _need(element: etree._Element, level: Level, found: dict[str, Any], told: _Told) -> None:
    for slot in level.needed:
        if slot.field not in found:
            told.of("cap.missing", element, fatal=slot.fatal, below=f"/{slot.tag}")
            if not slot.many:
                found[slot.field] = ""


def _kept(element: etree._Element) -> str:
    """The element as a text that means the same wherever in a CAP 1.2 document it is put back."""
    alone = copy.deepcopy(element)
    text = etree.tostring(alone, encoding="unicode", with_tail=False)
    if None not in alone.nsmap and any(node.tag[0] != "{" for node in alone.iter(etree.Element)):
        text = _QNAME.sub(r'\g<0> xmlns=""', text, count=1)
    return text
