"""Whatever is wrong with a request, the answer is one problem that says what and how to mend it."""

import pytest
from django.test import Client

from tocsin.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
OPEN = "/incidents"


def told(answer):
    """Status, media type and code of a problem; its four members are there."""
    body = answer.json()
    assert sorted(body) == ["code", "cure", "data", "status", "text"]
    assert body["status"] == answer.status_code
    return answer.status_code, answer["Content-Type"], body["code"]


def problem(status, code):
    return status, "application/problem+json", code


def test_without_a_token(callers):
    answer = callers.get("nobody", "/incidents")
    assert told(answer) == problem(401, "token.missing")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_with_a_wrong_one():
    answer = Client().get("/api/incidents", headers={"Authorization": "Bearer tocsin_wrong"})
    assert told(answer) == problem(401, "token.missing")


def test_a_session_is_no_token(callers, desk):
    from tocsin.spine.people.models import Person

    client = Client()
    client.force_login(Person.objects.get(id=desk.actors["commander"].id).user)
    assert client.get("/api/incidents").status_code == 401


def test_not_by_this_person(callers):
    answer = callers.post("auditor", OPEN, kind="river-flood", title={"en": "Rain"})
    assert told(answer) == problem(403, "right.missing")


def test_no_such_thing(callers):
    assert told(callers.get("auditor", f"/incidents/{uuid7()}")) == problem(404, "incident.unknown")


def test_nothing_at_this_address(callers):
    assert told(callers.get("auditor", "/no/such/place")) == problem(404, "address.unknown")


def test_a_move_that_its_life_does_not_allow(callers):
    made = callers.post("commander", OPEN, kind="river-flood", title={"en": "Rain"}).json()
    answer = callers.post("commander", f"/incidents/{made['id']}/close")
    assert told(answer) == problem(409, "incident.close")


def test_a_missing_word(callers):
    answer = callers.post("commander", f"/incidents/{uuid7()}/reopen")
    assert told(answer) == problem(422, "word.missing")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"kind": NaN}',
        b'{"kind": "\\ud800"}',
        b"[" * 100_000,
        b'{"kind": "a\\u0000b", "title": {"en": "x"}}',
        b'"text"',
        b"[]",
        b"null",
        b'{"kind": 5, "title": {}}',
    ],
)
def test_a_body_that_can_not_be_read(callers, body):
    answer = callers.ask("commander", "POST", OPEN, body)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_where_a_body_does_not_fit(callers):
    answer = callers.post("commander", OPEN, kind="river-flood", title={"en": 5})
    assert told(answer) == problem(422, "body.unfitting")
    assert answer.json()["data"]["where"] == "body.title.en"


@pytest.mark.parametrize(
    "path",
    [
        "/incidents?limit=0",
        "/incidents?limit=10000000",
        "/incidents?before=0001-01-01T00:00:00%2B08:00",
        "/incidents?before=yesterday",
        "/incidents/not-an-id",
        "/journal?after=99999999999999999999",
        "/journal?chain=a%00b",
    ],
)
def test_a_query_that_does_not_fit(callers, path):
    assert told(callers.get("commander", path))[0] == 422


def test_too_big(callers, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = callers.post("commander", OPEN, kind="river-flood", title={"en": "x" * 2000})
    assert told(answer) == problem(413, "body.too_big")


@pytest.mark.parametrize(
    ("language", "text"), [("en", "There is nothing at this address."), ("zh-hans", "此地址没有任何内容。")]
)
def test_in_the_language_that_was_asked_for(callers, language, text):
    answer = callers.ask("auditor", "GET", "/nowhere", **{"Accept-Language": language})
    assert answer.json()["text"] == text
