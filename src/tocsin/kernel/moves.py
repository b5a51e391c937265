"""The life of a thing as a table: which moves lead from which state to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from tocsin.kernel.errors import Illegal

State = TypeVar("State", bound=str)


@dataclass(frozen=True)
class Life(Generic[State]):
    """All moves of one kind of thing: `moves[name] = (states it may start from, the state it leads to)`."""

    thing: str
    moves: Mapping[str, tuple[frozenset[State], State]]

    def after(self, state: State, move: str) -> State:
        """The state that `move` leads to. Raises `Illegal` where the table has no such way."""
        starts, end = self.moves[move]
        if state not in starts:
            raise Illegal(
                f"{self.thing}.{move}",
                "This {thing} is “{state}”; “{move}” is possible only from: {starts}.",
                cure="Look at its present state and choose one of the moves that are offered there.",
                thing=self.thing,
                state=str(state),
                move=move,
                starts=", ".join(sorted(str(start) for start in starts)),
            )
        return end

    def open_to(self, state: State) -> tuple[str, ...]:
        """The moves that can be made from `state`, in the table's order."""
        return tuple(name for name, (starts, _) in self.moves.items() if state in starts)
