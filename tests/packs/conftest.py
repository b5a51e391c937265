"""A small pack written to disk by the test itself, one file at a time."""

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

HEAD = """
name: {en: Small}
languages: [en]
zone: Europe/Lisbon
patience: {immediately: PT10M, promptly: P1D}
"""

LADDERS = """
- id: incident
  name: {en: Grade}
  source: Act 1
  verified: text
  steps:
    ORDINARY: {name: {en: A}}
    LARGER: {name: {en: B}}
    MAJOR: {name: {en: C}}
    CATASTROPHIC: {name: {en: D}}
- id: warning
  name: {en: Warning}
  source: Act 1
  verified: text
  steps:
    BLUE: {name: {en: a}}
    YELLOW: {name: {en: b}}
    ORANGE: {name: {en: c}}
    RED: {name: {en: d}}
- id: response
  name: {en: Response}
  source: Act 1
  verified: text
  steps: {I: {name: {en: "1"}}, II: {name: {en: "2"}}, III: {name: {en: "3"}}, IV: {name: {en: "4"}}}
"""

KINDS = """
- {id: hazard, name: {en: Hazard}, source: Act 1, verified: text}
- {id: flood, name: {en: Flood}, parent: hazard, cap: Met, source: Act 1, verified: text}
"""


@dataclass(frozen=True)
class Shelf:
    """A folder of packs."""

    root: Path

    @property
    def folders(self) -> tuple[Path, ...]:
        return (self.root,)

    def write(self, name: str, text: str) -> None:
        """Writes one file of a pack: `small/kinds.yaml`."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A folder with one sound pack, `small`."""
    shelf = Shelf(tmp_path)
    shelf.write("small/pack.yaml", HEAD)
    shelf.write("small/ladders.yaml", LADDERS)
    shelf.write("small/kinds.yaml", KINDS)
    return shelf
