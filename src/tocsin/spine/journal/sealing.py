"""How an entry is sealed: canonical JSON (RFC 8785 for the values we use: sorted keys, no white space,
UTF-8, no floats beyond what JSON round-trips) of every column but the hash, then SHA-256.

The predecessor's hash is one of the columns, so that each entry seals all before it. A stranger can
check an exported chain with nothing but this rule: docs/how-to/verify-an-evidence-pack.md.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SEALED = (
    "seq",
    "chain",
    "number",
    "kind",
    "at",
    "recorded_at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "word",
    "body",
    "previous",
)
"""The columns that the hash covers: all of them but the hash itself."""


def canonical(value: Any) -> str:
    """The one JSON spelling of a value. Raises `ValueError` for NaN and infinities."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def seal(columns: Mapping[str, Any]) -> str:
    """The SHA-256 (hex) of the sealed columns; times as ISO 8601 text, `body` as its canonical text."""
    return hashlib.sha256(canonical({name: columns[name] for name in SEALED}).encode()).hexdigest()
