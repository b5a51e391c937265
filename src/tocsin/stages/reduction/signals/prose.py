"""Reads a warning's prose: what it does, with which warnings, where. Pure; the words are the pack's.

One text often does several things at once: it raises here, extends there, lifts elsewhere. It is cut
into sentences, clauses and segments; in each the verbs are found with what stands to their left and
right. The grammar is small on purpose: what it can't place with certainty is returned as a gap, for a
person to read, and is never guessed. The title is a summary by the same author, so it serves as a check:
what it announces and the body does not contain is a gap too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import cast

from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.tongues import Tongue
from tocsin.spine.places.naming import Brackets, Codes, Gazetteer
from tocsin.stages.reduction.signals.enums import SETTING, Action


@dataclass(frozen=True)
class Told:
    """One thing that a text does. No `level` means every level, or none to tell."""

    action: Action
    kind: str
    level: WarningLevel | None
    areas: Codes


@dataclass(frozen=True)
class Prose:
    """A text as far as it was read; `gaps` are the words that stayed dark."""

    title: str
    told: tuple[Told, ...] = ()
    gaps: tuple[str, ...] = ()
    until: datetime | None = None
    """Local time, as written."""


class _Tok(Enum):
    VERB = auto()
    HAZARD = auto()
    LEVEL = auto()
    SIGNAL = auto()
    EVERY = auto()
    ABOVE = auto()
    PLACE = auto()
    SKIP = auto()
    BREAK = auto()
    COMMA = auto()
    STOP = auto()


_MARKS = frozenset({_Tok.BREAK, _Tok.COMMA})
_GOES_ON = "goes_on"
UNSAID = ""
"""A level that a text does not tell; None is one that it tells and the ladder does not have."""


@dataclass(frozen=True)
class _Token:
    tok: _Tok
    start: int
    end: int
    value: object


@dataclass
class _Group:
    """Some places and the warnings named with them."""

    areas: list[str] = field(default_factory=list)
    warnings: list[tuple[str, object]] = field(default_factory=list)
    sure: int = 0
    """How many of the warnings are followed by the word that makes them one."""
    dark: str = ""


class ProseReader:
    """Reads the prose of one tongue, with the places of one gazetteer."""

    def __init__(self, tongue: Tongue, gazetteer: Gazetteer) -> None:
        self.tongue = tongue
        self.gazetteer = gazetteer
        self.brackets = Brackets(tongue.absent, tongue.besides)
        self._values: dict[str, tuple[_Tok, object]] = dict(_lexicon(tongue))
        self._pattern = _alternation(self._values)
        self._skip = _alternation(tongue.skip)
        self._joints = str.maketrans("", "", tongue.joints)

    def read(self, text: str) -> Prose:
        """What `text` does. Reads any text; one that does nothing yields nothing."""
        title, body = self._split(text)
        whole = self._whole(title or text)
        promised = _Reading(self, title, whole).run() if title else _Reading(self, "", whole)
        reading = _Reading(self, body, whole).run()
        told = [self._reworded(one, promised.told) for one in reading.told]
        told = told or promised.told
        gaps = [*reading.gaps, *self._unkept(promised, told), *(_named(one) for one in told if not one.areas)]
        told = [one for one in told if one.areas]
        return Prose(title, tuple(dict.fromkeys(told)), tuple(dict.fromkeys(gaps)), self._until(text))

    def level_of(self, kind: str, level: object) -> WarningLevel | None:
        """The level that counts: none for a kind that is issued without."""
        if kind in self.tongue.plain or not isinstance(level, str) or not level:
            return None
        return WarningLevel[level]

    def tokens(self, text: str) -> Iterator[_Token]:
        """The words that matter, in their order; a place wins over a word inside it."""
        masked = self._skip.sub(lambda found: "\0" * len(found[0]), text)
        places = [
            _Token(_Tok.PLACE, m.start, m.end, m.codes) for m in self.gazetteer.find(masked, self.brackets)
        ]
        taken = 0
        words = [
            _Token(*self._values[found[0]][:1], found.start(), found.end(), self._values[found[0]][1])
            for found in self._pattern.finditer(masked)
        ]
        words += [_Token(_Tok.SKIP, m.start(), m.end(), m[0]) for m in re.finditer("\0+", masked)]
        for token in sorted([*places, *words], key=lambda t: (t.start, t.tok is not _Tok.PLACE)):
            if token.start >= taken:
                taken = token.end
                yield token

    def dark(self, text: str) -> str:
        """What is left of a stretch of text that no word explains."""
        return text.translate(self._joints).strip()

    def _split(self, text: str) -> tuple[str, str]:
        found = re.search(self.tongue.title, text) if self.tongue.title else None
        return (found[1].strip(), text[found.end() :]) if found else ("", text)

    def _whole(self, title: str) -> Codes:
        """Where a text is valid that names no place."""
        return next((scope.whole for scope in self.tongue.scopes if scope.word in title), ())

    def _until(self, text: str) -> datetime | None:
        found = re.search(self.tongue.until, text) if self.tongue.until else None
        if found is None:
            return None
        year, month, day, hour, minute = (
            int(part or 0) for part in found.group("year", "month", "day", "hour", "minute")
        )
        try:
            return datetime(year, month, day, hour, minute)  # noqa: DTZ001 (local, as written)
        except ValueError:
            return None

    def _reworded(self, one: Told, promised: Sequence[Told]) -> Told:
        """The body says “issued” where the title says what it really was: an upgrade, an extension."""
        if one.action is not Action.ISSUE:
            return one
        for told in promised:
            if told.action in SETTING and (told.kind, told.level) == (one.kind, one.level):
                return Told(told.action, one.kind, one.level, one.areas)
        return one

    def _unkept(self, promised: "_Reading", told: Iterable[Told]) -> list[str]:
        """What the title announces and the body does not do."""
        done = {(one.action is Action.CANCEL, one.kind) for one in told}
        return [_named(one) for one in promised.told if (one.action is Action.CANCEL, one.kind) not in done]


class _Reading:
    """One text on its way through the grammar."""

    def __init__(self, reader: ProseReader, text: str, whole: Codes) -> None:
        self.reader = reader
        self.text = text
        self.whole = whole
        self.told: list[Told] = []
        self.gaps: list[str] = []
        self.named: list[str] = []
        """Places of this sentence that no act has used yet: what “the areas above” means."""
        self.last: list[str] = []
        """Places of the last act: what it means where no others were named since."""

    def run(self) -> "_Reading":
        segment: list[_Token] = []
        for token in self.reader.tokens(self.text):
            if token.tok is _Tok.STOP or token.tok in _MARKS:
                self._segment(segment)
                segment = []
                if token.tok is _Tok.STOP:
                    self.named = []
            else:
                segment.append(token)
        self._segment(segment)
        return self

    def _segment(self, tokens: list[_Token]) -> None:
        verbs = [at for at, token in enumerate(tokens) if token.tok is _Tok.VERB]
        acting = [at for at in verbs if tokens[at].value != _GOES_ON]
        if not acting and verbs:
            return
        left: list[_Token] = tokens[: acting[0]] if acting else tokens
        for number, at in enumerate(acting):
            end = acting[number + 1] if number + 1 < len(acting) else len(tokens)
            left = self._verb(tokens[at], left, tokens[at + 1 : end])
        if not acting:
            self._name(tokens)

    def _verb(self, verb: _Token, left: list[_Token], right: list[_Token]) -> list[_Token]:
        """Does what one verb says. Returns what the next verb finds at its left."""
        action = Action(str(verb.value))
        before, after = (
            self._groups(left, left[0].start if left else verb.start),
            self._groups(right, verb.end),
        )
        if action is Action.CANCEL:
            self._cancel(after)
            return []
        if action in (Action.UPGRADE, Action.DOWNGRADE) and not _sure(after):
            return self._change(action, before, right)
        if action is Action.EXTEND and _sure(before):
            self._set(action, _sure(before), _areas(after) or self._above(right))
            return []
        named = _areas(before) or self._above(left)
        self._set(action, _sure(after), named)
        self._name(right)
        return [token for token in right if token.tok in (_Tok.HAZARD, _Tok.LEVEL, _Tok.SIGNAL)]

    def _change(self, action: Action, before: list[_Group], right: list[_Token]) -> list[_Token]:
        """“… warning upgraded to orange”: the warning stands at the left, its new level at the right."""
        level = next((token.value for token in right if token.tok is _Tok.LEVEL), None)
        for group in _sure(before):
            kinds = dict.fromkeys(kind for kind, _ in group.warnings)
            fresh = _Group(group.areas, [(kind, level) for kind in kinds], len(kinds))
            self._set(action, [fresh], group.areas or self.named)
        rest = iter(right)
        for token in rest:
            if token.tok is _Tok.LEVEL:
                break
        return list(rest)

    def _cancel(self, groups: list[_Group]) -> None:
        areas: list[str] = []
        for group in _sure(groups):
            if group.dark and not group.areas:
                self.gaps.append(group.dark)
                continue
            areas = group.areas or areas
            self._tell(Action.CANCEL, group, areas or list(self.whole))

    def _set(self, action: Action, groups: list[_Group], named: list[str]) -> None:
        for group in groups:
            self._tell(action, group, group.areas or named)

    def _tell(self, action: Action, group: _Group, areas: list[str]) -> None:
        codes = self.reader.gazetteer.spread(areas)
        for kind, level in group.warnings:
            if action in SETTING and level == UNSAID and kind not in self.reader.tongue.plain:
                self.gaps.append(f"{action} {kind}")
                continue
            self.told.append(Told(action, kind, self.reader.level_of(kind, level), codes))
        self.last = areas or self.last
        if areas == self.named:
            self.named = []

    def _name(self, tokens: list[_Token]) -> None:
        for token in tokens:
            if token.tok is _Tok.PLACE:
                self.named += cast(list[str], token.value)

    def _above(self, tokens: list[_Token]) -> list[str]:
        above = any(token.tok is _Tok.ABOVE for token in tokens)
        return list(self.named or self.last) if above else []

    def _groups(self, tokens: list[_Token], start: int) -> list[_Group]:
        groups, group, at = [], _Group(), start
        for token in tokens:
            between = self.reader.dark(self.text[at : token.start])
            at = token.end
            if token.tok in (_Tok.PLACE, _Tok.ABOVE):
                if group.warnings:
                    groups.append(group)
                    group = _Group()
                group.areas += self._above([token]) if token.tok is _Tok.ABOVE else token.value  # type: ignore[arg-type]
            elif token.tok is _Tok.HAZARD:
                group.dark += between if not group.warnings else ""
                group.warnings.append((str(token.value), UNSAID))
            elif token.tok is _Tok.LEVEL and group.warnings:
                _grade(group.warnings, token.value)
            elif token.tok is _Tok.SIGNAL:
                group.sure = len(group.warnings)
        return [*groups, group]


def _sure(groups: list[_Group]) -> list[_Group]:
    """The groups whose warnings are warnings, and not the weather itself."""
    return [
        _Group(group.areas, group.warnings[: group.sure], group.sure, group.dark)
        for group in groups
        if group.sure
    ]


def _named(one: Told) -> str:
    """What a text does, for whoever has to look it up there."""
    return " ".join((one.action, one.kind, one.level.name if one.level else "")).strip()


def _grade(warnings: list[tuple[str, object]], level: object) -> None:
    """A level belongs to the hazards before it that have none yet; where all have, to the last one too."""
    if warnings[-1][1] is not UNSAID:
        warnings.append((warnings[-1][0], level))
    for at in range(len(warnings) - 1, -1, -1):
        if warnings[at][1] is not UNSAID:
            break
        warnings[at] = (warnings[at][0], level)


def _areas(groups: list[_Group]) -> list[str]:
    return [code for group in groups for code in group.areas]


def _lexicon(tongue: Tongue) -> Iterator[tuple[str, tuple[_Tok, object]]]:
    for name in ("issue", "upgrade", "downgrade", "extend", "cancel", _GOES_ON):
        for word in getattr(tongue.verbs, name):
            yield word, (_Tok.VERB, name)
    for word, kind in tongue.hazards.items():
        yield word, (_Tok.HAZARD, kind)
    for word, level in tongue.levels.items():
        yield word, (_Tok.LEVEL, level)
    plain = {
        _Tok.SIGNAL: tongue.signal,
        _Tok.EVERY: tongue.every,
        _Tok.ABOVE: tongue.above,
        _Tok.BREAK: tongue.breaks,
        _Tok.COMMA: tongue.commas,
        _Tok.STOP: tongue.stops,
    }
    for tok, words in plain.items():
        for word in words:
            yield word, (tok, word)


def _alternation(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, words), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) if longest_first else r"(?!)")
