"""A room of the API: its looks and its changes.

A look demands the right to read before it reads. A change demands its power before it looks anything
up, and calls one action, which demands again and knows more (the area, the post, the second person);
afterwards the flows hear what it announced. Both say in OpenAPI which power they need.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from ninja import Router

from tocsin.api.caller import Asked
from tocsin.api.problems import MEDIA, Problem
from tocsin.flows.runner import advance
from tocsin.spine.people.enums import Power
from tocsin.spine.people.queries import demand

View = Callable[..., Any]
REFUSALS = {
    401: "No valid token",
    403: "Not by this person",
    404: "No such thing",
    413: "The body is too big",
    422: "The request does not fit",
    503: "Too busy; ask again",
}
MOVED = "Not from the state it is in, or somebody was faster"


class Room(Router):
    """A router that knows what a look and a change are."""

    def __init__(self, name: str) -> None:
        super().__init__(tags=[name])

    def look(
        self, path: str, answer: Any, power: Power = Power.DESK_READ, **more: Any
    ) -> Callable[[View], View]:
        """Registers a GET that demands `power` first."""

        def register(view: View) -> View:
            @wraps(view)
            def guarded(request: Asked, *args: Any, **named: Any) -> Any:
                demand(request.auth, power)
                return view(request, *args, **named)

            return self.get(path, response=answer, **_told(view, power, REFUSALS, more))(guarded)

        return register

    def change(self, path: str, answer: Any, power: Power, **more: Any) -> Callable[[View], View]:
        """Registers a POST whose action demands `power`; the flows hear what it did."""

        def register(view: View) -> View:
            @wraps(view)
            def heard(request: Asked, *args: Any, **named: Any) -> Any:
                demand(request.auth, power)
                done = view(request, *args, **named)
                advance()
                return done

            return self.post(path, response=answer, **_told(view, power, {**REFUSALS, 409: MOVED}, more))(
                heard
            )

        return register


def refusal_response(text: str) -> dict[str, Any]:
    """How OpenAPI tells one kind of refusal."""
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    return {"description": text, "content": {MEDIA: {"schema": schema}}}


def _told(view: View, power: Power, refusals: Iterable[int], more: dict[str, Any]) -> dict[str, Any]:
    responses = {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(refusals)}
    extra = {"x-power": power.value, "responses": {**responses, **more.pop("responses", {})}}
    room = view.__module__.rpartition(".")[2]
    return {"operation_id": f"{room}.{view.__name__}", "openapi_extra": extra, **more}
