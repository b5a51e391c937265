"""Who stands behind a token."""

import hashlib
from uuid import UUID

from tocsin.api.models import ApiToken
from tocsin.kernel.errors import NotFound


def digest_of(secret: str) -> str:
    """What is kept of a token: 43 characters of chance need no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer(secret: str) -> ApiToken | None:
    """The living token with this text, its person's account being active; else none."""
    found = ApiToken.objects.select_related("person__user").filter(
        digest=digest_of(secret), revoked_at__isnull=True, person__user__is_active=True
    )
    return found.first()


def tokens(person: UUID) -> list[ApiToken]:
    """All tokens that a person was ever given, the newest first."""
    return list(ApiToken.objects.filter(person_id=person).order_by("-created_at", "-id"))


def token(key: UUID) -> ApiToken:
    """The token with this id. Raises `NotFound`."""
    found = ApiToken.objects.filter(id=key).first()
    if found is None:
        raise NotFound(
            "token.unknown",
            "There is no such token.",
            cure="See the person's list of tokens.",
            token=str(key),
        )
    return found
