"""The XML Schema of CAP 1.2, made from the engine's own tables, for the peers that need one.

Ours needs none; this is written from the structure that the standard describes (§3.4), not from its schema.
"""

from tocsin.engine.cap import enums, leaves
from tocsin.engine.cap.tables import ALERT, CAP_12, Level, Slot

_CODES = {
    "category": enums.Category,
    "responseType": enums.ResponseType,
    "urgency": enums.Urgency,
    "severity": enums.Severity,
    "certainty": enums.Certainty,
    "status": enums.Status,
    "msgType": enums.MsgType,
    "scope": enums.Scope,
}
_TYPES = {
    leaves.TIME: r'<xs:restriction base="xs:dateTime">'
    r'<xs:pattern value="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\-+]\d\d:\d\d"/></xs:restriction>',
    leaves.SIZE: '<xs:restriction base="xs:integer"/>',
    leaves.HEIGHT: '<xs:restriction base="xs:decimal"/>',
}
_PAIR = (
    '<xs:complexType><xs:sequence><xs:element name="valueName" type="xs:string"/>'
    '<xs:element name="value" type="xs:string"/></xs:sequence></xs:complexType>'
)


def schema() -> str:
    """The schema as a text."""
    any_signature = (
        '<xs:any minOccurs="0" maxOccurs="unbounded" '
        'namespace="http://www.w3.org/2000/09/xmldsig#" processContents="lax"/>'
    )
    return (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{CAP_12}" '
        f'elementFormDefault="qualified"><xs:element name="alert">{_block(ALERT, any_signature)}</xs:element>'
        "</xs:schema>"
    )


def _block(level: Level, end: str = "") -> str:
    inside = "".join(map(_element, level.slots))
    return f"<xs:complexType><xs:sequence>{inside}{end}</xs:sequence></xs:complexType>"


def _element(slot: Slot) -> str:
    least, most = int(slot.need), "unbounded" if slot.many else 1
    return f'<xs:element name="{slot.tag}" minOccurs="{least}" maxOccurs="{most}">{_type(slot)}</xs:element>'


def _type(slot: Slot) -> str:
    if slot.level is not None:
        return _block(slot.level)
    if slot.pair:
        return _PAIR
    if slot.tag in _CODES:
        values = "".join(f'<xs:enumeration value="{one.value}"/>' for one in _CODES[slot.tag])
        return f'<xs:simpleType><xs:restriction base="xs:string">{values}</xs:restriction></xs:simpleType>'
    restriction = _TYPES.get(slot.leaf, '<xs:restriction base="xs:string"/>')
    return f"<xs:simpleType>{restriction}</xs:simpleType>"
