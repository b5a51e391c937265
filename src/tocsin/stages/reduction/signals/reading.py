"""From a record to what it states: typed, with codes for places. Pure.

A record's own fields count before its prose, but the prose is read as well: what is lifted, and often
what is extended, stands nowhere else. A part that can't be read becomes a fault and the rest is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import msgspec

from tocsin.kernel.instants import Instant
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.feeds import Account, Feed
from tocsin.packs.pack import Pack
from tocsin.packs.tongues import Tongue, Verbs
from tocsin.spine.places.naming import Codes, Gazetteer
from tocsin.stages.reduction.signals.decoding import Fault, Record, local, moment
from tocsin.stages.reduction.signals.enums import SETTING, Action
from tocsin.stages.reduction.signals.prose import Prose, ProseReader, Told

WORDLESS = Tongue(id="", name={}, hazards={}, levels={}, verbs=Verbs(), signal=())
"""Of a feed whose texts are kept as they are."""


@dataclass(frozen=True)
class Statement:
    """One thing that a source says. `areas` are codes; `listed` where its presence says it is valid."""

    action: Action
    kind: str
    level: WarningLevel | None
    areas: Codes
    title: str
    text: str
    issued_at: Instant
    valid_until: Instant | None
    issuer: Mapping[str, str]
    ref: str
    listed: bool
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """What a record states, and what could not be read of it."""

    statements: tuple[Statement, ...] = ()
    faults: tuple[Fault, ...] = ()


class RecordReader:
    """Reads the records of one feed of a pack."""

    def __init__(self, feed: Feed, pack: Pack, gazetteer: Gazetteer) -> None:
        self.feed = feed
        self.gazetteer = gazetteer
        self.tongue = pack.tongues.of(feed.tongue) if feed.tongue else WORDLESS
        self.prose = ProseReader(self.tongue, gazetteer)
        self.language = pack.languages[0] if pack.languages else "en"

    def read(self, record: Record, taken_at: Instant) -> Read:
        """What one record states. `taken_at` stands in for a time that it lacks."""
        fields = record.part.fields
        text, issued = record.pick(fields.text), record.pick(fields.issued)
        issued_at = moment(issued, self.feed) if issued else taken_at
        if not text:
            return Read(faults=(self._fault("record.shape", record, "/".join(fields.text)),))
        if issued_at is None:
            return Read(faults=(self._fault("time.unreadable", record, issued),))
        prose = self.prose.read(text)
        base = self._base(record, text, prose, issued_at)
        if self.feed.account is Account.NOTICES:
            return Read((base,))
        if not fields.kind:
            return self._told(record, base, prose)
        return self._fielded(record, base, prose)

    def _base(self, record: Record, text: str, prose: Prose, issued_at: Instant) -> Statement:
        fields = record.part.fields
        named = record.pick(fields.issuer)
        return Statement(
            action=Action.INFORM,
            kind="",
            level=None,
            areas=(),
            title=(prose.title or record.pick(fields.title) or _opening(text))[:300],
            text=text,
            issued_at=issued_at,
            valid_until=local(prose.until, self.feed) if prose.until else None,
            issuer={self.language: named} if named else dict(self.feed.issuer),
            ref=record.pick(fields.ref)[:120],
            listed=record.part.listed,
        )

    def _told(self, record: Record, base: Statement, prose: Prose) -> Read:
        """A text alone: what its prose says."""
        told = [
            replace(base, action=one.action, kind=one.kind, level=one.level, areas=one.areas)
            for one in prose.told
        ]
        gaps = prose.gaps if told or prose.gaps else (base.title,)
        faults = [self._fault("prose.unread", record, gap) for gap in gaps]
        return Read(tuple(told), tuple(faults))

    def _fielded(self, record: Record, base: Statement, prose: Prose) -> Read:
        """A record with fields: what they say, and what else its prose does."""
        faults: list[Fault] = []
        kind = self._kind(record, faults)
        graded, level = self._level(record, kind, faults)
        codes, unread = self._areas(record, faults)
        main = replace(base, kind=kind, level=level, areas=codes, unread=unread)
        standing = self.feed.account is Account.STANDING and record.part.listed
        statements = []
        if kind and codes and graded:
            action = Action.IN_FORCE if standing else self._action(main, prose)
            statements.append(replace(main, action=action))
        if not standing:
            others = [one for one in prose.told if not _same(one, kind, level)]
            statements += [
                replace(base, action=one.action, kind=one.kind, level=one.level, areas=one.areas)
                for one in others
            ]
            faults += [self._fault("prose.unread", record, gap) for gap in prose.gaps]
        return Read(tuple(statements), tuple(faults))

    def _kind(self, record: Record, faults: list[Fault]) -> str:
        word = record.pick(record.part.fields.kind)
        last = word.rsplit(self.feed.apart, 1)[-1].strip() if self.feed.apart else word
        for known in (word, last):
            if known in self.tongue.hazards:
                return self.tongue.hazards[known]
        faults.append(self._fault("kind.unknown", record, word))
        return ""

    def _level(self, record: Record, kind: str, faults: list[Fault]) -> tuple[bool, WarningLevel | None]:
        """Whether the level could be read, and the level: none is a level that can be read."""
        word = record.pick(record.part.fields.level)
        if not word or kind in self.tongue.plain:
            return True, None
        if word not in self.tongue.levels:
            faults.append(self._fault("level.unknown", record, word))
            return False, None
        return True, self.prose.level_of(kind, self.tongue.levels[word])

    def _areas(self, record: Record, faults: list[Fault]) -> tuple[Codes, tuple[str, ...]]:
        words = record.pick(record.part.fields.areas)
        naming = self.gazetteer.read(words, self.feed.between, self.prose.brackets)
        if naming.unknown or not naming.codes:
            faults.append(self._fault("area.unknown", record, " ".join(naming.unknown)))
        return self.gazetteer.spread(naming.codes), naming.unknown

    def _action(self, main: Statement, prose: Prose) -> Action:
        """The fields say what is valid, the prose how it came about."""
        told = [
            one
            for one in prose.told
            if one.action in SETTING and (one.kind, one.level) == (main.kind, main.level)
        ]
        return told[0].action if told else Action.ISSUE

    def _fault(self, reason: str, record: Record, detail: str) -> Fault:
        raw = msgspec.json.encode(record.raw).decode()
        part = self.feed.parts.index(record.part)
        return Fault(reason, record.where, detail[:300], raw, part)


def _same(one: Told, kind: str, level: WarningLevel | None) -> bool:
    """Whether the prose only repeats what the fields say."""
    return one.action in SETTING and (one.kind, one.level) == (kind, level)


def _opening(text: str) -> str:
    """The beginning of a text without a title."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= 60 else line[:59] + "\N{HORIZONTAL ELLIPSIS}"


def readers(pack: Pack, gazetteer: Gazetteer, feeds: Iterable[Feed]) -> dict[str, RecordReader]:
    """A reader for each feed."""
    return {feed.id: RecordReader(feed, pack, gazetteer) for feed in feeds}
