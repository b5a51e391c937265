"""Lets messages act on cells in the order of time. Pure.

A message sets places to a level, extends a warning to more places or lifts it. It ends by a message that
lifts it, by its own validity, or when nothing was heard of it for as long as such a message is taken to
count; while its issuer's list still has a message of its kind, that is being heard of.

Where the pack says so, an issuer whose list has no message of a kind any more is taken to have ended that
kind in all of the issuer's places: an inference, marked as such. A list drops a message that was overtaken
in some of its places only, so one that left says nothing while another of its kind stands there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tocsin.kernel.instants import Instant, after
from tocsin.packs.feeds import Memory
from tocsin.stages.reduction.signals.enums import SETTING, Action
from tocsin.stages.reduction.situations.cells import Account, Board, Cell, End, Key, Listing, Said
from tocsin.stages.reduction.situations.enums import Basis, Ending

EVIDENCE = 6
"""How many signals a cell names; the newest of them count."""


def fold(account: Account, at: Instant) -> Board:
    """The cells at an instant by the messages alone."""
    board = Board()
    play(board, account, account.messages, None, at)
    return board


def play(
    board: Board, account: Account, messages: Sequence[Said], since: Instant | None, at: Instant
) -> None:
    """Plays messages, and the changes of their list after `since`, up to `at`."""
    lists = _Lists(board, account, since)
    for said in messages:
        lists.until(said.issued_at)
        apply(board, said)
        lists.awaits(said.until or after(said.issued_at, account.memory.span(said.kind)))
    lists.until(at)


class _Lists:
    """The lists of messages on their way through time, ending what they end."""

    def __init__(self, board: Board, account: Account, since: Instant | None) -> None:
        self.board, self.memory = board, account.memory
        self.known = {said.id: said for said in account.messages}
        self.zones = _zones(account.messages)
        past = [listing for listing in account.listings if since is not None and listing.at <= since]
        self.now: Listing | None = past[-1] if past else None
        self.ahead = list(reversed(account.listings[len(past) :]))
        self.listed = self._kinds(self.now)
        self.soonest: Instant | None = None
        """Before this instant no cell ends by itself, if it is known."""

    def awaits(self, end: Instant) -> None:
        """A cell was set that may end by itself at `end`."""
        if self.soonest is not None:
            self.soonest = min(self.soonest, end)

    def until(self, at: Instant) -> None:
        """Lets everything happen that the lists and the passing of time do by `at`."""
        while self.ahead and self.ahead[-1].at < at:
            change = self.ahead.pop()
            self._expire(change.at)
            self._change(change)
        self._expire(at)

    def _change(self, listing: Listing) -> None:
        before, self.now, self.listed = self.listed, listing, self._kinds(listing)
        if self.memory.vanished:
            for kind, issuer in sorted(before - self.listed):
                self._vanish(kind, self.zones[issuer], listing)

    def _kinds(self, listing: Listing | None) -> set[tuple[str, str]]:
        said = (self.known.get(id_) for id_ in (listing.ids if listing else ()))
        return {(one.kind, one.issuer) for one in said if one}

    def _vanish(self, kind: str, zone: frozenset[str], listing: Listing) -> None:
        """Ends a kind in the places of an issuer whose list has none of it any more."""
        for key, cell in list(self.board.cells.items()):
            said = self.known.get(cell.rests_on)
            to_come = said is not None and said.received_at > listing.at
            if key.kind == kind and key.area in zone and not to_come:
                self._end(key, End(listing.at, Ending.VANISHED, cell.rests_on))

    def _expire(self, at: Instant) -> None:
        if self.soonest is not None and at < self.soonest:
            return
        self.soonest = None
        alive = self._alive()
        heard = self.now.upheld(at) if self.now else None
        for key, cell in list(self.board.cells.items()):
            listed = key.area in alive.get(key.kind, ())
            end = ending(cell, key, self.memory, heard if listed else None)
            self.soonest = min(self.soonest or end, end)
            if end <= at:
                why = Ending.EXPIRED if cell.until else Ending.FORGOTTEN
                self._end(key, End(end, why, cell.evidence[0]))

    def _alive(self) -> dict[str, frozenset[str]]:
        """By kind, the places whose issuer lists a message of it now."""
        alive: dict[str, frozenset[str]] = {}
        for kind, issuer in self.listed:
            alive[kind] = alive.get(kind, frozenset()) | self.zones[issuer]
        return alive

    def _end(self, key: Key, end: End) -> None:
        del self.board.cells[key]
        self.board.ends[key] = end


def _zones(messages: Iterable[Said]) -> dict[str, frozenset[str]]:
    """The places that each issuer has ever named."""
    zones: dict[str, set[str]] = {}
    for said in messages:
        zones.setdefault(said.issuer, set()).update(said.leaves)
    return {issuer: frozenset(leaves) for issuer, leaves in zones.items()}


def apply(board: Board, said: Said) -> None:
    """What one message does."""
    for key in said.keys:
        cell = board.cells.get(key)
        if said.action is Action.CANCEL:
            if cell is not None and (said.level is None or cell.level in (None, said.level)):
                del board.cells[key]
                board.ends[key] = End(said.issued_at, Ending.LIFTED, said.id)
        elif said.action in SETTING:
            board.cells[key] = _set(cell, said)
            board.ends.pop(key, None)


def _set(cell: Cell | None, said: Said) -> Cell:
    """An extension adds places; it never lowers what is higher there already."""
    fresh = Cell(
        level=said.level,
        since=said.issued_at,
        evidence=(said.id,),
        basis=Basis.MESSAGES,
        heard_at=said.issued_at,
        until=said.until,
        issuer=said.issuer,
        rests_on=said.id,
    )
    if cell is None:
        return fresh
    if said.action is Action.EXTEND and (cell.level or 0) > (said.level or 0):
        return cell
    if cell.level == said.level:
        return replace(fresh, since=cell.since, evidence=first(said.id, cell.evidence))
    return fresh


def first(newest: str, others: Iterable[str]) -> tuple[str, ...]:
    """Evidence with the newest in front."""
    return tuple(dict.fromkeys((newest, *others)))[:EVIDENCE]


def ending(cell: Cell, key: Key, memory: Memory, heard: Instant | None = None) -> Instant:
    """When a cell ends by itself: by its validity, else by how long such a message counts."""
    return cell.until or after(max(cell.heard_at, heard or cell.heard_at), memory.span(key.kind))
