"""The schema of CAP as typed tables, in the order of its sequences (§3.4): the one place that says which
element stands where, how often, of what type, and whether a message without it can still be used.

Reader, writer and checks all walk these tables; an element is added here and nowhere else.
"""

from typing import Any, NamedTuple

from tocsin.engine.cap import enums, records
from tocsin.engine.cap.leaves import HEIGHT, SIZE, TEXT, TIME, TOKEN, Leaf, code

CAP_12 = "urn:oasis:names:tc:emergency:cap:1.2"
CAP_11 = "urn:oasis:names:tc:emergency:cap:1.1"
CAP_10 = "http://www.incident.com/cap/1.0"
NAMESPACES = (CAP_12, CAP_11, CAP_10)
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}Signature"


class Slot(NamedTuple):
    """One element of a block."""

    tag: str
    field: str
    leaf: Leaf
    """The type of its text; unused where `level` or `pair` says that it holds elements."""
    many: bool = False
    need: bool = False
    fatal: bool = False
    """Whether a message that lacks it, or holds no value in it, is refused."""
    level: "Level | None" = None
    pair: bool = False
    place: int = 0
    """Its place in the sequence."""


class Level:
    """One block: its slots in order, and by the full tag of each version of the standard."""

    def __init__(self, record: type[Any], *slots: Slot) -> None:
        self.record = record
        self.slots = tuple(slot._replace(place=place) for place, slot in enumerate(slots))
        self.needed = tuple(slot for slot in self.slots if slot.need)
        self.many = tuple(slot.field for slot in self.slots if slot.many)
        self.by_tag = {f"{{{space}}}{slot.tag}": slot for space in NAMESPACES for slot in self.slots}


def _need(tag: str, field: str, leaf: Leaf, *, fatal: bool = True, many: bool = False) -> Slot:
    return Slot(tag, field, leaf, many, need=True, fatal=fatal)


def _pairs(tag: str, field: str) -> Slot:
    return Slot(tag, field, TEXT, many=True, pair=True)


RESOURCE = Level(
    records.Resource,
    _need("resourceDesc", "resource_desc", TOKEN, fatal=False),
    _need("mimeType", "mime_type", TOKEN, fatal=False),
    Slot("size", "size", SIZE),
    Slot("uri", "uri", TOKEN),
    Slot("derefUri", "deref_uri", TOKEN),
    Slot("digest", "digest", TOKEN),
)

AREA = Level(
    records.Area,
    _need("areaDesc", "area_desc", TOKEN, fatal=False),
    Slot("polygon", "polygon", TOKEN, many=True),
    Slot("circle", "circle", TOKEN, many=True),
    _pairs("geocode", "geocode"),
    Slot("altitude", "altitude", HEIGHT),
    Slot("ceiling", "ceiling", HEIGHT),
)

INFO = Level(
    records.Info,
    Slot("language", "language", TOKEN),
    _need("category", "category", code(enums.Category), fatal=False, many=True),
    _need("event", "event", TOKEN),
    Slot("responseType", "response_type", code(enums.ResponseType), many=True),
    _need("urgency", "urgency", code(enums.Urgency)),
    _need("severity", "severity", code(enums.Severity)),
    _need("certainty", "certainty", code(enums.Certainty, Very_Likely=enums.Certainty.LIKELY)),
    Slot("audience", "audience", TOKEN),
    _pairs("eventCode", "event_code"),
    Slot("effective", "effective", TIME, fatal=True),
    Slot("onset", "onset", TIME, fatal=True),
    Slot("expires", "expires", TIME, fatal=True),
    Slot("senderName", "sender_name", TOKEN),
    Slot("headline", "headline", TOKEN),
    Slot("description", "description", TEXT),
    Slot("instruction", "instruction", TEXT),
    Slot("web", "web", TOKEN),
    Slot("contact", "contact", TOKEN),
    _pairs("parameter", "parameter"),
    Slot("resource", "resource", TEXT, many=True, level=RESOURCE),
    Slot("area", "area", TEXT, many=True, level=AREA),
)

ALERT = Level(
    records.Alert,
    _need("identifier", "identifier", TOKEN),
    _need("sender", "sender", TOKEN),
    _need("sent", "sent", TIME),
    _need("status", "status", code(enums.Status)),
    _need("msgType", "msg_type", code(enums.MsgType)),
    Slot("source", "source", TOKEN),
    _need("scope", "scope", code(enums.Scope)),
    Slot("restriction", "restriction", TOKEN),
    Slot("addresses", "addresses", TOKEN),
    Slot("code", "code", TOKEN, many=True),
    Slot("note", "note", TEXT),
    Slot("references", "references", TOKEN),
    Slot("incidents", "incidents", TOKEN),
    Slot("info", "info", TEXT, many=True, level=INFO),
)

REPEATED = frozenset(
    slot.tag for level in (ALERT, INFO, AREA, RESOURCE) for slot in level.slots if slot.many
) | {"alert", "entry", "item", "contentObject"}
"""What a path counts; alert only below a root of many."""
