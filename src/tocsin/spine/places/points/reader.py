"""Reading a store of points, from any number of processes, while another one writes."""

from pathlib import Path

from tocsin.engine.reach import UNCHANGED, Fresh, Index, Reached, Region, reach, taken_up
from tocsin.kernel.errors import NotFound
from tocsin.spine.places.points.changelog import tail
from tocsin.spine.places.points.generation import CURRENT, current, damaged, folder_of, log_of, mapped

TRIES = 5
"""Times that a generation may go while it is being opened."""


class PointReader:
    """The points as they were when it was opened, or last refreshed.

    An answer is of one moment: all of a batch or nothing of it. Threads may ask one reader together;
    `refresh` belongs to one of them.
    """

    def __init__(self, store: Path) -> None:
        """Raises `NotFound` where there is no store, `Malformed` where it is damaged."""
        self._store = store
        self._open()

    def reach(self, region: Region) -> Reached:
        """Which points are in a region."""
        index, fresh = self.state
        return reach(region, index, fresh)

    def refresh(self) -> None:
        """Takes up what was written since. What `reach` gave before stays as it is."""
        try:
            if current(self._store) == self.generation:
                return self._take_up()
        except FileNotFoundError:  # the log went with its generation just now
            pass
        return self._open()

    @property
    def changed(self) -> int:
        """How many points have changed since the generation was made."""
        return len(self.state[1])

    def _open(self) -> None:
        if not (self._store / CURRENT).exists():
            raise NotFound(
                "points.none",
                "There are no points at {where}.",
                cure="Name the folder that the points were kept in.",
                where=str(self._store),
            )
        for _ in range(TRIES):
            try:
                self._map(current(self._store))
            except FileNotFoundError:  # a writer made a newer generation just now
                continue
            return
        raise damaged(folder_of(self._store, current(self._store)), "a file of it is missing")

    def _map(self, generation: int) -> None:
        index = mapped(self._store, generation)
        changes, end = tail(log_of(self._store, generation))
        self.state: tuple[Index, Fresh] = index, taken_up(UNCHANGED, changes, index)
        self.generation, self._end = generation, end

    def _take_up(self) -> None:
        changes, self._end = tail(log_of(self._store, self.generation), self._end)
        if len(changes):
            index, fresh = self.state
            self.state = index, taken_up(fresh, changes, index)
