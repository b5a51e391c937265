"""Issuing and revoking tokens. An administrator does it, for anybody; the token is shown once."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from tocsin.api.models import ApiToken
from tocsin.api.queries import digest_of
from tocsin.api.queries import token as token_by_id
from tocsin.kernel.actors import Act
from tocsin.kernel.clock import Clock
from tocsin.kernel.instants import Instant
from tocsin.spine.journal.actions import append
from tocsin.spine.journal.enums import DESK
from tocsin.spine.people.enums import Power
from tocsin.spine.people.models import Person
from tocsin.spine.people.queries import demand

PREFIX = "tocsin_"
"""So that a token that leaked into a file can be told for what it is."""

SEEN_ANEW = timedelta(hours=1)


@transaction.atomic
def issue(*, act: Act, person: Person, name: str) -> tuple[ApiToken, str]:
    """Gives a person a token. Returns it with its text, which is kept nowhere."""
    demand(act.by, Power.PEOPLE_MANAGE)
    secret = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(person=person, name=name, digest=digest_of(secret), created_at=act.at)
    _journal(act, "token.issued", made)
    return made, secret


@transaction.atomic
def revoke(*, act: Act, token: UUID) -> ApiToken:
    """Makes a token void at once; one that is void already is left as it is."""
    demand(act.by, Power.PEOPLE_MANAGE)
    locked = ApiToken.objects.select_for_update().filter(id=token).first() or token_by_id(token)
    if locked.revoked_at is None:
        locked.revoked_at = act.at
        locked.save(update_fields=["revoked_at"])
        _journal(act, "token.revoked", locked)
    return locked


def seen(*, token: ApiToken, clock: Clock) -> None:
    """Notes that a token was used; once an hour is enough, so that reading stays reading."""
    now = clock.now()
    if token.used_at is None or now - Instant(token.used_at) >= SEEN_ANEW:
        ApiToken.objects.filter(id=token.id).update(used_at=now)


def _journal(act: Act, kind: str, token: ApiToken) -> None:
    body = {"token": str(token.id), "person": str(token.person_id), "name": token.name}
    append(chain=DESK, kind=kind, act=act, body=body)
