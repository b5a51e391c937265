"""Who hears what: a flow names the kinds of entry that it waits for."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from tocsin.spine.journal.models import Entry

Hearer = Callable[[Entry], None]
_HEARERS: dict[str, list[Hearer]] = defaultdict(list)


def hears(*kinds: str) -> Callable[[Hearer], Hearer]:
    """Marks a function as one that hears every entry of these kinds, exactly once, in order."""

    def mark(hearer: Hearer) -> Hearer:
        for kind in kinds:
            if hearer not in _HEARERS[kind]:
                _HEARERS[kind].append(hearer)
        return hearer

    return mark


def hearers() -> Mapping[str, list[Hearer]]:
    """All that was marked, by kind."""
    return _HEARERS
