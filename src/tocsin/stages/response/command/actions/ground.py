"""What every action of the command stands on: the locked incident, its next number, its journal."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tocsin.kernel.actors import Act
from tocsin.kernel.errors import Illegal, Malformed
from tocsin.spine.incidents.enums import IncidentState
from tocsin.spine.incidents.models import Incident
from tocsin.spine.incidents.queries import incident as incident_by_id
from tocsin.spine.journal.actions import append
from tocsin.spine.people.models import Post
from tocsin.stages.response.command.models import Numbered


def lock_open(incident: UUID) -> Incident:
    """The incident, locked until the transaction ends. Raises `NotFound`, or `Illegal` once it has ended.

    Whoever adds something numbered locks the incident first, so that numbers are given once.
    """
    row = Incident.objects.select_for_update().filter(id=incident).first() or incident_by_id(incident)
    if row.state != IncidentState.OPEN:
        raise Illegal(
            "incident.not_open",
            "Incident {number} is “{state}”: its response is over.",
            cure="Reopen the incident first, with a word of why.",
            number=row.number,
            state=row.state,
        )
    return row


def next_number(model: type[Numbered], incident: UUID) -> int:
    """The number after the last one of this incident, whose row must be locked."""
    rows = model._default_manager.filter(incident_id=incident).order_by("-number")
    return (rows.values_list("number", flat=True).first() or 0) + 1


def require_posts(codes: Iterable[str]) -> None:
    """Raises `Malformed` naming the posts that this desk does not have."""
    wanted = set(codes)
    unknown = wanted - set(Post.objects.filter(code__in=wanted).values_list("code", flat=True))
    if unknown:
        raise Malformed(
            "post.missing",
            "There are no such posts: {posts}.",
            cure="Add them under People, or name others.",
            where="posts",
            posts=", ".join(sorted(unknown)),
        )


def journal(act: Act, kind: str, incident: UUID, **body: Any) -> None:
    """Writes to the incident's chain; ids in `body` are texts already."""
    append(chain=str(incident), kind=kind, act=act, body={"incident": str(incident), **body})
