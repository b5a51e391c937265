"""What is said to people."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tocsin.engine import cap
from tocsin.engine.cap.complaints import RULES, complain, malformed
from tocsin.engine.cap.profiles import SHIPPED

CHINESE = Path(cap.__file__).parent / "locale/zh_Hans/LC_MESSAGES/django.po"


def blanks(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def test_a_complaint_says_where_what_and_what_to_do():
    one = complain("cap.value", "/alert/status", "actual", "Actual, Test")
    assert str(one) == (
        "/alert/status: CAP 1.2 §3.2: “actual” is none of Actual, Test. "
        "Use one of the code values, capitals as shown."
    )


def test_the_refusal_says_the_same():
    refusal = malformed(complain("cap.size", "/", 3, 2))
    assert (refusal.code, refusal.data) == ("cap.size", {"where": "/", "found": "3", "expected": "2"})
    assert str(refusal) == (
        "Tocsin's limit: A document has at most 2 bytes; this one has 3. "
        "Give large files as a resource with a uri, or split the feed."
    )


def test_what_was_found_is_cut_to_a_line():
    assert complain("cap.uri", "/", "x" * 81).found == "x" * 79 + "…"
    assert complain("cap.uri", "/", "x" * 80).found == "x" * 80


@pytest.mark.parametrize("code", RULES)
def test_every_rule_can_be_said(code):
    text = str(complain(code, "/alert", "FOUND", "EXPECTED"))
    assert "{" not in text
    assert RULES[code].cure.replace("{expected}", "EXPECTED") in text


def test_every_rule_and_cure_has_its_chinese_with_the_same_blanks():
    rules = [complain(code, "") for code in RULES]
    asked = [demand for profile in SHIPPED.values() for demand in profile.demands]
    said = {text for one in rules for text in (one.rule, one.cure)}
    said |= {text for one in asked for text in (f"{one.clause}: {one.text}", one.cure)}
    with CHINESE.open("rb") as file:
        catalogue = {message.id: message.string for message in read_po(file) if message.id}
    assert set(catalogue) == said
    assert {text: blanks(text) for text in said} == {text: blanks(catalogue[text]) for text in said}
