"""The list of operations as a plain page, drawn from the same OpenAPI document: no script, no CDN."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from ninja import NinjaAPI


def operations(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The operations of an OpenAPI document by their room, each with what it takes and needs."""
    rooms: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            rooms[told["tags"][0]].append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": told["summary"],
                    "text": told.get("description", ""),
                    "power": told.get("x-power", ""),
                    "query": [p for p in told.get("parameters", ()) if p["in"] == "query"],
                    "body": _fields(document, told),
                }
            )
    return dict(rooms)


def _fields(document: dict[str, Any], told: dict[str, Any]) -> list[dict[str, Any]]:
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    if not name:
        return []
    schema = document["components"]["schemas"][name]
    required = set(schema.get("required", ()))
    return [{"name": field, "required": field in required} for field in schema.get("properties", {})]


def page(api: NinjaAPI) -> Any:
    """The view that draws the page of an API."""

    @require_safe
    def reference(request: HttpRequest) -> HttpResponse:
        rooms = operations(api.get_openapi_schema())
        return render(request, "api/reference.html", {"api": api, "rooms": rooms})

    return reference
