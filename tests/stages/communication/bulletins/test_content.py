"""What is known bears its source; what is not verified says so in every language."""

import pytest

from tocsin.kernel.errors import Malformed
from tocsin.stages.communication.bulletins.content import BulletinContent, Statement, read, whole

CONTENT = BulletinContent(
    title={"en": "Rain"},
    known=(Statement({"en": "Flooded."}, "duty", True), Statement({"zh": "停电"}, "caller", False)),
    done={"en": "Pumps run."},
    correction={"en": "It was one road."},
)


def test_a_statement_has_a_source():
    with pytest.raises(Malformed):
        Statement({"en": "Flooded."}, " ", verified=False)


def test_what_no_document_can_hold_is_refused_at_the_door():
    with pytest.raises(Malformed):
        Statement({"en": "\x0b"}, "duty", verified=True)
    with pytest.raises(Malformed):
        BulletinContent({"en": "Rain"}, (), done={"en": "\x00"})


def test_read_back_as_it_was():
    assert read(CONTENT.plain()) == CONTENT


def test_as_one_text_with_what_was_wrong_first_and_only_what_the_language_has():
    assert whole(CONTENT) == {
        "en": "What was wrong before\nIt was one road.\n\n"
        "What we know\nFlooded. (source: duty)\n\n"
        "What is being done\nPumps run."
    }
