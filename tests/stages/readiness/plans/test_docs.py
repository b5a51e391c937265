"""The reference names every block and field, and the plan that the guide begins with runs."""

import re
from pathlib import Path

import msgspec
import pytest

from tocsin.stages.readiness.plans.document import parse
from tocsin.stages.readiness.plans.enums import VERSION_LIFE
from tocsin.stages.readiness.plans.lint import CHAPTERS, IN_MESSAGES, IN_REASONS, lint
from tocsin.stages.readiness.plans.records import LISTS, SINGLES

DOCS = Path(__file__).parents[4] / "docs"
REFERENCE = (DOCS / "reference/plan-format.md").read_text(encoding="utf-8")
FIELDS = sorted(
    {
        (name, field.encode_name)
        for name, record in (LISTS | SINGLES).items()
        if record is not str
        for field in msgspec.structs.fields(record)
    }
)


@pytest.mark.parametrize("name", [*LISTS, *SINGLES])
def test_every_block_has_its_place(name):
    headings = re.findall(r"^### (.+)$", REFERENCE, re.MULTILINE)
    assert name in {word for heading in headings for word in heading.split(", ")}


@pytest.mark.parametrize(("block", "field"), FIELDS)
def test_every_field_is_told(block, field):
    start = re.search(rf"^### .*\b{block}\b", REFERENCE, re.MULTILINE)
    section = REFERENCE[start.start() :].split("\n#", 1)[0]
    assert f"`{field}`" in section


@pytest.mark.parametrize("name", sorted({*IN_MESSAGES, *IN_REASONS}))
def test_every_name_in_braces_is_told(name):
    assert f"`{{{name}}}`" in REFERENCE


def test_every_move_and_every_chapter():
    moves = re.findall(r"^\| \(?([a-z]+)\)? \|", REFERENCE, re.MULTILINE)
    assert set(VERSION_LIFE.moves) <= set(moves)
    assert [int(n) for n in re.findall(r"^\| `## (\d) …`", REFERENCE, re.MULTILINE)] == list(CHAPTERS)


def test_the_plan_that_the_guide_begins_with_is_in_order(avalon):
    guide = (DOCS / "how-to/write-a-plan.md").read_text(encoding="utf-8")
    text = re.search(r"^````markdown\n(.*?)^````$", guide, re.MULTILINE | re.DOTALL)[1]
    assert [(finding.where, finding.what) for finding in lint(parse(text), avalon)] == []
