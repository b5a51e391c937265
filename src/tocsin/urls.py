"""Every address of the desk: pages, the HTTP API, and what the public reads."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("tocsin.api.urls")),
    path("", include("tocsin.web.urls")),
]
