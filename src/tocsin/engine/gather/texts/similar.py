"""All texts at once: who says nearly the same as whom.

    texts → folded → sampled → copies held once → bands sorted and pairs compared → groups

A pair at the asked share is overlooked with a probability of less than 1 in 1,000 (`Layout.found`), one
above it less often; a pair below it is never told. The same set of texts gives the same groups in any order
and with any number of threads.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import numpy as np

from tocsin.engine.gather.texts.bands import PARTS, linked
from tocsin.engine.gather.texts.contents import collapsed
from tocsin.engine.gather.texts.folding import Folded, all_folded
from tocsin.engine.gather.texts.groups import Groups, grouped
from tocsin.engine.gather.texts.signatures import Layout, Samples, layout, samples

PORTION = 16_384
"""Texts that are read at a time."""

Given = TypeVar("Given")
Made = TypeVar("Made")


def similar(texts: Sequence[str], at_least: float = 0.7, cores: int = 1) -> Groups:
    """Groups of the texts that share `at_least` so much of their runs of three characters (0.5 to 1).

    `cores`: threads to work with. Raises `Malformed` for a share out of range or something that isn't a text.
    """
    by = layout(at_least)
    begins = range(0, len(texts), PORTION) or (0,)
    read = _spread(partial(_read, texts, by), begins, cores)
    whole, known = _joined([one for one, _ in read], [two for _, two in read])
    distinct = collapsed(whole.codes, whole.starts, known)
    parts = _spread(partial(linked, distinct.contents, by), range(PARTS), cores)
    return grouped(distinct, parts, whole.cut)


def _read(texts: Sequence[str], by: Layout, begin: int) -> tuple[Folded, Samples]:
    portion = all_folded(texts[begin : begin + PORTION], begin)
    return portion, samples(portion.codes, portion.starts, by)


def _joined(portions: list[Folded], known: list[Samples]) -> tuple[Folded, Samples]:
    before = np.cumsum([0, *(len(one.codes) for one in portions)])
    starts = [one.starts[:-1] + shift for one, shift in zip(portions, before[:-1], strict=True)]
    whole = Folded(
        np.concatenate([one.codes for one in portions]),
        np.concatenate([*starts, before[-1:]]),
        np.concatenate([one.cut for one in portions]),
    )
    return whole, Samples(*(np.concatenate(column) for column in zip(*known, strict=True)))


def _spread(work: Callable[[Given], Made], over: Iterable[Given], cores: int) -> list[Made]:
    if cores <= 1:
        return list(map(work, over))
    with ThreadPoolExecutor(cores) as threads:
        return list(threads.map(work, over))
