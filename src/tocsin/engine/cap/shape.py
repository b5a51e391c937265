"""The same structure asked of a record that was not read but made: required texts filled in, code values from
the standard, times with an offset, nothing that XML can't hold.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from tocsin.engine.cap.complaints import Complaint, complain
from tocsin.engine.cap.leaves import ILLEGAL, SPACE, Unfit
from tocsin.engine.cap.records import Alert, Valued
from tocsin.engine.cap.safety import tree
from tocsin.engine.cap.tables import ALERT, SIGNATURE, Level, Slot
from tocsin.kernel.errors import Malformed


def ill_shaped(alert: Alert) -> Iterator[Complaint]:
    """What of the record could not be written, or would not be read again as it is."""
    return _block(alert, ALERT, "/alert")


def _block(record: Any, level: Level, path: str) -> Iterator[Complaint]:
    for slot in level.slots:
        value = getattr(record, slot.field)
        if slot.many:
            if slot.need and not value:
                yield complain("cap.missing", f"{path}/{slot.tag}", fatal=slot.fatal)
            for number, one in enumerate(value, start=1):
                yield from _one(one, slot, f"{path}/{slot.tag}[{number}]")
        elif _blank(value):
            if slot.need:
                yield complain("cap.missing", f"{path}/{slot.tag}", fatal=slot.fatal)
        else:
            yield from _one(value, slot, f"{path}/{slot.tag}")
    for number, extra in enumerate(record.extras, start=1):
        yield from _extra(extra, f"{path}/extras[{number}]")


def _one(value: Any, slot: Slot, path: str) -> Iterator[Complaint]:
    if slot.level is not None:
        yield from _block(value, slot.level, path)
    elif slot.pair:
        yield from _pair(value, path)
    elif _blank(value):
        yield complain("cap.blank", path)
    else:
        try:
            slot.leaf.weigh(value)
        except Unfit as fault:
            yield complain(fault.code, path, value, fault.expected, fatal=True)


def _pair(pair: Valued, path: str) -> Iterator[Complaint]:
    if _blank(pair.value_name):
        yield complain("cap.pair", path)
    if ILLEGAL.search(pair.value_name + pair.value):
        yield complain("cap.characters", path)


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip(SPACE))


def _extra(text: str, path: str) -> Iterator[Complaint]:
    root = _element(text)
    if root is None:
        yield complain("cap.extra", path, text)
    elif root.tag != SIGNATURE:
        yield complain("cap.foreign", path, root.tag)


def _element(text: str) -> etree._Element | None:
    """The one element that the text is and stays inside a document whose default namespace is CAP's."""
    if not text.startswith("<") or text.startswith(("<?", "<!")):
        return None
    try:
        root = tree(text.encode())
    except (Malformed, UnicodeEncodeError):
        return None
    return root if root.tag[0] == "{" or 'xmlns=""' in text else None
