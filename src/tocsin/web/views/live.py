"""Being live without reload: is there anything newer than what a page has seen?"""

from django.http import HttpResponse, JsonResponse

from tocsin.kernel.instants import iso
from tocsin.spine.clocks.queries import replay
from tocsin.spine.journal.queries import entries
from tocsin.web.asked import Asked, page
from tocsin.web.paging import number

NEWS = 200


@page()
def live(request: Asked) -> HttpResponse:
    """204 where the journal has nothing newer than `after`; else its newest `seq` and the kinds of news."""
    news = entries(after=number(request, "after"), limit=NEWS, newest_first=True)
    answer: HttpResponse = HttpResponse(status=204)
    if news:
        kinds = sorted({entry.kind for entry in news})
        answer = JsonResponse({"seq": news[0].seq, "kinds": kinds})
    return _timed(request, answer)


def _timed(request: Asked, answer: HttpResponse) -> HttpResponse:
    """Tells the page's clock what time it is here and how fast it runs."""
    row = replay()
    answer["Tocsin-Now"] = iso(request.now)
    answer["Tocsin-Speed"] = f"{row.pace:g}" if row else "1"
    return answer
