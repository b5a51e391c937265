"""Identical texts, held once: ten thousand copies of one message cost as much as one.

    (1)  texts that fold to the same characters are copies of the first of them
    (2)  the first ones, put in the order of a number of their content, are the contents. The order knows
         nothing of who came first, so whatever is decided along it is decided by the set of texts alone.
    (3)  a text without any character has no content: it resembles nothing, other empty ones included

Copies are found by a 64-bit number of all of a text and confirmed character by character.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tocsin.engine.compiled import compiled
from tocsin.engine.gather.texts.folding import Codes, Places
from tocsin.engine.gather.texts.shingles import Numbers
from tocsin.engine.gather.texts.signatures import Samples


class Contents(NamedTuple):
    """Different texts in their order (2): content c is `codes[begin[c]:end[c]]`."""

    codes: Codes
    begin: Places
    end: Places
    keys: Codes
    sketch: Numbers


@dataclass(frozen=True)
class Collapsed:
    """`first[t]`: the first copy of text t, itself perhaps. `at[c]`: the text that stands for content c."""

    contents: Contents
    first: Places
    at: Places


def collapsed(codes: Codes, starts: Places, samples: Samples) -> Collapsed:
    """Texts as contents and copies."""
    first = np.empty(len(starts) - 1, np.int64)
    whole = np.ascontiguousarray(samples.sketch[:, 0])
    order = np.argsort(whole, kind="stable")
    originals(order, whole, codes, starts, first)
    at = order[(first[order] == order) & (starts[order] < starts[order + 1])]
    contents = Contents(codes, starts[at], starts[at + 1], samples.keys[at], samples.sketch[at])
    return Collapsed(contents, first, at)


@compiled
def originals(order: Any, whole: Any, codes: Any, starts: Any, first: Any) -> None:
    """Fills `first` by (1) and (3). Texts of one number stand beside each other, the earlier first; almost
    never are there two different ones among them."""
    begin = 0
    for at in range(len(order)):
        text = order[at]
        if whole[text] != whole[order[begin]]:
            begin = at
        first[text] = text
        if starts[text] == starts[text + 1]:
            continue
        for before in range(begin, at):
            earlier = order[before]
            if first[earlier] == earlier and same(
                codes, starts[earlier], starts[earlier + 1], starts[text], starts[text + 1]
            ):
                first[text] = earlier
                break


@compiled
def same(codes: Any, one: Any, one_end: Any, other: Any, other_end: Any) -> bool:
    """Whether two stretches of characters are equal."""
    if one_end - one != other_end - other:
        return False
    step = 0
    while one + step < one_end and codes[one + step] == codes[other + step]:
        step += 1
    return bool(one + step == one_end)
