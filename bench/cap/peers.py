"""Who else reads CAP, each as a function of one message, and whether what it read is what we read."""

import xml.parsers.expat
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from lxml import etree

from bench.cap.schema import schema
from tocsin.engine import cap
from tocsin.engine.cap.plain import plain
from tocsin.engine.cap.safety import tree
from tocsin.engine.cap.structure import structured


class Reader(NamedTuple):
    """A way to read a message."""

    name: str
    read: Callable[[bytes], Any]
    gives: str
    agrees: Callable[[Any, cap.Alert], bool]
    """Whether what it gave for a message is what we read of it."""


def readers() -> Iterator[Reader]:
    """Ours, the limits, and the peers that are installed; a word for each that is not."""
    yield Reader("tocsin `read`", cap.read, "parsed, valid, typed; every field made", _same)
    yield Reader("tocsin `read`, every field touched", _touched, "the same, each field looked at", _same)
    yield Reader("tocsin, the long way", _long, "the same, for files not plainly spelled", _same)
    yield Reader("tocsin `validate`", cap.validate, "all complaints, prose rules too", _nothing)
    yield Reader("limit: lxml, parsed", etree.fromstring, "an untyped tree", _as_tree)
    yield Reader("limit: expat, no handlers", _expat, "nothing", _anything)
    valid = etree.XMLSchema(etree.fromstring(schema()))
    yield Reader("lxml + XSD", lambda data: valid.validate(etree.fromstring(data)), "yes or no", _yes)
    yield Reader(
        "lxml + XSD + dict of texts",
        lambda data: _dict(valid, data),
        "valid, untyped texts",
        lambda given, alert: given["identifier"] == [alert.identifier],
    )
    yield from _cap_tools()
    yield from _xmlschema()


def _same(given: Any, alert: cap.Alert) -> bool:
    return bool(given == alert)


def _nothing(given: Any, alert: cap.Alert) -> bool:
    return given == ()


def _yes(given: Any, alert: cap.Alert) -> bool:
    return given is True


def _anything(given: Any, alert: cap.Alert) -> bool:
    return True


def _as_tree(given: Any, alert: cap.Alert) -> bool:
    return structured(given).alert == alert


def _touched(data: bytes) -> cap.Alert:
    alert = cap.read(data)
    _touch(alert)
    return alert


def _touch(record: Any) -> int:
    """How many values the record holds; each is looked at."""
    count = 0
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, tuple):
            count += sum(_touch(one) if hasattr(one, "__struct_fields__") else 1 for one in value)
        elif value not in (None, ""):
            count += 1
    return count


def _long(data: bytes) -> cap.Alert | None:
    return structured(tree(data)).alert


def _expat(data: bytes) -> None:
    xml.parsers.expat.ParserCreate().Parse(data, True)


def _dict(valid: etree.XMLSchema, data: bytes) -> dict[str, list[Any]]:
    root = etree.fromstring(data)
    if not valid.validate(root):
        raise ValueError
    return _texts(root)


def _texts(element: etree._Element) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for child in element:
        name = child.tag.rpartition("}")[2]
        found.setdefault(name, []).append(_texts(child) if len(child) else child.text)
    return found


def _cap_tools() -> Iterator[Reader]:
    try:
        from cap_tools.models import Alert
        from xsdata.formats.dataclass.parsers import XmlParser
    except ImportError:
        print("cap-tools is not installed: left out")
        return
    parser = XmlParser()

    def agrees(given: Any, alert: cap.Alert) -> bool:
        info, ours = given.infos[0], alert.info[0]
        theirs = (given.identifier, given.sender, len(given.infos), info.headline, info.severity.value)
        times = (info.effective.to_datetime(), info.expires.to_datetime())
        return theirs == (
            alert.identifier,
            alert.sender,
            len(alert.info),
            ours.headline,
            ours.severity,
        ) and times == (ours.effective, ours.expires)

    yield Reader(
        "cap-tools (xsdata)", lambda data: parser.from_bytes(data, Alert), "typed, not validated", agrees
    )


def _xmlschema() -> Iterator[Reader]:
    try:
        import xmlschema
    except ImportError:
        print("xmlschema is not installed: left out")
        return
    valid = xmlschema.XMLSchema(schema())
    yield Reader("xmlschema, is_valid", lambda data: valid.is_valid(data.decode()), "yes or no", _yes)
    yield Reader(
        "xmlschema, to_dict",
        lambda data: valid.to_dict(data.decode()),
        "valid, a dict",
        lambda given, alert: _key(given, "identifier") == alert.identifier,
    )


def _key(given: dict[str, Any], name: str) -> Any:
    return next(value for key, value in given.items() if key.rpartition(":")[2] == name)


def short(data: bytes) -> bool:
    """Whether the message goes the short way."""
    return plain(data) is not None
