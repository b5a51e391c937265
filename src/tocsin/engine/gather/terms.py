"""Chinese (and other) text as terms: words that mean something, and which of them may name a place.

Words are cut and tagged by jieba's dictionary and its model for names (rjieba). Kept are

    (1)  words of two characters or more that are no function words
    (2)  two single characters in a row: a name that the dictionary doesn't know falls apart into such
    (3)  letters and digits with the character after them: a road number, a block, a masked name

Terms of (2), those of (3) that begin with a letter, and those that the tagger takes for a name (of a place,
a body, a person, a thing) are place terms. A tagger errs; nothing here relies on one term.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import rjieba

RUN = re.compile("[A-Za-z0-9]+[\u3400-\u9fff]?|[\u3400-\u9fff]+")
NAMES = frozenset({"ns", "nsf", "nt", "nr", "nrt", "nrfg", "nz"})
FUNCTION = frozenset(
    {"c", "d", "e", "f", "m", "o", "p", "q", "r", "t", "u", "uj", "ul", "uz", "ud", "ug", "uv", "y", "zg"}
)
"""Tags of jieba: conjunctions, adverbs, exclamations, directions, numbers, prepositions, measures, pronouns,
times, particles."""


def terms(text: str) -> Iterator[tuple[str, bool]]:
    """The terms of a text in their order, and whether each may name a place."""
    for run in RUN.findall(text):
        if not run[0].isascii():
            yield from _words(run)
        elif len(run) > 1:
            yield run.upper(), run[0].isalpha()


@lru_cache(maxsize=65_536)
def _words(run: str) -> tuple[tuple[str, bool], ...]:
    found, before = [], ""
    for word, tag in rjieba.tag(run):
        single = word if len(word) == 1 and tag not in FUNCTION else ""
        if before and single:
            found.append((before + single, True))
        if len(word) > 1 and tag not in FUNCTION:
            found.append((word, tag in NAMES))
        before = single
    return tuple(found)
