"""A stream of texts: what comes in now, and who said nearly the same lately.

A window holds the last `held` texts, of the last `seconds`, with at most `characters` in all; whichever bound
is met first. Each text that comes in is told its neighbours:

    (1)  texts still held that agree with it in a band, are among the `REACH` newest different ones of their
         bucket there, and whose share, counted exactly, is at least `at_least`
    (2)  of copies only the newest is told

`groups` are those of `similar` over what is held: the same set of texts gives the same groups, whatever the
order in which they came, and one that is forgotten joins nothing any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.engine.compiled import compiled
from tocsin.engine.gather.texts.bands import PARTS, REACH, linked
from tocsin.engine.gather.texts.contents import collapsed, same
from tocsin.engine.gather.texts.folding import (
    LONGEST,
    Codes,
    Flags,
    Places,
    Table,
    all_folded,
    encoded,
    fold,
    folded,
    measured,
    not_text,
    table,
)
from tocsin.engine.gather.texts.groups import Groups, grouped
from tocsin.engine.gather.texts.ring import (
    BEGIN,
    CUT,
    END,
    MET,
    NEXT,
    NOBODY,
    OLDEST,
    SIZE,
    Ring,
    bucket,
    forget,
    hide,
    ring,
    show,
    take_in,
)
from tocsin.engine.gather.texts.shingles import Desk, desk, laid, share, shared
from tocsin.engine.gather.texts.signatures import Samplers, Samples, apart, layout, sample, samplers
from tocsin.kernel.errors import Malformed


@dataclass(frozen=True)
class Near:
    """Text `number` of the stream (from 0), and the earlier ones that are like it, the likest first. `cut`:
    only its first `LONGEST` characters were looked at."""

    number: int
    others: tuple[int, ...]
    shares: tuple[float, ...]
    cut: bool


@dataclass(frozen=True)
class Arrivals:
    """The same of many: text `first + t` has the pairs `starts[t]:starts[t + 1]`, in no order."""

    first: int
    starts: Places
    others: Places
    shares: NDArray[np.float64]
    cut: Flags


class Work(NamedTuple):
    """What a window needs besides what it remembers. `most`: samples in which two sketches may differ."""

    by: Samplers
    least: Codes
    on: Desk
    asked: float
    most: int
    seconds: float


class Window:
    """See above. Times are seconds on any clock that does not go back."""

    def __init__(
        self, held: int, seconds: float = np.inf, characters: int = 0, at_least: float = 0.7
    ) -> None:
        """`characters`: 200 for each text held if not named; never less than `LONGEST`, the most of one text.

        Raises `Malformed` for a window that holds nothing or a share out of range.
        """
        if held < 1 or not seconds > 0:
            raise Malformed(
                "gather.window",
                "a window of {held} texts and {seconds} seconds holds nothing",
                cure="Let it hold at least one text, for more than no time.",
                where="seconds" if held >= 1 else "held",
                held=held,
                seconds=seconds,
            )
        self._by = by = layout(at_least)
        self._latest = -np.inf
        self._ring = ring(held, max(characters or 200 * held, LONGEST), by)
        least = np.empty(by.bands * by.rows, np.uint32)
        self._work = Work(samplers(by), least, desk(LONGEST), at_least, by.differing, float(seconds))
        self._most = min(held, (1 + by.bands) * REACH)
        self._others, self._shares = np.empty(self._most, np.int64), np.empty(self._most)
        self._all = self._one_by_one()

    @property
    def oldest(self) -> int:
        """The number of the oldest text held."""
        return int(self._ring.state[OLDEST])

    def __len__(self) -> int:
        """How many texts are held."""
        return int(self._ring.state[NEXT] - self._ring.state[OLDEST])

    def add(self, text: str, at: float) -> Near:
        """Takes in a text that came at `at` and tells its neighbours.

        Raises `Malformed` where it is not a text, or came before the one before it.
        """
        if not self._latest <= at < np.inf:
            raise _backwards(0, at)
        try:
            raw = encoded((text,))
        except TypeError:
            raise not_text((text,), 0) from None
        with np.errstate(over="ignore"):
            found = hear(raw, False, float(at), *self._all)
            if found < 0:
                found = hear(encoded((folded(text),)), True, float(at), *self._all)
        self._latest = at
        pairs = zip(self._shares[:found].tolist(), self._others[:found].tolist(), strict=True)
        ordered = sorted(pairs, reverse=True) if found else []
        number = int(self._ring.state[NEXT]) - 1
        others, shares = tuple(other for _, other in ordered), tuple(share for share, _ in ordered)
        return Near(number, others, shares, len(text) > LONGEST)

    def add_all(self, texts: Sequence[str], at: Sequence[float] | NDArray[np.float64]) -> Arrivals:
        """Takes in many, one after the other, as if by `add`. Where it raises, none was taken in."""
        times, whole = self._times(texts, at), all_folded(texts)
        first, room = int(self._ring.state[NEXT]), len(texts) + self._most
        starts = np.zeros(len(texts) + 1, np.int64)
        others, shares = np.empty(room, np.int64), np.empty(room)
        done = 0
        with np.errstate(over="ignore"):
            while done < len(texts):
                done = come_all(
                    self._ring, self._work, whole, times, done, self._most, starts, others, shares
                )
                if done < len(texts):
                    others, shares = np.resize(others, 2 * len(others)), np.resize(shares, 2 * len(shares))
        self._latest = float(times[-1]) if done else self._latest
        return Arrivals(first, starts, others[: starts[-1]], shares[: starts[-1]], whole.cut)

    def groups(self) -> Groups:
        """The groups of all that is held; text t of it is number `oldest + t` of the stream."""
        on = self._ring
        at = np.arange(self.oldest, self.oldest + len(self)) % len(on.came)
        begins, ends = on.marks[at, BEGIN], on.marks[at, END]
        spans = zip(begins.tolist(), ends.tolist(), strict=True)
        codes = np.concatenate([on.codes[:0], *(on.codes[begin:end] for begin, end in spans)])
        starts = np.concatenate([[0], np.cumsum(ends - begins)])
        known = Samples(on.samples.keys[at], on.samples.sketch[at])
        distinct = collapsed(codes, starts, known)
        links = [linked(distinct.contents, self._by, part) for part in range(PARTS)]
        return grouped(distinct, links, on.marks[at, CUT] > 0)

    def _one_by_one(self) -> tuple[Any, ...]:
        """What `hear` is given, besides the text."""
        codes, marks, came, samples, *lists = self._ring
        by, least, on, asked, most, seconds = self._work
        ring = (codes, marks, came, *samples, *lists)
        work = (by.by, least, *on)
        return (by.bands, asked, most, seconds, *ring, *work, *table(), self._others, self._shares)

    def _times(self, texts: Sequence[str], at: Sequence[float] | NDArray[np.float64]) -> NDArray[np.float64]:
        times = np.asarray(at, np.float64)
        if times.shape != (len(texts),):
            raise Malformed(
                "gather.times",
                "{texts} texts with {times} times",
                cure="Give each text the time at which it came.",
                where="at",
                texts=len(texts),
                times=times.size,
            )
        back = ~np.isfinite(times) | (np.diff(times, prepend=self._latest) < 0)
        if back.any():
            raise _backwards(int(back.argmax()), float(times[back.argmax()]))
        return times


def _backwards(at: int, found: float) -> Malformed:
    return Malformed(
        "gather.backwards",
        "text {where} came at {found}, which is no time or before the one before it",
        cure="Give texts in the order in which they came, with the time of arrival in seconds.",
        where=at,
        found=found,
    )


@compiled
def hear(raw: Any, done: Any, time: Any, bands: Any, asked: Any, most: Any, seconds: Any, *held: Any) -> Any:
    """Takes in one text as it was typed, or as it stands if it is `done`; tells how many neighbours it has,
    or -1 if it has a character that must not be folded alone. `held`: the arrays of ring, work, table and
    answer one by one, which the compiled code takes over in half the time that it needs for the records."""
    on = Ring(held[0], held[1], held[2], Samples(held[3], held[4]), held[5], held[6], held[7], held[8])
    work = Work(Samplers(held[9], bands), held[10], Desk(held[11], held[12], held[13]), asked, most, seconds)
    by = Table(held[14], held[15])
    starts, ends, widths = np.array([0, len(raw)]), np.zeros(2, np.int64), np.array([len(raw)])
    if not done:
        measured(raw, starts, by, widths)
    if widths[0] < 0:
        return -1
    codes = np.empty(widths[0], np.uint32)
    fold(raw, starts, by, np.array([done]), codes, ends)
    return come(on, work, codes[: ends[1]], len(raw) > LONGEST, time, 0, held[16], held[17])


@compiled
def come_all(
    on: Any, work: Any, whole: Any, times: Any, done: Any, most: Any, starts: Any, others: Any, shares: Any
) -> Any:
    """Takes in texts from `done` on while there is room for `most` more pairs; tells how many are done."""
    for text in range(done, len(times)):
        if starts[text] + most > len(others):
            return text
        codes = whole.codes[whole.starts[text] : whole.starts[text + 1]]
        to = come(on, work, codes, whole.cut[text], times[text], starts[text], others, shares)
        starts[text + 1] = to
    return len(times)


@compiled
def come(on: Any, work: Any, codes: Any, cut: Any, time: Any, to: Any, others: Any, shares: Any) -> Any:
    """Takes in a text, tells its neighbours from `to` on, and shows it to those that come after it."""
    forget(on, time - work.seconds)
    at = take_in(on, codes, time)
    on.marks[at, CUT] = cut
    if len(codes) == 0:
        return to
    sample(codes, work.by, work.least, on.samples, at)
    now, on.marks[at, SIZE] = laid(codes, work.on)
    to = look(on, work, at, now, to, others, shares)
    twin = copy_of(on, at)
    if twin != NOBODY:
        hide(on, twin)
    show(on, at)
    return to


@compiled
def look(on: Any, work: Any, at: Any, now: Any, to: Any, others: Any, shares: Any) -> Any:
    """Adds the neighbours of the text at a place, which lies on the desk as `now`."""
    head, following, keys, sketch, marks = on.head, on.following, on.samples.keys, on.samples.sketch, on.marks
    me = on.state[NEXT]
    for column in range(head.shape[0]):
        other, left = head[column, bucket(keys, at, column, head)], REACH
        while other != NOBODY and left > 0:
            if keys[other, column] == keys[at, column] and marks[other, MET] != me:
                marks[other, MET] = me
                if apart(sketch, at, other) <= work.most:
                    common = shared(on.codes[marks[other, BEGIN] : marks[other, END]], work.on, now)
                    found = share(common, marks[at, SIZE], marks[other, SIZE])
                    if found >= work.asked:
                        others[to], shares[to] = number(on, other), found
                        to += 1
            other, left = following[other, column], left - 1
    return to


@compiled
def number(on: Any, at: Any) -> Any:
    """The number of the text at a place."""
    held, oldest = len(on.came), on.state[OLDEST]
    return oldest + (at - oldest) % held


@compiled
def copy_of(on: Any, at: Any) -> Any:
    """The place of the copy shown so far, or NOBODY."""
    keys, marks, head = on.samples.keys, on.marks, on.head
    other = head[0, bucket(keys, at, 0, head)]
    while other != NOBODY:
        begin, end = marks[other, BEGIN], marks[other, END]
        if keys[other, 0] == keys[at, 0] and same(on.codes, begin, end, marks[at, BEGIN], marks[at, END]):
            return other
        other = on.following[other, 0]
    return NOBODY
