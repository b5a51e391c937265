"""Who may publish what. The jurisdiction that runs this desk publishes some things in its own name,
passes others on in the name of whoever issued them, and may not publish the rest at all.
"""

from collections.abc import Mapping
from enum import StrEnum

from tocsin.packs.kinds import Kind, covers
from tocsin.packs.rows import Rule, Text
from tocsin.packs.tables import Table


class Product(StrEnum):
    """What is published."""

    SIGNAL = "signal"
    """An agency's warning signal."""
    ALERT = "alert"
    """The government's own alert to the public."""
    RESPONSE = "response"
    """That a response has started, changed or ended."""
    FORECAST = "forecast"
    """That something will happen: an earthquake, a flood crest."""
    FACTS = "facts"
    """What has happened: casualties, cases, causes, risks."""


class Mode(StrEnum):
    """What this jurisdiction may do with it."""

    OWN = "own"
    RELAY = "relay"
    WITHHOLD = "withhold"


class Publication(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who publishes one product about some kinds of event."""

    product: Product
    mode: Mode
    publisher: Text
    """Who may publish it by right; a relay goes out in this name."""
    kinds: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """What the published text must state (`category`, `level`, `starts`, `area` …)."""


TABLE = Table("publishing", Publication)


def for_kind(
    rules: Mapping[str, Publication], kinds: Mapping[str, Kind], product: Product, kind: str
) -> Publication | None:
    """The rule for a product about this kind: the last that covers it, so that an exception stands
    below its rule. None: the pack is silent, and silence is no permission.
    """
    found = [r for r in rules.values() if r.product is product and covers(kinds, r.kinds, kind)]
    return found[-1] if found else None
