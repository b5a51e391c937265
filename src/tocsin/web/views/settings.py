"""What this desk works by: its jurisdiction, the pack and how far each rule may be trusted, its channels."""

from collections.abc import Iterator

from django.conf import settings as conf
from django.http import HttpResponse
from django.shortcuts import render

from tocsin.packs.pack import Pack
from tocsin.packs.rows import Rule, Verified
from tocsin.spine.clocks.queries import replay
from tocsin.spine.places.queries import jurisdiction
from tocsin.web import locality
from tocsin.web.asked import Asked, page
from tocsin.web.exports import FORMATS, Sheet, export
from tocsin.web.locality import say
from tocsin.web.paging import word

TABLES = (
    "ladders",
    "kinds",
    "gradings",
    "responses",
    "warnings",
    "clocks",
    "publishing",
    "disclosure",
    "groups",
)


@page()
def settings(request: Asked) -> HttpResponse:
    """All of it, on one page."""
    pack = locality.pack()
    rules = list(_rules(pack)) if pack else []
    if word(request, "format") in FORMATS:
        return export(_sheet(rules), word(request, "format"))
    doubted = [(table, rule) for table, rule in rules if not rule.certain]
    return render(
        request,
        "settings/settings.html",
        {
            "jurisdiction": jurisdiction(),
            "pack": pack,
            "doubted": doubted,
            "rules": rules,
            "counts": {kind.value: sum(rule.verified is kind for _, rule in rules) for kind in Verified},
            "map_approval": conf.MAP_APPROVAL_NUMBER,
            "base_url": conf.BASE_URL,
            "channels": bool(conf.CHANNELS),
            "replay": replay(),
        },
    )


def _rules(pack: Pack) -> Iterator[tuple[str, Rule]]:
    for table in TABLES:
        for row in getattr(pack, table).values():
            if isinstance(row, Rule):
                yield table, row


def _sheet(rules: list[tuple[str, Rule]]) -> Sheet:
    rows = [
        (table, r.id, say(r.name), r.source, r.verified.value, str(r.effective or "")) for table, r in rules
    ]
    return Sheet("rules", ("table", "id", "name", "source", "verified", "effective"), rows)
