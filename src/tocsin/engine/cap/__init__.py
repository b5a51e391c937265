"""The Common Alerting Protocol 1.2 (OASIS Standard, 1 July 2010), which all warning systems speak.

In: `read`, `read_all` (also 1.0 and 1.1, feeds, envelopes), `validate`. Out: `write`, `atom`, `wrap`. The
chain of a warning's life: `update_of`, `cancel_of`, `ack_of`, `error_of`; what of it holds: `in_force`,
`standings`. Who said it: `verify`, `sign`. Where it is: `to_geojson`, `to_cap`. Malformed input raises
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
from tocsin.engine.cap.envelope import Kind, wrap
from tocsin.engine.cap.feed import address, atom, links
from tocsin.engine.cap.geometry import Holes, to_cap, to_geojson
from tocsin.engine.cap.profiles import Demand, Profile
from tocsin.engine.cap.reading import read, read_all, validate, validate_all
from tocsin.engine.cap.records import Alert, Area, Info, Resource, Valued
from tocsin.engine.cap.references import ack_of, cancel_of, chain, error_of, reference_to, update_of
from tocsin.engine.cap.signatures import Trust, Verdict, verify
from tocsin.engine.cap.signing import sign
from tocsin.engine.cap.standing import Standing, State, in_force, standings
from tocsin.engine.cap.trust import certificates, private_key
from tocsin.engine.cap.writing import write

__all__ = [
    "Alert",
    "Area",
    "Category",
    "Certainty",
    "Complaint",
    "Demand",
    "Holes",
    "Info",
    "Kind",
    "MsgType",
    "Profile",
    "Resource",
    "ResponseType",
    "Scope",
    "Severity",
    "Standing",
    "State",
    "Status",
    "Trust",
    "Urgency",
    "Valued",
    "Verdict",
    "ack_of",
    "address",
    "atom",
    "cancel_of",
    "certificates",
    "chain",
    "error_of",
    "in_force",
    "links",
    "private_key",
    "read",
    "read_all",
    "reference_to",
    "sign",
    "standings",
    "to_cap",
    "to_geojson",
    "update_of",
    "validate",
    "validate_all",
    "verify",
    "wrap",
    "write",
]
