"""The public sees what is published, at any instant, and never a draft or a name."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tocsin.kernel.errors import NotFound
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.kernel.ladders import WarningLevel
from tocsin.stages.communication.alerts import actions, public

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(words):
    return lambda minutes: after(words().starts, timedelta(minutes=minutes))


def ids(alerts):
    return [alert.id for alert in alerts]


class TestInForce:
    def test_from_publication_to_the_end(self, press, at):
        alert = press.publish(minutes=5)
        assert [ids(public.in_force(at(m))) for m in (4, 5, 179, 180)] == [[], [alert.id], [alert.id], []]

    def test_an_update_takes_over_and_a_cancellation_ends(self, press, at):
        first = press.publish()
        second = press.update(first, minutes=10)
        press.cancel(second, minutes=20)
        assert [ids(public.in_force(at(m))) for m in (9, 10, 19, 20)] == [
            [first.id],
            [second.id],
            [second.id],
            [],
        ]

    def test_the_gravest_first(self, press, words, at):
        red = press.publish()
        blue = press.publish(press.draft(words(level=WarningLevel.BLUE)))
        assert ids(public.in_force(at(1))) == [red.id, blue.id]

    def test_of_one_incident(self, press, at):
        incident = uuid7()
        mine = press.publish(press.draft(incident=incident))
        press.publish()
        assert ids(public.in_force(at(1), incident=incident)) == [mine.id]


class TestNothingLeaks:
    def test_a_draft_is_not_there(self, press, at):
        first = press.publish()
        waiting = press.submitted(press.draft())
        assert ids(public.in_force(at(1))) == ids(public.published()) == [first.id]
        for read in (public.published_alert, public.published_chain, public.cap_document):
            with pytest.raises(NotFound):
                read(waiting.id)

    def test_nor_in_its_chain(self, press):
        first = press.publish()
        actions.update(act=press.act("duty_officer"), alert=first.id)
        assert ids(public.published_chain(first.id)) == [first.id]

    def test_there_is_no_room_for_a_name(self):
        held = {field.name for field in fields(public.PublicAlert)}
        assert {name for name in held if name.endswith("_by") or name in ("hands", "word")} == set()

    def test_no_drafters_name_is_in_the_document(self, press):
        document = public.cap_document(press.publish().id).decode()
        assert "information_officer" not in document


class TestPages:
    def test_by_key(self, press):
        first, second = press.publish(), press.publish()
        assert ids(public.published(limit=1)) == [second.id]
        assert ids(public.published(before=second.id)) == [first.id]

    def test_a_chain_from_any_of_its_messages(self, press):
        first = press.publish()
        second = press.update(first)
        assert ids(public.published_chain(first.id)) == ids(public.published_chain(second.id))
        assert ids(public.published_chain(second.id)) == [first.id, second.id]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_one_query_however_many(self, press, at, rows):
        for _ in range(rows):
            press.publish()
        for read in (lambda: public.in_force(at(1)), public.published):
            with CaptureQueriesContext(connection) as queries:
                assert len(read()) == rows
            assert len(queries) == 1
