"""A refusal of the house as a page: what is wrong, in the reader's language, and what to do next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tocsin.kernel.errors import Contended, Forbidden, Illegal, Malformed, NotFound, TocsinError, fill
from tocsin.web.vocabulary import said

STATUS: tuple[tuple[type[TocsinError], int], ...] = (
    (Malformed, 422),
    (Forbidden, 403),
    (NotFound, 404),
    (Illegal, 409),
    (Contended, 409),
    (TocsinError, 422),
)


def status_of(refusal: TocsinError) -> int:
    """The HTTP status that tells this refusal."""
    return next(number for kind, number in STATUS if isinstance(refusal, kind))


def words(refusal: TocsinError) -> dict[str, Any]:
    """A refusal in the reader's language: `text`, `cure`, `where` it lies, and all `faults` where it names
    several.
    """
    data = {name: _said(value) for name, value in refusal.data.items()}
    return {
        "text": fill(gettext(refusal.text), data),
        "cure": fill(gettext(refusal.cure), data) if refusal.cure else "",
        "where": str(refusal.data.get("where", "")),
        "code": refusal.code,
        "faults": refusal.data.get("faults") or refusal.data.get("findings") or [],
    }


def refused(request: HttpRequest, refusal: TocsinError, status: int | None = None) -> HttpResponse:
    """The page of a refusal."""
    told = status or status_of(refusal)
    return render(request, "refused.html", {"refusal": words(refusal), "status": told}, status=told)


def _said(value: Any) -> Any:
    """Words inside a refusal (a state, a move, a role) are translated too; names stay as they are."""
    if isinstance(value, str) and value:
        return ", ".join(said(part) for part in value.split(", ")) if value.islower() else value
    return value
