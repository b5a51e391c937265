"""Who calls: the bearer of a token acts as its person, with the rights of that person's posts."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from tocsin.api.actions import seen
from tocsin.api.queries import bearer
from tocsin.kernel.actors import Act, Actor
from tocsin.kernel.clock import SystemClock
from tocsin.spine.clocks.queries import timepiece
from tocsin.spine.people.queries import actor_of


class Asked(HttpRequest):
    """A request whose token has been checked."""

    auth: Actor


class Token(HttpBearer):
    """`Authorization: Bearer tocsin_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        found = bearer(token)
        if found is None:
            return None
        seen(token=found, clock=SystemClock())
        return actor_of(found.person)


def act_of(request: Asked, word: str = "") -> Act:
    """The caller doing something now, by the desk's clock."""
    return Act(request.auth, timepiece().now(), word)
