"""A YAML text as rows, wherever the text came from."""

import pytest

from tocsin.packs.facts import TABLE
from tocsin.packs.sheets import Fault, parse

ROW = "{id: deaths, name: {en: deaths}}"


def test_the_lines_are_those_of_the_text():
    assert [where for where, _ in parse(TABLE, f"\n\n- {ROW}", "plan.md").rows] == ["plan.md:3"]


def test_one_row_stands_alone():
    assert [row.id for _, row in parse(TABLE, ROW, "plan.md", one=True).rows] == ["deaths"]


def test_a_broken_text_tells_its_line():
    assert [fault.where for fault in parse(TABLE, "\n- {id: ]}\n- {}\n", "plan.md").faults] == ["plan.md:2"]


def test_a_text_that_has_no_bytes_is_a_fault():
    assert [fault.where for fault in parse(TABLE, "- \ud800", "plan.md").faults] == ["plan.md"]


@pytest.mark.parametrize("text", ["- {id: 2026-02-31}"])
def test_a_date_that_no_calendar_has_is_a_fault(text):
    assert [type(fault) for fault in parse(TABLE, text, "plan.md").faults] == [Fault]
