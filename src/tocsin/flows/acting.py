"""Who acts when a flow carries on what somebody decided: the one who decided, at the time they did."""

from tocsin.kernel.actors import Act, Actor, ActorKind
from tocsin.kernel.instants import Instant
from tocsin.spine.journal.models import Entry


def act_of(entry: Entry) -> Act:
    """The act behind an entry, with its word."""
    actor = Actor(ActorKind(entry.actor_kind), entry.actor_id, entry.actor_name)
    return Act(actor, Instant(entry.at), entry.word)
