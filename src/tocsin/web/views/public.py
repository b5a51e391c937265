"""The public portal: what is published, to whoever asks. No sign-in, no cookie needed, no script needed."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext, gettext_noop

from tocsin.engine.cap import atom, read
from tocsin.kernel.errors import NotFound, TocsinError
from tocsin.kernel.instants import Instant
from tocsin.kernel.instants import after as later
from tocsin.spine.clocks.queries import timepiece
from tocsin.stages.communication.alerts import public as alerts
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.communication.alerts.public import PublicAlert
from tocsin.stages.communication.bulletins import public as bulletins
from tocsin.web import atlas, locality
from tocsin.web.locality import say
from tocsin.web.paging import PAGE, after, uuid
from tocsin.web.refusals import status_of, words

FEED = 50
FRESH = timedelta(seconds=15)
View = Callable[..., HttpResponse]


def open_to_all(view: View) -> View:
    """Wraps a view that anybody may read; a short life in caches keeps a rush away from the database."""

    @wraps(view)
    def shown(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            response = view(request, **named)
        except TocsinError as refusal:
            told = {"refusal": words(refusal), **_frame()}
            return render(request, "public/refused.html", told, status=status_of(refusal))
        patch_cache_control(response, public=True, max_age=int(FRESH.total_seconds()))
        return response

    return shown


def _frame() -> dict[str, Any]:
    here = locality.pack()
    return {
        "jurisdiction": say(here.name) if here else "",
        "approval": settings.MAP_APPROVAL_NUMBER,
        "languages": settings.LANGUAGES,
        "now": timepiece().now(),
    }


@open_to_all
def portal(request: HttpRequest) -> HttpResponse:
    """Alerts in force, with a map; the newest bulletins."""
    now = timepiece().now()
    standing = alerts.in_force(now)
    levels, said = _levels(standing)
    return render(
        request,
        "public/portal.html",
        {
            "alerts": standing,
            "levels": levels,
            "said": said,
            "bulletins": bulletins.published(limit=10),
            "ended": [row for row in alerts.published(limit=20) if row not in standing][:10],
            "exercise": any(row.status == "Exercise" for row in standing),
            **_frame(),
        },
    )


def _levels(standing: list[PublicAlert]) -> tuple[dict[str, int], dict[str, str]]:
    """The highest level and the headlines of each district."""
    here = locality.pack()
    levels: dict[str, int] = {}
    said: dict[str, list[str]] = {}
    for row in standing:
        for code in _districts(row.areas) if here else ():
            levels[code] = max(levels.get(code, 0), int(row.level or 0))
            said.setdefault(code, []).append(say(row.headline))
    return levels, {code: gettext("; ").join(dict.fromkeys(texts)) for code, texts in said.items()}


def _districts(codes: tuple[str, ...]) -> set[str]:
    drawn = {outline.code for outline in atlas.outlines()}
    here = locality.pack()
    found = set()
    for code in codes:
        row = here.places.get(code) if here else None
        if row is not None and row.kind.value in ("city", "group"):
            found |= drawn if row.kind.value == "city" else drawn & set(row.members)
        while row is not None and here is not None:
            found |= {row.code} & drawn
            row = here.places.get(row.parent)
    return found


@open_to_all
def areas(request: HttpRequest) -> HttpResponse:
    """The districts with what is in force in them, for the map and for whoever builds on it."""
    levels, said = _levels(alerts.in_force(timepiece().now()))
    return JsonResponse(atlas.features(levels, said), content_type="application/geo+json")


@open_to_all
def alert(request: HttpRequest, key: UUID) -> HttpResponse:
    """One published alert, and what followed it."""
    row = alerts.published_alert(key)
    chain = alerts.published_chain(key)
    return render(request, "public/alert.html", {"alert": row, "chain": chain, **_frame()})


@open_to_all
def all_alerts(request: HttpRequest) -> HttpResponse:
    """Everything that was ever published."""
    rows = alerts.published(before=uuid(request), limit=PAGE)
    told = {"alerts": rows, "next_page": after(rows), "first_page": request.GET.get("before"), **_frame()}
    return render(request, "public/alerts.html", told)


@open_to_all
def bulletin(request: HttpRequest, key: UUID) -> HttpResponse:
    """One bulletin."""
    return render(
        request, "public/bulletin.html", {"bulletin": bulletins.published_bulletin(key), **_frame()}
    )


@open_to_all
def cap(request: HttpRequest, identifier: str) -> HttpResponse:
    """The CAP file of a published alert, byte for byte, at an address that never changes."""
    key = (
        Alert.objects.filter(identifier=identifier, sent_at__isnull=False)
        .values_list("id", flat=True)
        .first()
    )
    if key is None:
        raise NotFound("alert.unknown", gettext_noop("There is no such alert."))
    return HttpResponse(alerts.cap_document(key), content_type="application/cap+xml; charset=utf-8")


@open_to_all
def feed(request: HttpRequest) -> HttpResponse:
    """The Atom feed of the newest CAP files."""
    base = f"{settings.BASE_URL}/public/cap"
    newest = alerts.published(limit=FEED)
    documents = [read(alerts.cap_document(row.id)) for row in newest]
    here = locality.pack()
    body = atom(
        documents,
        feed_id=f"{base}/feed.atom",
        title=say(here.name) if here else "CAP",
        base_url=base,
        updated=newest[0].sent_at if newest else _beginning(),
    )
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _beginning() -> Instant:
    """When an empty feed was last changed: never later than now."""
    return later(timepiece().now(), timedelta())
