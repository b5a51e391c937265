"""A plan's text is taken apart and nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.stages.readiness.plans.blocks import Part, parts, unplain

LINES = st.sampled_from(
    ["", "words", "```", "```tocsin tasks", "```tocsin", " ```tocsin plan", "- {id: a}", "```py"]
)


def test_prose_and_blocks_in_their_order():
    text = "# A\n```tocsin tasks\n- {id: a}\n```\nend"
    assert list(parts(text)) == [
        Part("", 1, "# A"),
        Part("tasks", 3, "- {id: a}"),
        Part("", 5, "end"),
    ]


def test_a_block_that_nobody_closes_runs_to_the_end():
    assert list(parts("```tocsin tasks\n- x\nwords")) == [
        Part("", 1, ""),
        Part("tasks", 2, "- x\nwords", closed=False),
    ]


@given(st.lists(LINES, max_size=30))
def test_every_part_stands_on_its_line(lines):
    for part in parts("\n".join(lines)):
        said = part.text.split("\n") if part.text else []
        assert lines[part.line - 1 : part.line - 1 + len(said)] == said


@given(st.lists(LINES, max_size=30))
def test_no_line_is_lost_but_fences(lines):
    kept = set()
    for part in parts("\n".join(lines)):
        kept.update(range(part.line - 1, part.line - 1 + len(part.text.split("\n"))))
    lost = {line for number, line in enumerate(lines) if number not in kept}
    assert lost <= {"```", "```tocsin tasks"}


@pytest.mark.parametrize(
    ("text", "line"),
    [("- &a [1]", 7), ("- {id: x}\n- *a", 8), ("[" * 13 + "]" * 13, 7), ("[" * 100_000, 7)],
)
def test_what_yaml_can_do_and_a_plan_does_not_need(text, line):
    assert unplain(Part("tasks", 7, text))[0] == line


@pytest.mark.parametrize("text", ["- {id: a, title: {en: b}}", "", "- {id: ]}", "- '&a'", "- \ud800"])
def test_plain_blocks_and_those_that_are_no_yaml(text):
    assert unplain(Part("tasks", 7, text)) is None
