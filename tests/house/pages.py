"""Every address that is a page or a deed of a page, and how the walk asks it.

Addresses come from the URL resolver. A deed is asked with the form that stands in `FORMS`; an address with
a move in it is as many deeds as its view knows moves, read from the view itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import getsource, unwrap
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.house.world import LATER, World

NEW = {"name_zh": "x", "name_en": "x", "code": "new"}
ALERT = {
    "hazard": "rainstorm",
    "level": "RED",
    "areas": "440307",
    "starts": "2026-06-16T12:00",
    "expires": "2026-06-16T18:00",
    **{f"{name}_{code}": "x" for name in ("headline", "description", "instruction") for code in ("zh", "en")},
}
BULLETIN = {
    "hazard": "rainstorm",
    "product": "facts",
    "title_zh": "x",
    "title_en": "x",
    "known0_zh": "x",
    "known0_en": "x",
    "source0": "x",
    "verified0": "1",
}
WORD = {"word": "x"}

FORMS: dict[str, dict[str, str]] = {
    "account_logout": {},
    "set_language": {"language": "en"},
    "enter": {"seat": "commander"},
    "clock-steer": {"paused": "1"},
    "seat-take": {"post": "commander"},
    "proposal-sign": WORD,
    "proposal-change": {**WORD, "offer_grade": "LARGER"},
    "proposal-refuse": WORD,
    "signals-record": {"kind": "rainstorm", "action": "issue", "areas": "440307", "title": "x", "text": "x"},
    "signals-mend": {"raw": "[]"},
    "signals-dismiss": WORD,
    "indicators-define": {"name_zh": "x", "kind": "rainstorm", "rhythm": "day", "alarms": "0.5"},
    "indicators-counts": {"table": "day,count\n2026-06-15,3"},
    "indicators-move": WORD,
    "indicators-confirm": WORD,
    "indicators-dismiss": WORD,
    "watch-assess": WORD,
    "watch-close": WORD,
    "incidents-open": {"kind": "rainstorm", "title_zh": "x", "title_en": "x", "areas": "440307"},
    "incidents-grade": {"grade": "MAJOR", **WORD},
    "incidents-end": WORD,
    "incidents-reopen": WORD,
    "incidents-close": WORD,
    "incidents-task": {"title_zh": "x", "title_en": "x", "owner": "water-liaison"},
    "incidents-task-move": {**WORD, "note": "x"},
    "incidents-order": {"text_zh": "x", "text_en": "x", "to": "water-liaison", "minutes": "30"},
    "incidents-receipt-move": WORD,
    "incidents-decision": {"matter": "x", "chosen": "x", "reasons": "x"},
    "incidents-need": {"what_zh": "x", "what_en": "x", "quantity": "5", "unit_zh": "x", "unit_en": "x"},
    "incidents-need-meet": {"quantity": "1"},
    "incidents-level": {"plan": "{plan_in_force}", "level": "IV", "word": "x"},
    "incidents-report-drawn": {"kind": "first"},
    "incidents-report-new": {"kind": "first", "to": "x"},
    "incidents-report-move": WORD,
    "alerts-draft": ALERT,
    "alerts-settle": WORD,
    "alerts-move": {**ALERT, **WORD},
    "bulletins-draft": BULLETIN,
    "bulletins-move": {**BULLETIN, **WORD},
    "plans-draft": {"text": "{plan_text}", "reason": "x"},
    "plans-adopt": {},
    "plans-revise": {"text": "{plan_text}", "reason": "x"},
    "plans-move": {**WORD, "to": "x"},
    "reviews-lesson": {**WORD, "text": "x", "owner": "water-liaison", "due": "2026-06-16T18:00"},
    "reviews-action": {**WORD, "result": "x"},
    "reviews-move": {**WORD, "text": "x", "kind": "gap"},
    "people-organisation": NEW,
    "people-post": {**NEW, "organisation": "city", "role": "liaison"},
    "people-person": {"username": "new", "name": "x", "password": "a long first word"},
    "people-hold": {"post": "water-liaison", "person": "{person}", "place": "1"},
    "people-leave": {},
    "people-shift": {
        "post": "water-liaison",
        "person": "{person}",
        "since": "2026-06-16T12:00",
        "until": LATER.isoformat(),
    },
}
"""What is sent to each deed; `{name}` stands for the thing of that name."""

KEYS = {
    "signals-detail": "signal",
    "signals-held": "item",
    "signals-mend": "item",
    "signals-dismiss": "item",
    "indicators-detail": "indicator",
    "indicators-counts": "indicator",
    "indicators-move": "indicator",
    "indicators-move/resume": "paused_indicator",
    "indicators-finding": "finding",
    "indicators-confirm": "finding",
    "indicators-dismiss": "finding",
    "watch-situation": "situation",
    "watch-assess": "situation",
    "watch-close": "situation",
    "incidents-report": "report",
    "incidents-report-move": "report",
    "incidents-report-move/correct": "sent_report",
    "incidents-reopen": "ended_incident",
    "incidents-close": "ended_incident",
    "alerts-detail": "alert",
    "alerts-move": "alert",
    "alerts-move/approve": "submitted_alert",
    "alerts-move/return": "submitted_alert",
    "alerts-move/update": "published_alert",
    "alerts-move/cancel": "published_alert",
    "alerts-settle": "published_alert",
    "alerts-cap": "published_alert",
    "public-alert": "published_alert",
    "bulletins-detail": "bulletin",
    "bulletins-move": "bulletin",
    "bulletins-move/approve": "submitted_bulletin",
    "bulletins-move/return": "submitted_bulletin",
    "bulletins-move/correct": "published_bulletin",
    "public-bulletin": "published_bulletin",
    "reviews-detail": "review",
    "reviews-evidence": "review",
    "reviews-lesson": "review",
    "reviews-action": "review",
    "reviews-move": "review",
}
"""Which thing a `key` names, where it is not the incident; a move may want it in another state."""

OTHERS: dict[str, dict[str, str]] = {
    "incidents-task-move/reopen": {"task": "done_task"},
    "reviews-action/return": {"action": "done_action"},
    "reviews-action/verify": {"action": "done_action"},
    "watch-place": {"code": "place"},
    "plans-revise": {"number": "draft_number"},
    "plans-move/submit": {"number": "draft_number"},
    "plans-move/withdraw": {"number": "draft_number"},
    "plans-move/file": {"code": "plan_in_force", "number": "number_in_force"},
    "plans-move/return": {"number": "number"},
    "plans-compare": {"older": "number", "number": "draft_number"},
}
"""The same for the other names in an address."""

MOVE = re.compile(r'^\s+"(\w+)": (?:lambda|\w+_actions\.)|[{,] ?"(\w+)": \w+_actions\.', re.MULTILINE)


@dataclass(frozen=True)
class Address:
    """One page or deed. Its id is its name, with the move behind it where it has one."""

    id: str
    route: str
    deed: bool

    def ask(self, world: World, role: str) -> Any:
        """The answer to one who has this role; `anonymous` is not signed in."""
        client = Client()
        if role != "anonymous":
            client.force_login(world.user(role))
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: self._thing(world, found[1]), self.route)
        if not self.deed:
            return client.get(f"/{path}")
        form = FORMS.get(self.id, FORMS.get(self.id.partition("/")[0], {}))
        return client.post(f"/{path}", {name: _filled(value, world) for name, value in form.items()})

    def _thing(self, world: World, name: str) -> str:
        base, _, move = self.id.partition("/")
        if name == "move":
            return move
        other = OTHERS.get(self.id, OTHERS.get(base, {})).get(name)
        key = KEYS.get(self.id, KEYS.get(base, "incident")) if name == "key" else name
        code = {"code": "plan", "identifier": "identifier", "rest": "nothing"}.get(key, key)
        return str(world.things[other or code])


def addresses() -> Iterator[Address]:
    """Every address of the resolver that is no operation of the API."""
    for route, pattern in _walk("", get_resolver().url_patterns):
        if _is_operation(pattern):
            continue
        name = pattern.name or route
        for move in _moves(pattern) if "<move:" in route else ("",):
            yield Address(f"{name}/{move}" if move else name, route, name in FORMS)


def _walk(prefix: str, patterns: list[Any]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^").replace("(?P<rest>.+)$", "<rest>")
        if isinstance(pattern, URLResolver):
            yield from _walk(route, pattern.url_patterns)
        else:
            yield route, pattern


def _is_operation(pattern: URLPattern) -> bool:
    return str(getattr(pattern.callback, "__qualname__", "")).startswith("PathView.")


def _moves(pattern: URLPattern) -> list[str]:
    return [first or second for first, second in MOVE.findall(getsource(unwrap(pattern.callback)))]


def _filled(value: str, world: World) -> str:
    return str(world.things[value.strip("{}")]) if value.startswith("{") else value
