"""The outbox: every move of a delivery, with leases that run out and workers that wake up late."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tocsin.kernel.clock import SystemClock
from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.spine.journal.enums import DESK
from tocsin.spine.journal.queries import entries
from tocsin.stages.communication.delivery import actions, queries
from tocsin.stages.communication.delivery.enums import ATTEMPTS, DeliveryState
from tocsin.stages.communication.delivery.models import Delivery, Outgoing
from tocsin.stages.communication.ports import Receipt

pytestmark = pytest.mark.django_db
NOW = SystemClock().now()


def later(**span):
    return after(NOW, timedelta(**span))


class Named:
    """As much of a channel as the outbox looks at."""

    def __init__(self, name, live=False):
        self.name, self.live = name, live


WEB, MAIL = Named("web"), Named("mail", live=True)


@pytest.fixture
def queued(desk):
    def put(*channels, exercise=False, incident=None):
        message = actions.enqueue(
            kind="alert",
            subject=uuid7(),
            incident=incident,
            title={"en": "Rain"},
            text={"en": "Rain."},
            sent_at=NOW,
            exercise=exercise,
        )
        actions.fan_out(channels=channels or [WEB], now=NOW)
        return list(message.deliveries.order_by("channel"))

    return put


@pytest.fixture
def begun(queued):
    def start(**more):
        queued(**more)
        (leased,) = actions.lease(channels=["web"], now=NOW)
        return actions.begin(leased=leased, now=NOW)

    return start


class TestFanOut:
    def test_one_delivery_a_channel_and_once(self, queued):
        queued(WEB, MAIL)
        assert [d.channel for d in Delivery.objects.order_by("channel")] == ["mail", "web"]
        assert actions.fan_out(channels=[WEB, MAIL, Named("new")], now=NOW) == 0
        assert Delivery.objects.count() == 2

    def test_an_exercise_never_to_a_live_channel(self, queued):
        assert [d.channel for d in queued(WEB, MAIL, exercise=True)] == ["web"]

    def test_the_key_is_the_messages_and_the_channels(self, queued):
        (delivery,) = queued()
        assert delivery.key == f"alert-{delivery.message.subject}-web"


class TestLease:
    def test_the_oldest_first_and_each_to_one_worker(self, queued):
        first, second = queued()[0], queued()[0]
        assert [d.id for d in actions.lease(channels=["web"], now=NOW, limit=1)] == [first.id]
        assert [d.id for d in actions.lease(channels=["web"], now=NOW)] == [second.id]
        assert actions.lease(channels=["web"], now=NOW) == []

    def test_not_before_its_time_and_not_for_others(self, queued):
        queued()
        assert actions.lease(channels=["web"], now=later(seconds=-1)) == []
        assert actions.lease(channels=["mail"], now=NOW) == []

    def test_again_when_it_ran_out_before_anything_was_sent(self, queued):
        queued()
        (lost,) = actions.lease(channels=["web"], now=NOW)
        (again,) = actions.lease(channels=["web"], now=later(minutes=2))
        assert again.id == lost.id
        assert actions.begin(leased=lost, now=later(minutes=2)) is None
        assert actions.begin(leased=again, now=later(minutes=2)).attempts == 1


class TestOrphans:
    def test_what_was_being_sent_is_never_leased_again_but_asked_about(self, begun):
        sending = begun()
        assert actions.orphans(channels=["web"], now=later(minutes=1)) == []
        assert actions.lease(channels=["web"], now=later(minutes=2)) == []
        (orphan,) = actions.orphans(channels=["web"], now=later(minutes=2))
        assert (orphan.id, orphan.state) == (sending.id, DeliveryState.SENDING)
        assert actions.orphans(channels=["web"], now=later(minutes=3)) == []


class TestConfirm:
    def test_sent(self, desk, begun):
        incident = uuid7()
        sending = begun(incident=incident)
        sent = actions.confirm(act=desk.act("machine"), delivery=sending.id, receipt=Receipt("file"))
        assert (sent.state, sent.receipt, sent.lease) == ("sent", "file", None)
        (entry,) = entries(kinds=["delivery.sent"])
        assert (entry.chain, entry.facts["channel"]) == (str(incident), "web")

    def test_twice_is_once(self, desk, begun):
        sending = begun()
        for note in ("one", "two"):
            sent = actions.confirm(act=desk.act("machine"), delivery=sending.id, receipt=Receipt(note))
        assert sent.receipt == "one"
        assert len(entries(kinds=["delivery.sent"])) == 1

    def test_the_channels_word_counts_even_late(self, desk, begun):
        sending = begun()
        actions.doubt(act=desk.act("machine"), leased=sending, reason="silence")
        assert (
            actions.confirm(act=desk.act("machine"), delivery=sending.id, receipt=Receipt("x")).state
            == "sent"
        )

    def test_none(self, desk):
        with pytest.raises(NotFound):
            actions.confirm(act=desk.act("machine"), delivery=uuid7(), receipt=Receipt("x"))


class TestFail:
    def test_waits_longer_each_time_and_is_given_up_where_all_can_see(self, desk, queued):
        (delivery,) = queued()
        now, waits = NOW, []
        for _ in range(ATTEMPTS):
            (leased,) = actions.lease(channels=["web"], now=now)
            started = actions.begin(leased=leased, now=now)
            failed = actions.fail(act=desk.act("machine"), leased=started, reason="refused", now=now)
            waits.append((failed.next_try_at - now) // timedelta(minutes=1))
            assert actions.lease(channels=["web"], now=after(failed.next_try_at, timedelta(seconds=-1))) == []
            now = failed.next_try_at
        assert waits[:-1] == [1, 2, 5, 15, 60, 60, 60]
        assert (failed.state, failed.attempts) == ("dead", 8)
        assert [d.id for d in queries.troubled()] == [delivery.id]
        (entry,) = entries(kinds=["delivery.dead"])
        assert (entry.chain, entry.facts["reason"]) == (DESK, "refused")

    def test_a_worker_that_lost_its_lease_is_not_heard(self, desk, begun):
        sending = begun()
        actions.orphans(channels=["web"], now=later(minutes=2))
        act = desk.act("machine")
        assert actions.fail(act=act, leased=sending, reason="late", now=NOW) is None
        assert actions.doubt(act=act, leased=sending, reason="late") is None


class TestAPersonDecides:
    @pytest.fixture
    def uncertain(self, desk, begun):
        return actions.doubt(act=desk.act("machine"), leased=begun(), reason="the sender stopped")

    def test_it_is_shown_and_not_sent(self, uncertain):
        assert [d.id for d in queries.troubled()] == [uncertain.id]
        assert actions.lease(channels=["web"], now=later(days=1)) == []
        assert [e.kind for e in entries(kinds=["delivery.uncertain"])] == ["delivery.uncertain"]

    def test_send_it_again(self, desk, uncertain):
        actions.resend(act=desk.act("information_officer", "they have not got it"), delivery=uncertain.id)
        (leased,) = actions.lease(channels=["web"], now=later(minutes=1))
        assert (leased.id, leased.key, leased.attempts) == (uncertain.id, uncertain.key, 0)

    def test_they_have_it(self, desk, uncertain):
        settled = actions.settle(act=desk.act("commander", "they rang back"), delivery=uncertain.id)
        assert (settled.state, settled.receipt) == ("sent", "they rang back")

    @pytest.mark.parametrize("decide", [actions.resend, actions.settle])
    def test_with_a_word_by_those_who_may_publish(self, desk, uncertain, decide):
        with pytest.raises(Malformed):
            decide(act=desk.act("commander"), delivery=uncertain.id)
        for role in ("duty_officer", "auditor", "machine"):
            with pytest.raises(Forbidden):
                decide(act=desk.act(role, "why"), delivery=uncertain.id)

    @pytest.mark.parametrize("decide", [actions.resend, actions.settle])
    def test_not_about_what_is_under_way(self, desk, queued, decide):
        with pytest.raises(Illegal):
            decide(act=desk.act("commander", "why"), delivery=queued()[0].id)


class TestReading:
    @pytest.mark.parametrize("rows", [1, 3])
    def test_lists_in_one_query(self, queued, rows):
        for _ in range(rows):
            queued()
        with CaptureQueriesContext(connection) as seen:
            assert [d.message.title for d in queries.deliveries()] == [{"en": "Rain"}] * rows
        assert len(seen) == 1
        Delivery.objects.update(state=DeliveryState.UNCERTAIN)
        with CaptureQueriesContext(connection) as seen:
            assert [d.message.title for d in queries.troubled()] == [{"en": "Rain"}] * rows
        assert len(seen) == 1

    def test_pages_and_filters(self, queued):
        (first,), (second,) = queued(), queued()
        assert [d.id for d in queries.deliveries(before=second.id)] == [first.id]
        assert [d.id for d in queries.deliveries(subject=first.message.subject)] == [first.id]
        assert queries.deliveries(state=DeliveryState.DEAD) == []
        assert queries.troubled(before=first.id) == []
        assert queries.counts() == {"queued": 2}
        assert queries.delivery(first.id) == first
        assert Outgoing.objects.filter(fanned=False).count() == 0
