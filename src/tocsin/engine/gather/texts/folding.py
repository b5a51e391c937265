"""What counts as the same character: a text as people read it, not as a machine typed it.

    (1)  format characters (zero-width space, joiner, soft hyphen, variation selector, tag …) are dropped
    (2)  NFKC, case folding, NFKC: full-width letters and digits become plain, capitals small
    (3)  white space and control characters become one space; none at either end

Punctuation, digits and the two ways of writing Chinese stay apart: "3 dead" and "5 dead" are different
news. Only the first `LONGEST` characters of a text are looked at. A lone surrogate, the trace of a text that
was cut amid a character, stays as it is and equals only itself.

`folded` is the definition. For a stream of texts the same is done by a table of code points: a character
before which nothing can compose is folded alone, and in a text of such characters it doesn't matter whether
one folds or joins first (Unicode Standard Annex 15, section 9.1). A text with any other character, an accent
written apart for instance, goes through `folded`.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple
from unicodedata import category, combining, decomposition, normalize

import numpy as np
from numpy.typing import NDArray

from tocsin.engine.compiled import compiled
from tocsin.kernel.errors import Malformed

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

LONGEST = 5_000
"""Characters of a text that are looked at; what comes after them changes nothing."""
SPAN = 0x30000
"""Code points from here on fold to themselves, but for the tags."""
TAGS, TAGS_END = 0xE0000, 0xE1000
APART = 255
"""The width of a character that must not be folded alone."""
SELECTORS = ((0x180B, 0x180E), (0x180F, 0x1810), (0xFE00, 0xFE10))
HANGUL_TAILS = ((0x1161, 0x1176), (0x11A8, 0x11C3))


class Table(NamedTuple):
    """`entry[c]`: width << 24 | what code point c becomes, or the first place of it in `more`."""

    entry: Codes
    more: Codes


class Folded(NamedTuple):
    """Texts as code points, one after the other: text t is `codes[starts[t]:starts[t + 1]]`. `cut`: those
    that were longer than `LONGEST`."""

    codes: Codes
    starts: Places
    cut: Flags


def folded(text: str) -> str:
    """The text by rules (1)-(3), of its first `LONGEST` characters."""
    kept = text[:LONGEST].translate(_dropped())
    plain = normalize("NFKC", normalize("NFKC", kept).casefold())
    return " ".join(plain.translate(_blanks()).split())


def all_folded(texts: Sequence[str], first: int = 0) -> Folded:
    """Every text by the same rules. `first`: the number of the first of them, to be named in an error.

    Raises `Malformed` where one is not a text.
    """
    try:
        lengths, raw = _lengths(texts), encoded(texts)
    except TypeError:
        raise not_text(texts, first) from None
    starts, cut = _starts(lengths), lengths > LONGEST
    widths = np.empty(len(texts), np.int64)
    measured(raw, starts, table(), widths)
    apart = widths < 0
    if apart.any():
        texts = [folded(text) if alone else text for text, alone in zip(texts, apart, strict=True)]
        lengths, raw = _lengths(texts), encoded(texts)
        starts, widths = _starts(lengths), np.where(apart, lengths, widths)
    codes = np.empty(int(widths.sum()), np.uint32)
    ends = np.empty(len(texts) + 1, np.int64)
    fold(raw, starts, table(), apart, codes, ends)
    return Folded(codes[: ends[-1]], ends, cut)


def encoded(texts: Sequence[str]) -> Codes:
    """The code points of all texts, one after the other."""
    return np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)


def _lengths(texts: Sequence[str]) -> Places:
    return np.fromiter(map(len, texts), np.int64, len(texts))


def not_text(texts: Sequence[object], first: int) -> Malformed:
    """The error that names the first of them that isn't one."""
    at, found = next((at, one) for at, one in enumerate(texts) if not isinstance(one, str))
    return Malformed(
        "gather.not_text",
        "text {where} is not a text but {found}",
        cure="Give every message as a character string; fill in or leave out what is missing.",
        where=first + at,
        found=type(found).__name__,
    )


def _starts(lengths: Places) -> Places:
    starts = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


@compiled
def width(code: Any, entry: Any) -> int:
    """How many characters a code point becomes; `APART` if it must not be folded alone."""
    if code < SPAN:
        return int(entry[code] >> np.uint32(24))
    return 0 if TAGS <= code < TAGS_END else 1


@compiled
def measured(raw: Any, starts: Any, by: Any, widths: Any) -> None:
    """The most characters that each text becomes; -1 if it has one that must not be folded alone."""
    for text in range(len(widths)):
        total = 0
        for at in range(starts[text], min(starts[text + 1], starts[text] + LONGEST)):
            wide = width(raw[at], by.entry)
            if wide == APART:
                total = -1
                break
            total += wide
        widths[text] = total


@compiled
def fold(raw: Any, starts: Any, by: Any, done: Any, codes: Any, ends: Any) -> None:
    """Writes every text folded to `codes`, as told by `ends`; those that are `done` as they stand."""
    ends[0] = 0
    for text in range(len(done)):
        begin, end = starts[text], min(starts[text + 1], starts[text] + LONGEST)
        if done[text]:
            to = ends[text] + starts[text + 1] - begin
            codes[ends[text] : to] = raw[begin : starts[text + 1]]
        else:
            to = fold_one(raw[begin:end], by, codes, ends[text])
        ends[text + 1] = to


@compiled
def fold_one(raw: Any, by: Any, codes: Any, begin: Any) -> Any:
    """Writes one text folded to `codes[begin:]`; tells the place after it."""
    to = begin
    for code in raw:
        if code >= SPAN:
            if not TAGS <= code < TAGS_END:
                codes[to] = code
                to += 1
            continue
        entry = by.entry[code]
        wide, value = entry >> np.uint32(24), entry & np.uint32(0xFFFFFF)
        if wide == 1:
            to = put(value, codes, begin, to)
        else:
            for at in range(wide):
                to = put(by.more[value + at], codes, begin, to)
    return to - 1 if to > begin and codes[to - 1] == 32 else to


@compiled
def put(code: Any, codes: Any, begin: Any, to: Any) -> Any:
    """Writes one character, but no second space and none at the beginning."""
    if code == 32 and (to == begin or codes[to - 1] == 32):
        return to
    codes[to] = code
    return to + 1


@cache
def table() -> Table:
    """The table of this Python's Unicode, made once in about a tenth of a second."""
    letters = [chr(code) for code in range(1, SPAN)]
    plain = normalize("NFKC", normalize("NFKC", "\0".join(letters)).casefold()).split("\0")
    entry = np.arange(SPAN, dtype=np.uint32) | np.uint32(1 << 24)
    more: list[int] = []
    blanks, dropped, apart = _blanks(), _dropped(), _composing()
    entry[0] = 32 | 1 << 24
    for code, (letter, became) in enumerate(zip(letters, plain, strict=True), 1):
        if code in dropped:
            entry[code] = 0
        elif _first(letter) in apart or _first(became) in apart:
            entry[code] = APART << 24
        elif letter != became or code in blanks:
            came = [ord(one) for one in became.translate(blanks)]
            entry[code] = len(came) << 24 | (came[0] if len(came) == 1 else len(more))
            more += came if len(came) > 1 else ()
    return Table(entry, np.array(more, np.uint32))


def _first(letter: str) -> str:
    return normalize("NFKD", letter)[0]


@cache
def _composing() -> frozenset[str]:
    """Characters that may join the one before them."""
    letters = [chr(code) for code in range(SPAN)]
    pairs = (decomposition(letter).split() for letter in letters)
    seconds = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and not pair[0].startswith("<")}
    tails = {chr(code) for begin, end in HANGUL_TAILS for code in range(begin, end)}
    return frozenset(letter for letter in letters if combining(letter)) | seconds | tails


@cache
def _dropped() -> dict[int, None]:
    formats = [code for code in range(SPAN) if category(chr(code)) == "Cf"]
    selectors = [code for begin, end in SELECTORS for code in range(begin, end)]
    return dict.fromkeys([*formats, *selectors, *range(TAGS, TAGS_END)])


@cache
def _blanks() -> dict[int, str]:
    return {code: " " for code in range(SPAN) if category(chr(code)) in ("Cc", "Zs", "Zl", "Zp")}
