"""The journal as it stands: every entry of every chain, and the proof that nobody rewrote it."""

from django.http import HttpResponse
from django.shortcuts import render

from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.models import Entry
from tocsin.spine.journal.queries import chains, entries, verify
from tocsin.spine.people.enums import Power
from tocsin.web.asked import Asked, page
from tocsin.web.exports import FORMATS, MOST, Sheet, export
from tocsin.web.paging import PAGE, after, number, word
from tocsin.web.spans import whole_moment
from tocsin.web.telling import particulars, sentence, sentences

COLUMNS = (
    "seq",
    "chain",
    "number",
    "at",
    "kind",
    "sentence",
    "actor",
    "actor_kind",
    "word",
    "particulars",
    "hash",
)


@page(Power.JOURNAL_READ)
def journal(request: Asked) -> HttpResponse:
    """Entries, the newest first."""
    form, rows = word(request, "format"), _rows(request, PAGE)
    if form in FORMATS:
        return export(_sheet(_rows(request, MOST)), form)
    return render(
        request,
        "journal/journal.html",
        {
            "entries": rows,
            "kinds": sorted((kind, sentence(kind)) for kind in sentences()),
            "chains": chains(),
            "next_page": after(rows, "seq"),
            "first_page": number(request),
            "desk_chain": DESK,
        },
    )


@page(Power.JOURNAL_READ)
def check(request: Asked) -> HttpResponse:
    """Checks every seal of every chain, now, by the same code as `tocsin journal verify`."""
    return render(request, "journal/verify.html", {"verdict": verify(), "chains": chains()})


def _rows(request: Asked, limit: int) -> list[Entry]:
    return entries(
        chain=word(request, "chain") or None,
        kinds=[word(request, "kind")] if word(request, "kind") else None,
        before=number(request) or None,
        limit=limit,
        newest_first=True,
    )


def _sheet(rows: list[Entry]) -> Sheet:
    return Sheet("journal", COLUMNS, [_row(entry) for entry in rows])


def _row(entry: Entry) -> tuple[object, ...]:
    said = (sentence(entry.kind), entry.actor_name, entry.actor_kind, entry.word, particulars(entry.facts))
    return (entry.seq, entry.chain, entry.number, whole_moment(entry.at), entry.kind, *said, entry.hash)
