"""Reading a form: typed, bounded, and refused with the name of the field."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import parse
from tocsin.kernel.ladders import WarningLevel
from tocsin.web.reading import Form


def form(**fields) -> Form:
    sent = QueryDict(mutable=True)
    for name, value in fields.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return Form(sent)


def test_values_are_typed():
    said = form(a=" x \0", n="12", q="2.5", t="2026-06-16T12:50", l="RED", m=["b", "", "c"], s="1\n\n 2 ")
    assert (said.text("a"), said.whole("n"), said.amount("q")) == ("x", 12, Decimal("2.5"))
    assert said.when("t") == parse("2026-06-16T12:50+08:00")
    assert (said.choice("l", WarningLevel), said.many("m"), said.lines("s")) == (
        WarningLevel.RED,
        ("b", "c"),
        ("1", "2"),
    )
    assert said.minutes("n") == timedelta(minutes=12)


def test_not_known_is_not_zero():
    said = form(n="")
    assert (said.whole_or_none("n"), said.when_or_none("n"), said.uuid_or_none("n")) == (None, None, None)
    assert said.choice_or_none("n", WarningLevel) is None


def test_a_text_in_one_language_is_enough():
    assert form(title_en="x").texts("title", ("zh", "en")) == {"en": "x"}
    with pytest.raises(Malformed) as refusal:
        form().texts("title", ("zh", "en"))
    assert refusal.value.data["where"] == "title_zh"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("need", ""),
        ("whole", "1.5"),
        ("whole", "²"),
        ("whole", "99999999999999999999"),
        ("amount", "0"),
        ("amount", "nan"),
        ("amount", "Infinity"),
        ("when", "yesterday"),
        ("when", "0001-01-01T00:00"),
        ("uuid", "x"),
        ("minutes", "0"),
    ],
)
def test_what_does_not_fit_names_its_field(read, value):
    with pytest.raises(Malformed) as refusal:
        getattr(form(f=value), read)("f")
    assert refusal.value.data["where"] == "f"


@given(st.text(max_size=60), st.sampled_from(["text", "whole", "amount", "when", "uuid", "minutes", "lines"]))
def test_whatever_is_typed_is_read_or_refused(value, read):
    try:
        getattr(form(f=value), read)("f")
    except Malformed as refusal:
        assert refusal.data["where"] == "f"
