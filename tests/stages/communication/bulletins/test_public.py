"""The public reads bulletins with their corrections, and never a draft or a name."""

from dataclasses import fields

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tocsin.kernel.errors import NotFound
from tocsin.kernel.ids import uuid7
from tocsin.stages.communication.bulletins import actions, public, queries
from tocsin.stages.communication.bulletins.enums import BulletinState

pytestmark = pytest.mark.django_db


def ids(bulletins):
    return [bulletin.id for bulletin in bulletins]


def test_a_correction_and_what_it_corrects_name_each_other(press, told):
    first = press.publish_bulletin()
    right = told(correction={"en": "Three."})
    act = press.act("information_officer")
    second = press.publish_bulletin(actions.correct(act=act, bulletin=first.id, content=right))
    actions.correct(act=act, bulletin=second.id)
    assert public.published_bulletin(first.id).corrected_by == (second.id, 2)
    seen = public.published_bulletin(second.id)
    assert (seen.corrects, seen.corrected_by) == ((first.id, 1), None)
    assert seen.content == right


def test_no_draft_and_no_name(press):
    first, draft = press.publish_bulletin(), press.bulletin()
    assert ids(public.published()) == [first.id]
    with pytest.raises(NotFound):
        public.published_bulletin(draft.id)
    held = {field.name for field in fields(public.PublicBulletin)} - {"corrected_by"}
    assert {name for name in held if name.endswith("_by") or name in ("hands", "word")} == set()


def test_pages(press):
    incident = uuid7()
    first = press.publish_bulletin(press.bulletin(incident=incident))
    second = press.publish_bulletin()
    waiting = press.bulletin(incident=incident)
    actions.submit(act=press.act("duty_officer"), bulletin=waiting.id)
    assert ids(public.published(limit=1)) == [second.id]
    assert ids(public.published(before=second.id)) == [first.id]
    assert ids(public.published(incident=incident)) == [first.id]
    assert ids(queries.bulletins()) == [waiting.id, second.id, first.id]
    assert ids(queries.bulletins(state=BulletinState.PUBLISHED, before=second.id)) == [first.id]
    assert ids(queries.waiting(incident=incident)) == ids(queries.unfinished()) == [waiting.id]


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_however_many(press, rows):
    for _ in range(rows):
        press.publish_bulletin()
    with CaptureQueriesContext(connection) as seen:
        assert len(public.published()) == rows
    assert len(seen) == 2
    with CaptureQueriesContext(connection) as seen:
        assert [bulletin.corrects for bulletin in queries.bulletins()] == [None] * rows
    assert len(seen) == 1
