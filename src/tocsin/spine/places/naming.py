"""Finds places in free text and knows what lies in what. Pure; the words are the pack's.

A text names places the way people do: by short names, by lists in brackets behind their district
(“Longgang (Pinghu, Nanwan)” means two streets, not the whole district), by words for several places at
once. Two places may share a word: then the one that lies in the place before the bracket is meant, else
the first in the pack. What could not be read is returned, never dropped.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tocsin.packs.places import LEAVES, PlaceKind, PlaceRow

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """Places that stand in a text from `start` to `end`; a district and its bracket are one mention."""

    start: int
    end: int
    codes: Codes


@dataclass(frozen=True)
class Naming:
    """What a list of places meant, and the words in it that mean nothing here."""

    codes: Codes
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Brackets:
    """Words that change what a bracket behind a place means: all but these, or these as well."""

    absent: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    codes: Codes


class Gazetteer:
    """The places of one pack."""

    def __init__(self, rows: Iterable[PlaceRow]) -> None:
        self.rows: Mapping[str, PlaceRow] = {row.code: row for row in rows}
        self._order = {code: at for at, code in enumerate(self.rows)}
        self._words = _words(self.rows.values())

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def __iter__(self) -> Iterator[PlaceRow]:
        return iter(self.rows.values())

    @cached_property
    def leaves(self) -> Codes:
        """All places that warnings are issued for, in the pack's order."""
        return tuple(row.code for row in self if row.kind in LEAVES)

    @cached_property
    def districts(self) -> Codes:
        """All districts, in the pack's order."""
        return tuple(row.code for row in self if row.kind is PlaceKind.DISTRICT)

    @cached_property
    def _children(self) -> Mapping[str, Codes]:
        found: dict[str, list[str]] = {}
        for row in self:
            found.setdefault(row.parent, []).append(row.code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    @cached_property
    def _within(self) -> dict[str, frozenset[str]]:
        return {}

    def children(self, code: str) -> Codes:
        """The places that lie directly in a place."""
        return self._children.get(code, ())

    def within(self, code: str) -> frozenset[str]:
        """The leaves of a place: itself where it is one, those of its members where it is a group."""
        if code not in self._within:
            self._within[code] = frozenset(self._walk(code, set()))
        return self._within[code]

    def _walk(self, code: str, seen: set[str]) -> Iterator[str]:
        row = self.rows.get(code)
        if row is None or code in seen:
            return
        seen.add(code)
        if row.kind in LEAVES:
            yield code
        for inner in (*row.members, *self.children(code)):
            yield from self._walk(inner, seen)

    def leaves_of(self, codes: Iterable[str]) -> frozenset[str]:
        """The leaves of all these places together."""
        return frozenset().union(*(self.within(code) for code in codes))

    def spread(self, codes: Iterable[str]) -> Codes:
        """The codes with each group replaced by its members, without repeats, in the pack's order."""
        found: set[str] = set()
        for code in codes:
            row = self.rows[code]
            found.update(row.members if row.kind is PlaceKind.GROUP else (code,))
        return self.ordered(found)

    def gather(self, leaves: Iterable[str]) -> Codes:
        """The shortest way to say these leaves: a district where all of its leaves are among them."""
        left, found = set(leaves), []
        for code in self.districts:
            inner = self.within(code)
            if inner and inner <= left:
                found.append(code)
                left -= inner
        return self.ordered([*found, *left])

    def ordered(self, codes: Iterable[str]) -> Codes:
        """In the pack's order, without repeats."""
        return tuple(sorted(set(codes), key=lambda code: (self._order.get(code, len(self._order)), code)))

    def parents(self, code: str) -> Iterator[str]:
        """The places that a place lies in, nearest first."""
        row = self.rows.get(code)
        while row is not None and row.parent:
            yield row.parent
            row = self.rows.get(row.parent)

    def find(self, text: str, brackets: Brackets = Brackets()) -> list[Mention]:
        """The places named in `text`, in their order."""
        words = list(self._scan(text))
        mentions: list[Mention] = []
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            bracket = _bracket(text, word.end)
            held = [w for w in words[at:] if bracket and w.end <= bracket.stop]
            if bracket and held:
                at += len(held)
                mentions.append(self._bracketed(text, word, held, bracket, brackets))
            else:
                mentions.append(Mention(word.start, word.end, word.codes[:1]))
        return mentions

    def read(self, text: str, between: str, brackets: Brackets = Brackets()) -> Naming:
        """A whole field that lists places, its members apart by any character of `between`."""
        mentions = self.find(text, brackets)
        covered = [False] * len(text)
        for mention in mentions:
            covered[mention.start : mention.end] = [True] * (mention.end - mention.start)
        rest = "".join("\0" if hit else char for hit, char in zip(covered, text, strict=True))
        left = (part.strip(" \t\r\n") for part in re.split(f"[{re.escape(between)}\0]+", rest))
        codes = [code for mention in mentions for code in mention.codes]
        return Naming(tuple(dict.fromkeys(codes)), tuple(part for part in left if part))

    def _scan(self, text: str) -> Iterator[_Word]:
        for found in self._pattern.finditer(text):
            yield _Word(found.start(), found.end(), self._words[found[0].casefold()])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = sorted(self._words, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words)) if words else r"(?!)", re.IGNORECASE)

    def _bracketed(
        self, text: str, word: _Word, held: Sequence[_Word], bracket: range, brackets: Brackets
    ) -> Mention:
        outer = word.codes[0]
        inner = [self._meant(w, outer) for w in held]
        opening = text[bracket.start : held[0].start].lstrip()
        codes: Codes = tuple(inner)
        if any(opening.startswith(prefix) for prefix in brackets.absent):
            codes = self.gather(self.within(outer) - self.leaves_of(inner))
        elif any(opening.startswith(prefix) for prefix in brackets.besides):
            codes = (outer, *inner)
        return Mention(word.start, bracket.stop, codes)

    def _meant(self, word: _Word, outer: str) -> str:
        """Which of the places with this word lies in `outer`; the first one where none does."""
        inside = [code for code in word.codes if outer in self.parents(code)]
        return inside[0] if inside else word.codes[0]


def _words(rows: Iterable[PlaceRow]) -> dict[str, Codes]:
    found: dict[str, list[str]] = {}
    for row in rows:
        for word in dict.fromkeys((*row.name.values(), *row.aliases)):
            found.setdefault(word.casefold(), []).append(row.code)
    return {word: tuple(codes) for word, codes in found.items() if word}


def _bracket(text: str, at: int) -> range | None:
    """What stands in the bracket that opens at `at`, its closing sign included; None where none does."""
    while at < len(text) and text[at].isspace():
        at += 1
    if at >= len(text) or unicodedata.category(text[at]) != "Ps":
        return None
    ends = (end for end in range(at + 1, len(text)) if unicodedata.category(text[end]) == "Pe")
    end = next(ends, None)
    return None if end is None else range(at + 1, end + 1)
