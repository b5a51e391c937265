"""How the warnings of an issuer are worded: the words for hazards, levels and what is done with a
warning. With them `signals.prose` reads a text without knowing its language.

Every list is tried from its longest word to its shortest, so that “upgraded to” is found before “to”.
"""

import re
from typing import Annotated

import msgspec

from tocsin.packs.rows import Row
from tocsin.packs.steps import WarningName
from tocsin.packs.tables import Table

Words = tuple[str, ...]
Pattern = Annotated[str, msgspec.Meta(title="regular expression")]


class Verbs(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is done with a warning."""

    issue: Words = ()
    upgrade: Words = ()
    downgrade: Words = ()
    extend: Words = ()
    cancel: Words = ()
    goes_on: Words = ()
    """Says only that a warning is still in force."""


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a text is valid that names no place: `word` in its title means `whole`."""

    word: str
    whole: tuple[str, ...]


class Tongue(Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The wording of one issuer, or of several who word alike."""

    hazards: dict[str, str]
    """Word to the kind of event."""
    levels: dict[str, WarningName | None]
    """Word to the level; null for a step that the ladder does not have."""
    plain: tuple[str, ...] = ()
    """Kinds that are issued without a level, whatever a record's field may say."""
    verbs: Verbs
    signal: Words
    """“Warning signal”: the word that makes a hazard's name a warning."""
    every: Words = ()
    """“All”: a warning without a place, or of every level."""
    above: Words = ()
    """“The areas named above”."""
    destination: Words = ()
    """“To”, between a warning and the place that it is extended to."""
    absent: Words = ()
    """“Except”, at the beginning of a bracket."""
    besides: Words = ()
    """“Including”, at the beginning of a bracket."""
    skip: Words = ()
    """Words that contain a place or a hazard and mean neither."""
    breaks: Words = ()
    """Words at which a clause begins anew, as a comma would do it."""
    joints: str = ""
    """Characters that may stand between a verb and a warning without meaning a place."""
    commas: str = ","
    stops: str = ".;\n"
    title: Pattern = ""
    """Finds the title: its first group."""
    until: Pattern = ""
    """Finds the end of validity: the groups of `moment`, with names."""
    scopes: tuple[Scope, ...] = ()

    def __post_init__(self) -> None:
        for pattern in (self.title, self.until):
            try:
                re.compile(pattern)
            except re.error as fault:
                raise ValueError(f"“{pattern}” is no regular expression: {fault}") from fault


TABLE = Table("tongues", Tongue)
