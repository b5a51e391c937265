"""Reading a request: strict JSON, and no character that a database can't keep.

Python's own reader takes `NaN`, lone surrogates and duplicate encodings; msgspec's refuses them. A NUL
is valid JSON but no PostgreSQL text, so it is refused here, for all rooms at once.
"""

from typing import Any, cast

import msgspec
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser
from ninja.types import DictStrAny

from tocsin.kernel.errors import Malformed


class Strict(Parser):
    """What stands between the wire and a schema."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The body as data. Raises `Malformed` where it is no JSON."""
        try:
            data = msgspec.json.decode(request.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
            raise Malformed(
                "body.unreadable",
                "The body is not valid JSON: {reason}",
                cure="Send one JSON object in UTF-8.",
                where="body",
                reason=str(fault),
            ) from fault
        _no_nul(data)
        return cast(DictStrAny, data)

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> DictStrAny:
        """The query as data. Raises `Malformed` for a NUL."""
        parsed = super().parse_querydict(data, list_fields, request)
        _no_nul(parsed)
        return parsed


def _no_nul(data: Any) -> None:
    waiting = [data]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and "\x00" in value:
            raise Malformed(
                "body.nul", "A text holds the character U+0000.", cure="Leave it out.", where="body"
            )
        if isinstance(value, dict):
            waiting.extend(value.keys())
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)
