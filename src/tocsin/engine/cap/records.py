"""A CAP message as frozen records: one class a block of the standard, one field an element, in its order.

What a record can't be sure of it keeps as the source wrote it: polygons, circles, references and addresses
are texts, because a warning whose polygon is not closed is still a warning. `geometry` and `references` read
them; `validate` complains of them. Times keep the offset they came with. An absent optional text is "" (the
standard knows no difference between an empty one and none), an absent time or number is None.
"""

from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from tocsin.engine.cap.enums import (
    Category,
    Certainty,
    MsgType,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)


class Valued(Struct, frozen=True, gc=False):
    """A name and a value of a code system: what eventCode, parameter and geocode hold."""

    value_name: str
    value: str


class Resource(Struct, frozen=True, kw_only=True, gc=False):
    """A file beside the message (§3.2.3)."""

    resource_desc: str
    mime_type: str = ""
    size: int | None = None
    """Bytes."""
    uri: str = ""
    deref_uri: str = ""
    """The file itself, in base64."""
    digest: str = ""
    """SHA-1 of the file, in hexadecimal."""
    extras: tuple[str, ...] = ()
    """Elements that the standard does not know, each a self-contained XML text, kept for the round trip."""


class Area(Struct, frozen=True, kw_only=True, gc=False):
    """Where (§3.2.4): the union of its polygons, circles and geocodes."""

    area_desc: str
    polygon: tuple[str, ...] = ()
    """Each "lat,lon lat,lon …" in WGS 84 degrees, closed."""
    circle: tuple[str, ...] = ()
    """Each "lat,lon radius", the radius in kilometres."""
    geocode: tuple[Valued, ...] = ()
    altitude: Decimal | None = None
    """Feet above mean sea level; the lower limit where there is a ceiling."""
    ceiling: Decimal | None = None
    """Feet above mean sea level."""
    extras: tuple[str, ...] = ()


class Info(Struct, frozen=True, kw_only=True, gc=False):
    """What happens, in one language (§3.2.2)."""

    language: str = "en-US"
    """RFC 3066; the standard's own default stands where the source says nothing."""
    category: tuple[Category, ...] = ()
    event: str
    response_type: tuple[ResponseType, ...] = ()
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    audience: str = ""
    event_code: tuple[Valued, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str = ""
    headline: str = ""
    description: str = ""
    instruction: str = ""
    web: str = ""
    contact: str = ""
    parameter: tuple[Valued, ...] = ()
    resource: tuple[Resource, ...] = ()
    area: tuple[Area, ...] = ()
    extras: tuple[str, ...] = ()


class Alert(Struct, frozen=True, kw_only=True, gc=False):
    """A message (§3.2.1). `sender`, `identifier` and `sent` together are its name."""

    identifier: str
    sender: str
    sent: datetime
    status: Status
    msg_type: MsgType
    source: str = ""
    scope: Scope
    restriction: str = ""
    addresses: str = ""
    code: tuple[str, ...] = ()
    note: str = ""
    references: str = ""
    incidents: str = ""
    info: tuple[Info, ...] = ()
    extras: tuple[str, ...] = ()
    """Also a signature (§3.3.4.1), which holds for the bytes it came with and for no rewritten ones."""
