"""A plan as a text: chapters of prose for people, with fenced blocks of YAML for the machine.

This module only takes the text apart, line by line, and keeps it whole: putting the parts together
again gives the text as it was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENS = re.compile(r"```tocsin[ \t]+([a-z]+)[ \t]*", re.ASCII)
_CLOSES = re.compile(r"```[ \t]*", re.ASCII)


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
