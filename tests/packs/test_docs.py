"""The reference names every table, every field of a rule and every event that a clock may wait for."""

from pathlib import Path

import msgspec
import pytest

from tocsin.packs.clocks import ClockRule, Event
from tocsin.packs.disclosure import Disclosure
from tocsin.packs.pack import Head
from tocsin.packs.publishing import Product, Publication
from tocsin.packs.reader import TABLES
from tocsin.packs.rows import Rule, Verified
from tocsin.packs.warnings import Signal

PAGE = (Path(__file__).parents[2] / "docs/reference/packs.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_is_in_the_reference(table):
    assert f"{table.name}.yaml" in PAGE


@pytest.mark.parametrize("row", [Head, Rule, ClockRule, Publication, Disclosure, Signal])
def test_every_field_is_in_the_reference(row):
    fields = [field.name for field in msgspec.structs.fields(row) if field.name != "id"]
    assert [name for name in fields if f"`{name}`" not in PAGE] == []


@pytest.mark.parametrize("word", [*Event, *Product, *Verified])
def test_every_word_is_in_the_reference(word):
    assert f"`{word}`" in PAGE
