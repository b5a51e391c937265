"""A plan as a text: chapters of prose for people, with fenced blocks of YAML for the machine.

This module only takes the text apart, line by line, and keeps it whole: putting the parts together
again gives the text as it was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from django.utils.translation import gettext_noop as _

from tocsin.packs.sheets import Loader

_OPENS = re.compile(r"```tocsin[ \t]+([a-z]+)[ \t]*", re.ASCII)
_CLOSES = re.compile(r"```[ \t]*", re.ASCII)
LOOKS_LIKE_A_BLOCK = re.compile(r"\s*[`~]{3,}\s*tocsin\b", re.IGNORECASE)
"""A fence that was meant for the machine and that `parts` takes for prose."""
DEEPEST = 12


@dataclass(frozen=True)
class Part:
    """Prose (`name` empty) or a block. `line` is the number of its first line of content, from 1."""

    name: str
    line: int
    text: str
    closed: bool = True


def parts(text: str) -> Iterator[Part]:
    """The parts of a plan in their order; a block that nobody closes runs to the end of the text."""
    name, begins, kept = "", 1, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        opens = None if name else _OPENS.fullmatch(line)
        if opens or (name and _CLOSES.fullmatch(line)):
            yield Part(name, begins, "\n".join(kept))
            name, begins, kept = opens.group(1) if opens else "", number + 1, []
        else:
            kept.append(line)
    yield Part(name, begins, "\n".join(kept), closed=not name)


def unplain(part: Part) -> tuple[int, str, str] | None:
    """What YAML can do and a plan has no use for: names that point in circles, and bottomless nesting.

    Returns line, what and cure of the first; None where there is none, or where the block is no YAML (which
    whoever reads its rows says).
    """
    depth = 0
    try:
        for event in yaml.parse(part.text, Loader):
            line = part.line + (event.start_mark.line if event.start_mark else 0)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                return line, _("a plan has no anchors and aliases (& and *)"), _("Write it out, or quote it.")
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return line, _("this is nested too deeply"), _("Write it more plainly.")
    except (yaml.YAMLError, UnicodeEncodeError):
        return None
    return None
