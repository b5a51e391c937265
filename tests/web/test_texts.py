"""Everything that a page can say is said in Chinese too."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from django.utils.translation import gettext, override, pgettext
from django.utils.translation.template import templatize

from tocsin.spine.clocks.enums import DeadlineState
from tocsin.spine.incidents.enums import IncidentState, ProposalKind, ProposalState
from tocsin.spine.people.enums import Role
from tocsin.stages.recovery.reviews.records import Outcome
from tocsin.stages.reduction.indicators.enums import (
    RHYTHM_NAMES,
    UNJUDGED_WHY,
    UNREAD_WHY,
    VERDICT_NAMES,
    WHY,
)
from tocsin.stages.reduction.signals.enums import ACTION_NAMES, REASONS, QuarantineState
from tocsin.stages.reduction.situations.enums import SituationState
from tocsin.web.telling import sentences

WEB = Path(__file__).parents[2] / "src/tocsin/web"
CALLS = re.compile(r"""\b(?:gettext_noop|gettext|_)\((?:"((?:[^"\\]|\\.)+)"|'((?:[^'\\]|\\.)+)')\)""")


def template_texts() -> set[str]:
    found: set[str] = set()
    for path in (WEB / "templates").rglob("*.html"):
        source = templatize(path.read_text("utf-8"), origin=str(path))
        keywords = {"_": None, "gettext": None, "gettext_noop": None, "ngettext": (1, 2)}
        for _, _, message, _ in extract_python(BytesIO(source.encode()), keywords, [], {}):
            found.add(message if isinstance(message, str) else message[0])
    return {text for text in found if text}


def code_texts() -> set[str]:
    found: set[str] = set()
    for path in WEB.rglob("*.py"):
        for match in CALLS.finditer(path.read_text("utf-8")):
            found.add(
                (match[1] or match[2]).encode().decode("unicode_escape").encode("latin1", "replace").decode()
            )
    return found


def untranslated(texts) -> list[str]:
    with override("zh-hans"):
        return sorted(text for text in texts if gettext(text) == text)


def test_templates():
    assert untranslated(template_texts()) == []


def test_code():
    plain = {text for text in code_texts() if text.isascii()}
    assert untranslated(plain) == []


def test_indicators():
    said = [*RHYTHM_NAMES.values(), *VERDICT_NAMES.values(), *WHY.values(), *UNJUDGED_WHY.values()]
    with override("en"):
        english = [str(one) for one in said]
    assert untranslated([*english, *UNREAD_WHY.values()]) == []


def test_what_happened():
    assert untranslated(sentences().values()) == []


def test_what_signals_say_and_why_something_waits():
    with override("en"):
        texts = [str(text) for text in (*ACTION_NAMES.values(), *REASONS.values())]
    assert untranslated(texts) == []


@pytest.mark.parametrize(
    "kind",
    [
        Role,
        IncidentState,
        ProposalState,
        ProposalKind,
        DeadlineState,
        SituationState,
        QuarantineState,
        Outcome,
    ],
)
def test_words_that_reach_a_page_as_data(kind):
    words = [member.value.replace("_", " ") for member in kind]
    with override("zh-hans"):
        assert [word for word in words if pgettext("word", word) == word] == []
