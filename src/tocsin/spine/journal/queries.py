"""Reading the journal: pages of it, and the proof that nobody rewrote it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tocsin.kernel.instants import Instant
from tocsin.spine.journal.enums import GENESIS, WHOLE
from tocsin.spine.journal.models import Entry, Head
from tocsin.spine.journal.sealing import seal


@dataclass(frozen=True)
class Verdict:
    """What checking found: how many entries were checked, and the first fault, if any."""

    checked: int
    fault: str = ""
    chain: str = ""
    number: int = 0

    @property
    def ok(self) -> bool:
        return not self.fault


def entries(
    *,
    chain: str | None = None,
    kinds: Iterable[str] | None = None,
    after: int = 0,
    before: int | None = None,
    until: Instant | None = None,
    limit: int = 200,
    newest_first: bool = False,
) -> list[Entry]:
    """A page of entries by `seq`, exclusive at both ends; `until` bounds what had happened by then."""
    rows = Entry.objects.filter(seq__gt=after)
    if chain is not None:
        rows = rows.filter(chain=chain)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    if before is not None:
        rows = rows.filter(seq__lt=before)
    if until is not None:
        rows = rows.filter(at__lte=until)
    return list(rows.order_by("-seq" if newest_first else "seq")[:limit])


def newest() -> int:
    """The `seq` of the newest entry, 0 in an empty journal: what a live page compares."""
    return Entry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def chains() -> list[str]:
    """The names of all chains."""
    return list(Head.objects.exclude(chain=WHOLE).order_by("chain").values_list("chain", flat=True))


def verify(chain: str | None = None) -> Verdict:
    """Checks every seal of one chain, or of all. The verdict names the first entry that does not fit."""
    checked = 0
    for name in [chain] if chain is not None else _every_chain():
        verdict = _verify_one(name)
        checked += verdict.checked
        if not verdict.ok:
            return Verdict(checked, verdict.fault, verdict.chain, verdict.number)
    return Verdict(checked)


def _every_chain() -> Sequence[str]:
    written = Entry.objects.values_list("chain", flat=True).distinct()
    return sorted(set(written) | set(chains()))


def _verify_one(chain: str) -> Verdict:
    previous, number = GENESIS, 0
    for entry in _in_order(chain):
        number += 1
        fault = _fault(entry, number, previous)
        if fault:
            return Verdict(number, fault, chain, entry.number)
        previous = entry.hash
    head = Head.objects.filter(chain=chain).first()
    if head is None or (head.number, head.hash) != (number, previous):
        return Verdict(number, "the chain does not end where its head says", chain, number + 1)
    return Verdict(number)


def _fault(entry: Entry, number: int, previous: str) -> str:
    if entry.number != number:
        return f"entry {number} is missing"
    if entry.previous != previous:
        return "it does not follow its predecessor"
    if seal(entry.columns()) != entry.hash:
        return "its content does not fit its seal"
    return ""


def _in_order(chain: str) -> Iterator[Entry]:
    return Entry.objects.filter(chain=chain).order_by("number").iterator(chunk_size=2000)
