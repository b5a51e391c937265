"""The state of every place and hazard at an instant, from what was known by then. Pure.

Two accounts are kept apart and then weighed. A **standing account** lists what is in force: while it is
fresh it counts, also where messages say otherwise, and the dispute is shown with its beginning. Between
its snapshots a newer message counts at once. When it is **silent**, the state goes on from its last word
with the messages alone, and says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from tocsin.kernel.instants import Instant
from tocsin.stages.reduction.signals.enums import SETTING
from tocsin.stages.reduction.situations.cells import (
    Account,
    Board,
    Cell,
    Dispute,
    End,
    Key,
    Listing,
    Said,
    Word,
)
from tocsin.stages.reduction.situations.enums import Basis, Ending
from tocsin.stages.reduction.situations.playing import EVIDENCE, apply, fold, play

Levels = dict[Key, tuple[int | None, list[Said]]]
"""The highest level that a list gives each cell, with the statements that give it."""


def state(account: Account, at: Instant) -> Board:
    """The cells of one family of feeds at an instant."""
    told = fold(account, at)
    if not account.standing or account.last is None:
        return told
    last = account.last
    board = _Ledger(account, last).board(told)
    newer = [said for said in account.messages if last < min(said.issued_at, said.received_at)]
    if account.silent:
        board.disputes = {}
        board.cells = {key: replace(cell, basis=Basis.MESSAGES) for key, cell in board.cells.items()}
        play(board, account, newer, last, at)
        return board
    for said in newer:
        for key in said.keys:
            board.disputes.pop(key, None)
        apply(board, said)
    return board


class _Ledger:
    """A standing account read backwards: what it says, since when, and which messages stand behind it."""

    def __init__(self, account: Account, last: Instant) -> None:
        self.account = account
        self.lists: list[Levels | None] = [None] * len(account.standing)
        self.behind: dict[tuple[Key, int | None], list[Said]] = {}
        for said in account.messages:
            if said.issued_at <= last and said.action in SETTING:
                self._stand_behind(said)

    def _stand_behind(self, said: Said) -> None:
        """The newest message that gave a cell this level stands behind it; several of one instant all do."""
        for key in said.keys:
            held = self.behind.get((key, said.level))
            if held and held[0].issued_at == said.issued_at:
                held.append(said)
            else:
                self.behind[key, said.level] = [said]

    def board(self, told: Board) -> Board:
        """What the account says now, and where the messages differ from it."""
        board = Board()
        for key, (level, statements) in self.levels(-1).items():
            board.cells[key] = self._cell(key, level, statements)
        ends = {**self._unlisted(), **told.ends}
        for key in told.cells.keys() - board.cells.keys():
            ends[key] = End(self._absent_since(key), Ending.UNLISTED)
        board.ends = {key: end for key, end in ends.items() if key not in board.cells}
        self._dispute(board, told)
        return board

    def levels(self, number: int) -> Levels:
        """What one of its lists gives each cell."""
        found = self.lists[number]
        if found is None:
            found = self.lists[number] = _levels(self.account, self.account.standing[number])
        return found

    def _cell(self, key: Key, level: int | None, statements: Sequence[Said]) -> Cell:
        messages = self.behind.get((key, level), [])
        newest = max(statements, key=lambda said: said.issued_at)
        return Cell(
            level=level,
            since=self._since(key, level),
            evidence=_ids([*statements, *messages]),
            basis=Basis.STANDING,
            heard_at=newest.issued_at,
            until=newest.until,
            issuer=messages[0].issuer if messages else newest.issuer,
            rests_on=messages[0].id if messages else newest.id,
        )

    def _since(self, key: Key, level: int | None) -> Instant:
        """The first issue among the statements of the unbroken row of lists that say so."""
        began = [said.issued_at for said in self.levels(-1)[key][1]]
        for number in range(len(self.lists) - 2, -1, -1):
            found = self.levels(number).get(key)
            if found is None or found[0] != level:
                break
            began += [said.issued_at for said in found[1]]
        return min(began)

    def _unlisted(self) -> dict[Key, End]:
        """What its lists once named, each with the first list that did not name it any more."""
        ends: dict[Key, End] = {}
        met: set[str] = set()
        for now, before in pairwise(reversed(self.account.standing)):
            for id_ in before.ids - met:
                met.add(id_)
                said = self.account.statements.get(id_)
                for key in said.keys if said else ():
                    ends.setdefault(key, End(now.at, Ending.UNLISTED))
        return ends

    def _absent_since(self, key: Key) -> Instant:
        """The first of the unbroken row of lists that do not name a cell."""
        began = self.account.standing[-1].at
        for number in range(len(self.lists) - 1, -1, -1):
            if key in self.levels(number):
                break
            began = self.account.standing[number].at
        return began

    def _dispute(self, board: Board, told: Board) -> None:
        for key in board.cells.keys() | told.cells.keys():
            ours, theirs = board.cells.get(key), told.cells.get(key)
            mine, yours = _word(ours), _word(theirs)
            if mine == yours:
                continue
            said_here = ours.since if ours else self._absent_since(key)
            ended = told.ends.get(key)
            said_there = theirs.since if theirs else ended.at if ended else said_here
            board.disputes[key] = Dispute(max(said_here, said_there), mine, yours)


def _word(cell: Cell | None) -> Word:
    return Word(cell is not None, cell.level if cell else None)


def _ids(said: Iterable[Said]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in said))[:EVIDENCE]


def _levels(account: Account, listing: Listing) -> Levels:
    found: Levels = {}
    for id_ in sorted(listing.ids):
        said = account.statements.get(id_)
        for key in said.keys if said else ():
            level, statements = found.get(key, (said.level if said else None, []))
            if said and (said.level or 0) > (level or 0):
                level, statements = said.level, []
            if said and said.level == level:
                found[key] = (level, [*statements, said])
    return found
