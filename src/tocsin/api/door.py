"""The API itself: one door, its rooms behind it."""

from importlib.metadata import version
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from tocsin.api.body import Strict
from tocsin.api.caller import Token
from tocsin.api.problems import Problem, tell_problems
from tocsin.api.room import MOVED, REFUSALS, refusal_response
from tocsin.api.rooms import (
    alerts,
    bulletins,
    deadlines,
    deliveries,
    incidents,
    indicators,
    journal,
    people,
    plans,
    proposals,
    replay,
    reports,
    response,
    reviews,
    signals,
    situations,
)

ROOMS = (
    signals,
    situations,
    indicators,
    plans,
    incidents,
    proposals,
    response,
    reports,
    alerts,
    bulletins,
    deliveries,
    reviews,
    deadlines,
    journal,
    people,
    replay,
)


class Door(NinjaAPI):
    """The API, whose description tells each refusal once for all operations."""

    def get_openapi_schema(self, **how: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**how)
        document["components"]["schemas"][Problem.__name__] = Problem.model_json_schema()
        document["components"]["responses"] = {
            str(status): refusal_response(text) for status, text in sorted({**REFUSALS, 409: MOVED}.items())
        }
        return document


api = Door(
    title="Tocsin",
    version=version("tocsin"),
    description="The desk of a jurisdiction: the same objects and actions as its pages.",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=Token(),
    parser=Strict(),
    urls_namespace="api",
)
tell_problems(api)
for part in ROOMS:
    api.add_router("", part.room)
