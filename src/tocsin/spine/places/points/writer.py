"""Writing a store of points: one process at a time, nothing acknowledged that a power cut could take back."""

import fcntl
import os
import re
import shutil
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from tocsin.engine.reach import UNCHANGED, Changes, Index, compacted, indexed, taken_up
from tocsin.engine.reach.columns import NO_FLOATS, NO_NUMBERS
from tocsin.kernel.errors import Contended
from tocsin.spine.places.points.changelog import mend, record, tail
from tocsin.spine.places.points.generation import CURRENT, current, log_of, mapped, put, settle, write

LOCK = "lock"
NUMBERED = re.compile(r"(?:generation|changes)-(\d{6,})(?:\.log)?")


class PointWriter:
    """Holds the store's lock until it is closed, or its process ends in whatever way."""

    def __init__(self, store: Path) -> None:
        """Opens a store or makes an empty one. Raises `Contended` where another writes, `Malformed` where it
        is damaged."""
        store.mkdir(parents=True, exist_ok=True)
        self._store = store
        self._lock = _locked(store)
        try:
            self.generation = current(store) if (store / CURRENT).exists() else 0
            self._sweep()
            if not self.generation:
                self._begin(indexed(NO_FLOATS, NO_FLOATS, NO_NUMBERS))
            self._log = self._opened()
        except BaseException:  # whatever ends the opening, the lock must not outlive it
            self._lock.close()
            raise

    def __enter__(self) -> "PointWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def append(self, changes: Changes) -> None:
        """Writes a batch; when it comes back, the batch is on the disk.

        An error of the disk closes the writer: what the log holds then is known when it is opened again.
        """
        if not len(changes):
            return
        try:
            self._log.write(record(changes))
            self._log.flush()
            os.fdatasync(self._log.fileno())
        except OSError:
            self.close()
            raise

    def compact(self) -> None:
        """Makes a new generation in which all changes have their place, and an empty log beside it."""
        index = mapped(self._store, self.generation)
        fresh = taken_up(UNCHANGED, tail(log_of(self._store, self.generation)).changes, index)
        self._begin(compacted(index, fresh))
        self._log.close()
        self._log = self._opened()
        self._sweep()

    def close(self) -> None:
        """Lets others write."""
        try:
            self._log.close()
        finally:
            self._lock.close()

    def _begin(self, index: Index) -> None:
        """The next generation: all of it is on the disk before it is named."""
        following = self.generation + 1
        write(self._store, following, index)
        log_of(self._store, following).touch()
        settle(self._store)
        put(self._store / CURRENT, {"generation": following})
        self.generation = following

    def _opened(self) -> BinaryIO:
        path = log_of(self._store, self.generation)
        mend(path)
        return path.open("ab")

    def _sweep(self) -> None:
        """Removes other generations: older ones, and what a killed compaction left."""
        for path in self._store.iterdir():
            numbered = NUMBERED.fullmatch(path.name)
            if numbered and int(numbered[1]) != self.generation:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _locked(store: Path) -> BinaryIO:
    lock = (store / LOCK).open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        lock.close()
        raise Contended(
            "points.locked",
            "Another process is writing to the points at {where}.",
            cure="Wait until it is done, or end it.",
            where=str(store),
        ) from taken
    return lock
