"""Records become CAP 1.2, in the order of the schema, by the same tables that read them.

The text is put together by hand: every value is escaped by one function and every record was weighed before,
so that what leaves is well-formed by construction.
"""

from typing import Any

from tocsin.engine.cap.complaints import malformed
from tocsin.engine.cap.records import Alert
from tocsin.engine.cap.rules import breaches
from tocsin.engine.cap.shape import ill_shaped
from tocsin.engine.cap.tables import ALERT, CAP_12, Level, Slot

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})


def write(alert: Alert, *, strict: bool = True) -> bytes:
    """The message as a CAP 1.2 document in UTF-8.

    Strict is for what one says oneself: any complaint refuses. With strict=False, for passing on what others
    said, only what can't be written at all is refused, and whatever was read is written, extras included.
    Raises `Malformed` with the first such complaint.
    """
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *body(alert, strict=strict), ""]).encode()


def body(alert: Alert, *, strict: bool) -> list[str]:
    """The lines of the alert element, to stand alone or in an envelope. Raises as `write` does."""
    for complaint in (*ill_shaped(alert), *(breaches(alert) if strict else ())):
        if strict or complaint.fatal:
            raise malformed(complaint)
    lines = [f'<alert xmlns="{CAP_12}">']
    _block(alert, ALERT, "  ", lines)
    lines.append("</alert>")
    return lines


def escaped(text: str) -> str:
    """The text as the content of an element."""
    return text.translate(_ESCAPES)


def _block(record: Any, level: Level, indent: str, lines: list[str]) -> None:
    for slot in level.slots:
        value = getattr(record, slot.field)
        if slot.many:
            for one in value:
                _one(one, slot, indent, lines)
        elif slot.need or (value is not None and value != ""):
            _one(value, slot, indent, lines)
    lines.extend(indent + extra for extra in record.extras)


def _one(value: Any, slot: Slot, indent: str, lines: list[str]) -> None:
    if slot.level is not None:
        lines.append(f"{indent}<{slot.tag}>")
        _block(value, slot.level, f"{indent}  ", lines)
        lines.append(f"{indent}</{slot.tag}>")
    elif slot.pair:
        name, content = escaped(value.value_name), escaped(value.value)
        lines.append(f"{indent}<{slot.tag}>")
        lines.append(f"{indent}  <valueName>{name}</valueName>")
        lines.append(f"{indent}  <value>{content}</value>")
        lines.append(f"{indent}</{slot.tag}>")
    else:
        lines.append(f"{indent}<{slot.tag}>{escaped(slot.leaf.spell(value))}</{slot.tag}>")
