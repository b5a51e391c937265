"""The journal in words: each entry as a sentence and its particulars.

The sentences are what each room says it announces (`ANNOUNCES` in its `enums.py`); the particulars are
the facts of the entry that a person reads, in the order in which one would say them.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.translation import gettext

from tocsin.spine.journal.models import Entry
from tocsin.web.locality import say

PARTICULARS = (
    "number",
    "title",
    "headline",
    "name",
    "text",
    "what",
    "matter",
    "chosen",
    "reason",
    "result",
    "note",
)
"""The facts that a reader wants, where an entry has them."""


@cache
def sentences() -> Mapping[str, str]:
    """Every kind of entry and its English sentence."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        if not app.name.startswith("tocsin."):
            continue
        for part in ("enums", "runner"):
            if find_spec(f"{app.name}.{part}"):
                found |= getattr(import_module(f"{app.name}.{part}"), "ANNOUNCES", {})
    return found


def sentence(kind: str) -> str:
    """What happened, in the reader's language; a kind that nobody explains is shown as it is."""
    english = sentences().get(kind)
    return gettext(english) if english else kind


def particulars(facts: Mapping[str, Any]) -> str:
    """The facts of an entry that a person reads, in one line."""
    said = [say(facts[name]) for name in PARTICULARS if isinstance(facts.get(name), str | dict | int)]
    return " · ".join(part for part in said if part)


def tell(entry: Entry) -> dict[str, str]:
    """An entry for the eye: `sentence` and `particulars`."""
    return {"sentence": sentence(entry.kind), "particulars": particulars(entry.facts)}


def hands(entries: Iterable[Entry]) -> dict[str, str]:
    """Who did what, by kind of entry and id of the thing: whether a person, a script or the machine."""
    return {
        f"{entry.kind}:{value}": entry.actor_kind
        for entry in entries
        for value in entry.facts.values()
        if isinstance(value, str) and len(value) == 36
    }
