"""What comes out: every text in a group, and why.

A group is all that hangs together by links; a text that resembles none is a group of its own, so nothing that
came in is missing. Two texts of a group need not resemble each other: they may be joined through others, and
the links show how.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.engine.gather.texts.bands import Links
from tocsin.engine.gather.texts.contents import Collapsed
from tocsin.engine.gather.texts.folding import Flags, Places
from tocsin.engine.gather.texts.unions import joining, roots


@dataclass(frozen=True)
class Groups:
    """Texts are numbered from 0 in the order in which they were given, groups by their first text.

    of      the group of each text
    one     the links: first text,
    other   second text, one < other,
    share   and the exact Jaccard share of their runs of three; 1 for a copy
    cut     texts of which only the first `LONGEST` characters were looked at
    empty   texts without a character: each a group of its own
    """

    of: Places
    one: Places
    other: Places
    share: NDArray[np.float64]
    cut: Places
    empty: Places

    def sizes(self) -> Places:
        """How many texts each group has."""
        return np.bincount(self.of).astype(np.int64)

    def members(self, group: int) -> Places:
        """The texts of a group, in order."""
        return np.flatnonzero(self.of == group)

    def repeated(self) -> Places:
        """Groups of two and more, the largest first, the earlier first among equals."""
        sizes = self.sizes()
        order = np.argsort(-sizes, kind="stable")
        return order[: int((sizes > 1).sum())]


def grouped(collapsed: Collapsed, parts: list[Links], cut: Flags) -> Groups:
    """Groups of the links of all parts and of the copies."""
    first, at = collapsed.first, collapsed.at
    copies = np.flatnonzero(first != np.arange(len(first)))
    ends = [(at[links.one], at[links.other], links.share) for links in parts]
    ends.append((first[copies], copies, np.ones(len(copies))))
    ones, others, shares = (np.concatenate(column) for column in zip(*ends, strict=True))
    parent, kept = np.arange(len(first)), np.empty(len(ones), np.bool_)
    joining(parent, ones, others, kept)
    roots(parent)
    lower, upper = np.minimum(ones, others)[kept], np.maximum(ones, others)[kept]
    order = np.lexsort((lower, upper))
    filled = np.zeros(len(first), np.bool_)
    filled[at] = True
    number = np.cumsum(parent == np.arange(len(first))) - 1
    return Groups(
        of=number[parent],
        one=lower[order],
        other=upper[order],
        share=shares[kept][order],
        cut=np.flatnonzero(cut),
        empty=np.flatnonzero(~filled[first]),
    )
