"""The journal: its pages, its proof, and a chain to hand to a stranger."""

from datetime import datetime
from typing import Any

from django.http import StreamingHttpResponse
from ninja import Schema

from tocsin.api.caller import Asked
from tocsin.api.room import Room
from tocsin.api.words import Code, Limit, Page, Seq, page
from tocsin.kernel.errors import NotFound
from tocsin.spine.journal import evidence, queries
from tocsin.spine.people.enums import Power

room = Room("journal")


class EntryOut(Schema):
    """One entry as it was sealed; `facts` is its body as data."""

    seq: int
    chain: str
    number: int
    kind: str
    at: datetime
    recorded_at: datetime
    actor_kind: str
    actor_id: str
    actor_name: str
    word: str
    facts: dict[str, Any]
    previous: str
    hash: str


class VerdictOut(Schema):
    """What checking found; where `ok` is false, `fault` names the first entry that does not fit."""

    ok: bool
    checked: int
    fault: str
    chain: str
    number: int


@room.look("/journal", Page[EntryOut], Power.JOURNAL_READ)
def list_entries(
    request: Asked,
    chain: Code | None = None,
    kind: Code | None = None,
    after: Seq = 0,
    limit: Limit = 100,
) -> Any:
    """Entries in their order; `chain` is an incident's id or `desk`."""
    kinds = None if kind is None else [kind]
    return page(queries.entries(chain=chain, kinds=kinds, after=after, limit=limit), limit, "seq")


@room.look("/journal/verify", VerdictOut, Power.JOURNAL_READ)
def verify(request: Asked, chain: Code | None = None) -> Any:
    """Checks every seal of one chain, or of all."""
    return queries.verify(chain)


@room.look(
    "/journal/evidence/{chain}",
    None,
    Power.EVIDENCE_EXPORT,
    responses={
        200: {
            "description": "One line of JSON for each entry, sealed",
            "content": {"application/x-ndjson": {"schema": {"type": "string"}}},
        }
    },
)
def export(request: Asked, chain: Code) -> Any:
    """A chain as an evidence pack that a stranger can verify."""
    if chain not in queries.chains():
        raise NotFound(
            "chain.unknown",
            "The journal has no chain “{chain}”.",
            cure="Name an incident's id or “desk”.",
            chain=chain,
        )
    answer = StreamingHttpResponse(evidence.lines(chain), content_type="application/x-ndjson")
    answer["Content-Disposition"] = f'attachment; filename="{chain}.ndjson"'
    return answer
