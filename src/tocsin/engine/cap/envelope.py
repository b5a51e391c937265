"""EDXL-DE 1.0 (OASIS Standard, 1 May 2006): the envelope in which CAP messages travel between authorities.

The envelope says from whom and in what state the distribution is; the messages inside stay as they are.
`reading.read_all` opens it again, and that of EDXL-DE 2.0 too.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from tocsin.engine.cap.complaints import complain, malformed
from tocsin.engine.cap.enums import Status
from tocsin.engine.cap.leaves import ILLEGAL, stamp
from tocsin.engine.cap.records import Alert
from tocsin.engine.cap.writing import body, escaped

EDXL_DE = "urn:oasis:names:tc:emergency:EDXL:DE:1.0"


class Kind(StrEnum):
    """What the distribution is for (distributionType, EDXL-DE 1.0 §3.2.1); those that carry warnings."""

    REPORT = "Report"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


def wrap(
    alerts: Sequence[Alert],
    *,
    distribution_id: str,
    sender_id: str,
    sent: datetime,
    kind: Kind = Kind.REPORT,
    status: Status | None = None,
    confidentiality: str = "Unclassified",
    strict: bool = True,
) -> bytes:
    """An envelope with the alerts in the order given, in UTF-8.

    `sender_id` is an address such as desk@example.org, `sent` an aware time. The status is that of the
    messages, where none is given. Strict as `write` is. Raises `Malformed` for a message that `write`
    refuses, a naive time, an empty id, messages of unlike status (cap.envelope), control characters.
    """
    shared = status or _status(alerts)
    if sent.tzinfo is None:
        raise malformed(complain("cap.time", "/EDXLDistribution/dateTimeSent", sent.isoformat()))
    if not distribution_id.strip() or not sender_id.strip():
        raise malformed(complain("cap.missing", "/EDXLDistribution"))
    heads = {
        "distributionID": distribution_id,
        "senderID": sender_id,
        "dateTimeSent": stamp(sent),
        "distributionStatus": shared,
        "distributionType": kind,
        "combinedConfidentiality": confidentiality,
    }
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<EDXLDistribution xmlns="{EDXL_DE}">']
    lines += (f"  <{tag}>{escaped(text)}</{tag}>" for tag, text in heads.items())
    if ILLEGAL.search("".join(heads.values())):
        raise malformed(complain("cap.characters", "/EDXLDistribution"))
    for alert in alerts:
        lines += ["  <contentObject>", "    <xmlContent>", "      <embeddedXMLContent>"]
        lines += body(alert, strict=strict)
        lines += ["      </embeddedXMLContent>", "    </xmlContent>", "  </contentObject>"]
    return "\n".join([*lines, "</EDXLDistribution>", ""]).encode()


def _status(alerts: Sequence[Alert]) -> Status:
    found = sorted({alert.status for alert in alerts})
    if len(found) != 1 or found[0] is Status.DRAFT:
        raise malformed(complain("cap.envelope", "/EDXLDistribution/distributionStatus", ", ".join(found)))
    return found[0]
