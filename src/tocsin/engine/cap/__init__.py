"""The Common Alerting Protocol 1.2 (OASIS Standard, 1 July 2010), which all warning systems speak.

In: `read`, `read_all` (also 1.0 and 1.1, feeds, envelopes), `validate`. Out: `write`, `atom`. The chain of a
warning's life: `update_of`, `cancel_of`. Where it is: `to_geojson`, `to_cap`. Malformed input raises
`kernel.errors.Malformed` with a code of `complaints.RULES`, and nothing else.
"""

from tocsin.engine.cap.complaints import Complaint
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
from tocsin.engine.cap.feed import address, atom, links
from tocsin.engine.cap.geometry import Holes, to_cap, to_geojson
from tocsin.engine.cap.reading import read, read_all, validate
from tocsin.engine.cap.records import Alert, Area, Info, Resource, Valued
from tocsin.engine.cap.references import cancel_of, chain, reference_to, update_of
from tocsin.engine.cap.writing import write

__all__ = [
    "Alert",
    "Area",
    "Category",
    "Certainty",
    "Complaint",
    "Holes",
    "Info",
    "MsgType",
    "Resource",
    "ResponseType",
    "Scope",
    "Severity",
    "Status",
    "Urgency",
    "Valued",
    "address",
    "atom",
    "cancel_of",
    "chain",
    "links",
    "read",
    "read_all",
    "reference_to",
    "to_cap",
    "to_geojson",
    "update_of",
    "validate",
    "write",
]
