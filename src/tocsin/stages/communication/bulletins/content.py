"""What a bulletin says: what is known and from whom, what is not known, what is being done, what to do.

Nothing unverified goes out without saying so: each statement has its source and whether it was verified,
and the words that mark an unverified one are added here, not left to whoever writes.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tocsin.kernel.errors import Malformed
from tocsin.packs.rows import Text
from tocsin.stages.communication.wording import in_languages, require_legible

UNVERIFIED = "{text} (not verified; source: {source})"
VERIFIED = "{text} (source: {source})"
HEADINGS = {
    "known": "What we know",
    "unknown": "What we do not know yet",
    "done": "What is being done",
    "advice": "What you should do",
    "correction": "What was wrong before",
}


@dataclass(frozen=True)
class Statement:
    """Something said to be so, by whom, and whether that was checked."""

    text: Text
    source: str
    verified: bool

    def __post_init__(self) -> None:
        require_legible([*self.text.values(), self.source], "known")
        if not self.source.strip():
            raise Malformed(
                "bulletin.source",
                "A statement has no source.",
                cure="Say where it comes from, and whether it was verified.",
                where="known",
            )


@dataclass(frozen=True)
class BulletinContent:
    """The text of a bulletin. `correction` is what was wrong in the one that it corrects."""

    title: Text
    known: tuple[Statement, ...]
    unknown: Text = field(default_factory=dict)
    done: Text = field(default_factory=dict)
    advice: Text = field(default_factory=dict)
    correction: Text = field(default_factory=dict)

    def __post_init__(self) -> None:
        for where in ("title", "unknown", "done", "advice", "correction"):
            require_legible(getattr(self, where).values(), where)

    def plain(self) -> dict[str, Any]:
        """The content as JSON."""
        return {**asdict(self), "known": [asdict(statement) for statement in self.known]}


def read(plain: Mapping[str, Any]) -> BulletinContent:
    """The content from its JSON."""
    known = tuple(Statement(**statement) for statement in plain["known"])
    return BulletinContent(**{**plain, "known": known})


def whole(content: BulletinContent) -> dict[str, str]:
    """The bulletin as one plain text in each language of its title: a heading, then what stands under it."""
    languages = list(content.title)
    headings = {name: in_languages(text, languages) for name, text in HEADINGS.items()}
    marks = {True: in_languages(VERIFIED, languages), False: in_languages(UNVERIFIED, languages)}
    return {language: _whole(content, language, headings, marks) for language in languages}


def _whole(
    content: BulletinContent, language: str, headings: Mapping[str, Text], marks: Mapping[bool, Text]
) -> str:
    known = "\n".join(
        marks[said.verified][language]
        .replace("{source}", said.source)
        .replace("{text}", said.text.get(language, ""))
        for said in content.known
        if said.text.get(language)
    )
    parts = {
        "correction": content.correction.get(language, ""),
        "known": known,
        "unknown": content.unknown.get(language, ""),
        "done": content.done.get(language, ""),
        "advice": content.advice.get(language, ""),
    }
    return "\n\n".join(f"{headings[name][language]}\n{text}" for name, text in parts.items() if text)
