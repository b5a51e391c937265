"""How a refusal is told: `application/problem+json` (RFC 9457) with a stable code, a text in the
language that was asked for, the cure, and the data behind it.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_noop
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from tocsin.kernel.errors import (
    Contended,
    Forbidden,
    Illegal,
    Malformed,
    NotFound,
    Refused,
    TocsinError,
    fill,
)

MEDIA = "application/problem+json"
STATUS: tuple[tuple[type[TocsinError], int], ...] = (
    (Malformed, 422),
    (Forbidden, 403),
    (NotFound, 404),
    (Illegal, 409),
    (Contended, 409),
    (TocsinError, 422),
)


class Problem(Schema):
    """A refusal. `code` is stable; `text` and `cure` are in the language of Accept-Language."""

    status: int
    code: str
    text: str
    cure: str
    data: dict[str, Any]


def problem(refusal: TocsinError, status: int | None = None) -> HttpResponse:
    """A refusal of the house as an answer."""
    told = status or next(number for kind, number in STATUS if isinstance(refusal, kind))
    body = {
        "status": told,
        "code": refusal.code,
        "text": fill(gettext(refusal.text), refusal.data),
        "cure": fill(gettext(refusal.cure), refusal.data) if refusal.cure else "",
        "data": refusal.data,
    }
    answer = HttpResponse(json.dumps(body, default=str, ensure_ascii=False), MEDIA, told)
    if refusal.retryable:
        answer["Retry-After"] = "1"
    if told == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def not_here() -> NotFound:
    """What an unknown address is told."""
    return NotFound(
        "address.unknown",
        gettext_noop("There is nothing at this address."),
        cure=gettext_noop("See the list of operations at /api/."),
    )


def tell_problems(api: NinjaAPI) -> None:
    """Makes every refusal, whoever raises it, a problem of one shape."""
    api.add_exception_handler(TocsinError, _refused)
    api.add_exception_handler(ValidationError, _unfitting)
    api.add_exception_handler(AuthenticationError, _nobody)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(OperationalError, _busy)
    api.add_exception_handler(Http404, lambda request, fault: problem(not_here()))


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    """Ninja types what it hands over as an error or its class; it is always the error."""
    return problem(refusal)


def _unfitting(request: HttpRequest, fault: Any) -> HttpResponse:
    faults = [{"where": _where(error["loc"]), "text": error["msg"]} for error in fault.errors]
    first = faults[0] if faults else {"where": "", "text": ""}
    refusal = Malformed(
        "body.unfitting",
        gettext_noop("The request does not fit at {where}: {text}"),
        cure=gettext_noop("See what this operation takes in /api/openapi.json."),
        **first,
        faults=faults,
    )
    return problem(refusal)


def _where(place: Sequence[Any]) -> str:
    """`("body", "payload", "title", "en")` as `body.title.en`: the name of our argument says nothing."""
    source, *path = [str(step) for step in place]
    return ".".join([source, *(path[1:] if source == "body" else path)])


def _nobody(request: HttpRequest, fault: Any) -> HttpResponse:
    refusal = Refused(
        "token.missing",
        gettext_noop("This needs a valid token."),
        cure=gettext_noop("Send “Authorization: Bearer …”; an administrator issues tokens."),
    )
    return problem(refusal, 401)


def _unreadable(request: HttpRequest, fault: Any) -> HttpResponse:
    """Ninja wraps whatever goes wrong while a body is read; what was meant is its cause."""
    cause = fault.__cause__
    refusal = cause if isinstance(cause, TocsinError) else Refused("request.refused", str(fault))
    return problem(refusal, 422 if isinstance(cause, TocsinError) else fault.status_code)


def _too_big(request: HttpRequest, fault: Any) -> HttpResponse:
    refusal = Malformed(
        "body.too_big",
        gettext_noop("The body is too big."),
        cure=gettext_noop("Send less at once; long tables are imported with `tocsin import`."),
        where="body",
    )
    return problem(refusal, 413)


def _busy(request: HttpRequest, fault: Any) -> HttpResponse:
    refusal = Contended(
        "desk.busy",
        gettext_noop("The desk is too busy to keep this now; nothing was changed."),
        cure=gettext_noop("Ask again."),
    )
    return problem(refusal, 503)
