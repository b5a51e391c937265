import pytest

from tocsin.packs.groups import Group
from tocsin.packs.rows import Verified, say


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "雨"), ("zh-hans", "雨"), ("en", "rain"), ("fr", "雨")]
)
def test_a_text_is_said_in_the_language_asked_for_or_in_its_first(language, said):
    assert say({"zh": "雨", "en": "rain"}, language) == said


def test_a_text_that_is_not_written_says_nothing():
    assert say({}, "en") == ""


@pytest.mark.parametrize("verified", Verified)
def test_only_what_was_read_in_the_legal_text_is_certain(verified):
    group = Group(id="a", name={}, source="Act 1", verified=verified, lead={}, does={})
    assert group.certain == (verified == "text")
