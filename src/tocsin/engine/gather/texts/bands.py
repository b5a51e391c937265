"""Who may be alike: the contents that agree in a band stand beside each other once its keys are sorted.

For each band its keys are sorted, with the contents of one key in their own order (a run). Then

    (1)  within a run each content is held against the `REACH` next ones: work is bounded, whatever comes
    (2)  a pair is looked at in the first band of a part in which it agrees, and in no other, unless both
         were in a crowd before, a run of more than `REACH`, in which they may have stood too far apart
    (3)  it is passed over if its ends are known to belong together, or if its sketches differ too much
    (4)  else the share is counted exactly, and is a link if it is at least the asked one

By (1) and (2) who is compared follows from the set of texts alone, never from their order or from how many
threads there are: the bands are dealt to `PARTS` parts, each with links of its own, and (3) only saves links
that would join what is joined. A pair is lost to (1) only if it stands too far apart in every run that it
shares, which needs hundreds of texts that are much alike; mostly it is joined through others of them.

Sorting is by radix, least digit first, since keys are numbers of 32 bits: Knuth, The Art of Computer
Programming 3, section 5.2.5.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tocsin.engine.compiled import compiled
from tocsin.engine.gather.texts.contents import Contents
from tocsin.engine.gather.texts.folding import Flags, Places
from tocsin.engine.gather.texts.shingles import Numbers, desk, laid, share, shared, size_of
from tocsin.engine.gather.texts.signatures import Layout, apart
from tocsin.engine.gather.texts.unions import join, root

REACH = 64
"""Contents of a run that each is held against."""
PARTS = 2
DIGIT = 11
"""Bits of a digit; three of them hold a key."""


class Links(NamedTuple):
    """Pairs of contents and their share; `taken[0]` of the places are used."""

    one: Places
    other: Places
    share: NDArray[np.float64]
    taken: Places


class Bench(NamedTuple):
    """What a part works on: who belongs together, sizes known so far (-1 if not), who was in a crowd, keys
    being sorted."""

    parent: Places
    size: Places
    crowded: Flags
    numbers: Numbers
    spare: Numbers


def linked(contents: Contents, by: Layout, part: int) -> Links:
    """Links that join what belongs together, as far as the bands part, part + PARTS, … tell."""
    count = len(contents.begin)
    bench = Bench(
        np.arange(count),
        np.full(count, -1),
        np.zeros(count, np.bool_),
        np.empty(count, np.uint64),
        np.empty(count, np.uint64),
    )
    on = desk(int((contents.end - contents.begin).max(initial=0)))
    links = Links(np.empty(count, np.int64), np.empty(count, np.int64), np.empty(count), np.zeros(1, int))
    with np.errstate(over="ignore"):
        for band in range(1 + part, 1 + by.bands, PARTS):
            link(contents, band, by.share, by.differing, bench, on, links)
    found = int(links.taken[0])
    return Links(links.one[:found], links.other[:found], links.share[:found], links.taken)


@compiled
def link(contents: Any, band: Any, asked: Any, most: Any, bench: Any, on: Any, links: Any) -> None:
    """All runs of one band."""
    numbers, keys, sketch, parent = bench.numbers, contents.keys, contents.sketch, bench.parent
    for content in range(len(numbers)):
        numbers[content] = np.uint64(keys[content, band]) << np.uint64(32) | np.uint64(content)
    ordered, low, begin, crowded = by_key(numbers, bench.spare), np.uint64(0xFFFFFFFF), 0, bench.crowded
    for at in range(1, len(ordered)):
        if ordered[at] >> np.uint64(32) != ordered[begin] >> np.uint64(32):
            begin = at
        one, now = np.int64(ordered[at] & low), np.int64(-1)
        for before in range(at - 1, max(begin, at - REACH) - 1, -1):
            other = np.int64(ordered[before] & low)
            if root(parent, one) == root(parent, other) or apart(sketch, one, other) > most:
                continue
            if (crowded[one] and crowded[other]) or not met_before(keys, one, other, band):
                now = compare(contents, one, other, asked, bench, on, now, links)
    mark_crowds(ordered, crowded)


@compiled
def by_key(numbers: Any, spare: Any) -> Any:
    """Numbers in the order of their upper halves, equal ones as they stood."""
    count = np.empty(1 << DIGIT, np.int64)
    for step in range(3):
        shift, source, target = np.uint64(32 + DIGIT * step), numbers, spare
        if step == 1:
            source, target = spare, numbers
        deal(source, target, shift, count)
    return spare


@compiled
def deal(source: Any, target: Any, shift: Any, count: Any) -> None:
    """One digit of the sort."""
    mask = np.uint64((1 << DIGIT) - 1)
    count[:] = 0
    for number in source:
        count[(number >> shift) & mask] += 1
    total = 0
    for digit in range(len(count)):
        count[digit], total = total, total + count[digit]
    for number in source:
        digit = (number >> shift) & mask
        target[count[digit]] = number
        count[digit] += 1


@compiled
def mark_crowds(ordered: Any, crowded: Any) -> None:
    """Notes who stands in a run of more than `REACH`."""
    begin = 0
    for at in range(1, len(ordered) + 1):
        if at == len(ordered) or ordered[at] >> np.uint64(32) != ordered[begin] >> np.uint64(32):
            if at - begin > REACH:
                for number in ordered[begin:at]:
                    crowded[np.int64(number & np.uint64(0xFFFFFFFF))] = True
            begin = at


@compiled
def compare(
    contents: Any, one: Any, other: Any, asked: Any, bench: Any, on: Any, now: Any, links: Any
) -> Any:
    """Joins a pair and keeps its link if it shares enough: (4). Tells as what the first lies on the desk;
    `now` is -1 if it does not lie there yet."""
    if now < 0:
        now, bench.size[one] = laid(text_of(contents, one), on)
    found = likeness(contents, one, other, bench.size, on, now)
    if found >= asked:
        join(bench.parent, one, other)
        keep(links, other, one, found)
    return now


@compiled
def met_before(keys: Any, one: Any, other: Any, band: Any) -> bool:
    """Whether a pair agrees in an earlier band of the part: (2)."""
    before = 1 + (band - 1) % PARTS
    while before < band and keys[one, before] != keys[other, before]:
        before += PARTS
    return bool(before < band)


@compiled
def text_of(contents: Any, content: Any) -> Any:
    """The characters of a content."""
    return contents.codes[contents.begin[content] : contents.end[content]]


@compiled
def likeness(contents: Any, one: Any, other: Any, size: Any, on: Any, now: Any) -> Any:
    """The share of two contents, the first of which lies on the desk as `now`."""
    text = text_of(contents, other)
    if size[other] < 0:
        size[other] = size_of(text, on)
    return share(shared(text, on, now), size[one], size[other])


@compiled
def keep(links: Any, one: Any, other: Any, found: Any) -> None:
    """Adds a link."""
    at = links.taken[0]
    links.one[at], links.other[at], links.share[at] = one, other, found
    links.taken[0] = at + 1
