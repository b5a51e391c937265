"""Lets messages act on cells in the order of time. Pure.

A message sets places to a level, extends a warning to more places or lifts it. It ends by a message that
lifts it, by its own validity, or when nothing was heard of it for as long as such a message is taken to
count. Where the pack says so, leaving the list of messages, with no newer one of its kind from the same
issuer in it, is taken as an end too: an inference, marked as such.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tocsin.kernel.instants import Instant, after
from tocsin.packs.feeds import Memory
from tocsin.stages.reduction.signals.enums import SETTING, Action
from tocsin.stages.reduction.situations.cells import Account, Board, Cell, End, Key, Listing, Said
from tocsin.stages.reduction.situations.enums import Basis, Ending

EVIDENCE = 6
"""How many signals a cell names; the newest of them count."""


@dataclass(frozen=True)
class Change:
    """The list of messages changed: what left it, what it has now."""

    at: Instant
    gone: frozenset[str]
    listed: frozenset[str]


def fold(account: Account, at: Instant) -> Board:
    """The cells at an instant by the messages alone."""
    board = Board()
    play(board, account, account.messages, None, at)
    return board


def play(
    board: Board, account: Account, messages: Sequence[Said], since: Instant | None, at: Instant
) -> None:
    """Plays messages, and the changes of their list after `since`, up to `at`."""
    known = {said.id: said for said in account.messages}
    changes = list(_changes(account.listings, since)) if account.memory.vanished else []
    for said in messages:
        while changes and changes[0].at < said.issued_at:
            _vanish(board, known, changes.pop(0))
        _expire(board, account.memory, said.issued_at)
        apply(board, said)
    for change in changes:
        _vanish(board, known, change)
    _expire(board, account.memory, at)


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


def _changes(listings: Sequence[Listing], since: Instant | None) -> Iterator[Change]:
    for before, now in pairwise(listings):
        gone = before.ids - now.ids
        if gone and (since is None or now.at > since):
            yield Change(now.at, gone, now.ids)


def _vanish(board: Board, known: Mapping[str, Said], change: Change) -> None:
    """Ends what follows only messages that are no longer listed, unless a newer one took their place."""
    gone = [known[id_] for id_ in change.gone if id_ in known]
    listed = [known[id_] for id_ in change.listed if id_ in known]
    for kind, issuer in {(said.kind, said.issuer) for said in gone}:
        newest = max(said.issued_at for said in gone if (said.kind, said.issuer) == (kind, issuer))
        heirs = (said for said in listed if (said.kind, said.issuer) == (kind, issuer))
        if any(said.issued_at > newest for said in heirs):
            continue
        for key, cell in list(board.cells.items()):
            if (key.kind, cell.issuer) == (kind, issuer) and _left(cell, known, change):
                del board.cells[key]
                board.ends[key] = End(change.at, Ending.VANISHED, cell.rests_on)


def _left(cell: Cell, known: Mapping[str, Said], change: Change) -> bool:
    """Whether the message that a cell follows had come in and is listed no more."""
    said = known.get(cell.rests_on)
    return said is not None and said.received_at <= change.at and said.id not in change.listed


def _expire(board: Board, memory: Memory, at: Instant) -> None:
    for key, cell in list(board.cells.items()):
        end = ending(cell, key, memory)
        if end <= at:
            del board.cells[key]
            why = Ending.EXPIRED if cell.until else Ending.FORGOTTEN
            board.ends[key] = End(end, why, cell.evidence[0])


def ending(cell: Cell, key: Key, memory: Memory) -> Instant:
    """When a cell ends by itself: by its validity, else by how long such a message counts."""
    return cell.until or after(cell.heard_at, memory.span(key.kind))
