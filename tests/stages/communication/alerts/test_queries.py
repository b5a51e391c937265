"""The desk's own lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tocsin.kernel.errors import NotFound
from tocsin.kernel.ids import uuid7
from tocsin.stages.communication.alerts import actions, queries
from tocsin.stages.communication.alerts.enums import AlertState

pytestmark = pytest.mark.django_db


def ids(alerts):
    return [alert.id for alert in alerts]


def test_lists(press):
    incident = uuid7()
    draft, waiting, published = (
        press.draft(incident=incident),
        press.submitted(press.draft()),
        press.publish(),
    )
    assert ids(queries.alerts()) == [published.id, waiting.id, draft.id]
    assert ids(queries.alerts(before=published.id, limit=1)) == [waiting.id]
    assert ids(queries.alerts(state=AlertState.PUBLISHED)) == [published.id]
    assert ids(queries.alerts(incident=incident)) == [draft.id]
    assert ids(queries.waiting()) == [waiting.id]
    assert ids(queries.unfinished()) == [waiting.id, draft.id]
    assert ids(queries.unfinished(incident=incident)) == [draft.id]


def test_a_chain_has_its_drafts_too(press):
    first = press.publish()
    second = press.update(first)
    third = press.cancel(second)
    assert ids(queries.chain(second.id)) == [first.id, second.id, third.id]


def test_of_one_situation(press):
    situation = uuid7()
    mine = press.draft(situation=situation)
    press.draft()
    assert ids(queries.of_situation(situation)) == [mine.id]


def test_none(press):
    with pytest.raises(NotFound):
        queries.alert(uuid7())


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_however_many(press, rows):
    first = press.publish()
    for _ in range(rows):
        press.submitted(actions.update(act=press.act("duty_officer"), alert=first.id))
    with CaptureQueriesContext(connection) as seen:
        assert [alert.previous for alert in queries.waiting()] == [first] * rows
    assert len(seen) == 1
