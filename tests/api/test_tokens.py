"""A token is shown once, kept as a digest, acts as its person, and is void when revoked."""

from datetime import timedelta

import pytest
from tests.conftest import NOON

from tocsin.api.actions import PREFIX, issue, revoke, seen
from tocsin.api.models import ApiToken
from tocsin.api.queries import bearer, digest_of, tokens
from tocsin.kernel.clock import StoppedClock
from tocsin.kernel.errors import Forbidden, NotFound
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.spine.journal.queries import entries
from tocsin.spine.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(desk):
    return Person.objects.get(id=desk.actors["auditor"].id)


@pytest.fixture
def issued(desk, auditor):
    return issue(act=desk.act("administrator"), person=auditor, name="reader")


def test_only_the_digest_is_kept(issued):
    made, secret = issued
    kept = [str(value) for value in ApiToken.objects.values().get().values()]
    assert secret.startswith(PREFIX)
    assert [value for value in kept if secret in value or secret.removeprefix(PREFIX) in value] == []
    assert made.digest == digest_of(secret)


def test_it_acts_as_its_person(issued, auditor):
    assert bearer(issued[1]).person == auditor
    assert bearer("tocsin_something-else") is None


def test_the_journal_knows_of_it_but_not_its_text(issued):
    entry = entries(kinds=["token.issued"])[0]
    assert sorted(entry.facts) == ["name", "person", "token"]
    assert issued[1] not in entry.body


def test_revoked_it_is_void(desk, issued):
    act = desk.act("administrator")
    revoke(act=act, token=issued[0].id)
    revoke(act=act, token=issued[0].id)
    assert bearer(issued[1]) is None
    assert len(entries(kinds=["token.revoked"])) == 1


def test_an_account_that_was_closed_closes_its_tokens(issued, auditor):
    auditor.user.is_active = False
    auditor.user.save()
    assert bearer(issued[1]) is None


@pytest.mark.parametrize("role", ["commander", "duty_officer", "auditor", "machine"])
def test_only_an_administrator_issues_and_revokes(desk, issued, auditor, role):
    with pytest.raises(Forbidden):
        issue(act=desk.act(role), person=auditor, name="another")
    with pytest.raises(Forbidden):
        revoke(act=desk.act(role), token=issued[0].id)


def test_nothing_to_revoke(desk):
    with pytest.raises(NotFound):
        revoke(act=desk.act("administrator"), token=uuid7())


def test_its_use_is_noted_once_an_hour(issued):
    def used(minutes):
        token = ApiToken.objects.get(id=issued[0].id)
        seen(token=token, clock=StoppedClock(after(NOON, timedelta(minutes=minutes))))
        return ApiToken.objects.get(id=token.id).used_at

    assert [used(0), used(59), used(60)] == [NOON, NOON, after(NOON, timedelta(hours=1))]


def test_a_persons_tokens(issued, auditor):
    assert [token.id for token in tokens(auditor.id)] == [issued[0].id]
