"""In whose name a command acts: whoever can run commands on the machine acts as its administrator."""

import click

from tocsin.kernel.actors import Act
from tocsin.kernel.instants import Instant
from tocsin.spine.clocks.queries import timepiece
from tocsin.spine.people.enums import Role
from tocsin.spine.people.models import Holding
from tocsin.spine.people.queries import actor_of


def administrator(at: Instant | None = None) -> Act:
    """An act of the first administrator of this desk, at the desk's own time where no other is given."""
    held = Holding.objects.filter(post__role=Role.ADMINISTRATOR, until__isnull=True).select_related("person")
    first = held.order_by("since").first()
    if first is None:
        raise click.UsageError("this desk has no administrator yet; make it with `tocsin init PACK`")
    return Act(actor_of(first.person), at or timepiece().now())
