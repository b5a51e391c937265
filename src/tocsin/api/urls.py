"""Where the API lives: its operations, their description for programs and for people."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt

from tocsin.api.door import api
from tocsin.api.problems import not_here, problem
from tocsin.api.reference import page


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """Every other address below /api/."""
    return problem(not_here())


urlpatterns: list[URLPattern | URLResolver] = [
    path("", page(api), name="api-reference"),
    path("", api.urls),
    re_path(r"^(?P<rest>.+)$", nothing_here, name="api-nothing"),
]
