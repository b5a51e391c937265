"""Every address of the desk: pages, the HTTP API, and what the public reads."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
