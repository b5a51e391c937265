"""Every post answers an order for itself: yes, or no with a word of why."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tocsin.kernel.clock import StoppedClock
from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound, TocsinError
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.spine.clocks.actions import sweep
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.incidents.actions import open_incident
from tocsin.spine.journal.queries import entries, verify
from tocsin.stages.response.command import actions, queries
from tocsin.stages.response.command.enums import ReceiptState

QUARTER = timedelta(minutes=15)


def give(desk, incident, to=("water-liaison", "health-liaison"), text=None):
    said = {"en": "Stand by"} if text is None else text
    act = desk.act("duty_officer")
    return actions.give_order(act=act, incident=incident, text=said, to=to, acknowledge_within=QUARTER)


@pytest.fixture
def receipts(desk, incident):
    return {receipt.post_id: receipt for receipt in give(desk, incident).receipts.all()}


@pytest.mark.django_db
class TestGiving:
    def test_a_receipt_and_a_clock_for_each_post(self, desk, incident, receipts):
        assert sorted(receipts) == ["health-liaison", "water-liaison"]
        due = after(desk.act("machine").at, QUARTER)
        assert [(d.owner, d.due_at) for d in deadlines(subject=receipts["health-liaison"].subject)] == [
            ("health-liaison", due)
        ]

    def test_a_post_named_twice_gets_it_once(self, desk, incident):
        order = give(desk, incident, to=("water-liaison", "water-liaison"))
        assert order.receipts.count() == 1

    @pytest.mark.parametrize(("to", "text", "where"), [((), None, "to"), (("water-liaison",), {}, "text")])
    def test_somebody_must_be_told_something(self, desk, incident, to, text, where):
        with pytest.raises(Malformed) as refusal:
            give(desk, incident, to=to, text=text)
        assert refusal.value.data["where"] == where

    def test_unknown_posts_are_named(self, desk, incident):
        with pytest.raises(Malformed) as refusal:
            give(desk, incident, to=("water-liaison", "b", "a"))
        assert refusal.value.data["posts"] == "a, b"

    @pytest.mark.parametrize("role", ["auditor", "liaison", "information_officer", "machine"])
    def test_not_by_everybody(self, desk, incident, role):
        with pytest.raises(Forbidden):
            actions.give_order(
                act=desk.act(role), incident=incident, text={"en": "x"}, to=["x"], acknowledge_within=QUARTER
            )

    def test_two_orders_have_two_numbers(self, desk, incident):
        assert [give(desk, incident).number, give(desk, incident).number] == [1, 2]


@pytest.mark.django_db
class TestAnswering:
    def test_acknowledged(self, desk, receipts):
        said = actions.acknowledge(act=desk.act("liaison"), receipt=receipts["water-liaison"].id)
        assert (said.state, said.answered_by) == (ReceiptState.ACKNOWLEDGED, "liaison")
        assert [d.state for d in deadlines(subject=said.subject)] == ["met"]
        assert [r.post_id for r in queries.unanswered()] == ["health-liaison"]

    def test_declined_with_a_word(self, desk, receipts):
        act = desk.act("liaison", "no boat")
        said = actions.decline(act=act, receipt=receipts["water-liaison"].id)
        assert (said.state, said.reason) == (ReceiptState.DECLINED, "no boat")
        (entry,) = entries(kinds=["order.declined"])
        assert (entry.word, entry.facts["post"]) == ("no boat", "water-liaison")

    def test_declining_needs_a_word(self, desk, receipts):
        with pytest.raises(Malformed):
            actions.decline(act=desk.act("liaison"), receipt=receipts["water-liaison"].id)

    @pytest.mark.parametrize(
        "role", ["auditor", "administrator", "other_liaison", "information_officer", "machine"]
    )
    @pytest.mark.parametrize("answer", [actions.acknowledge, actions.decline])
    def test_nobody_answers_for_another_post(self, desk, receipts, role, answer):
        with pytest.raises(Forbidden):
            answer(act=desk.act(role, "why"), receipt=receipts["water-liaison"].id)

    @pytest.mark.parametrize("answer", [actions.acknowledge, actions.decline])
    def test_answered_once(self, desk, receipts, answer):
        answer(act=desk.act("liaison", "why"), receipt=receipts["water-liaison"].id)
        with pytest.raises(Illegal):
            answer(act=desk.act("duty_officer", "why"), receipt=receipts["water-liaison"].id)

    def test_silence_climbs(self, desk, receipts):
        sweep(clock=StoppedClock(after(desk.act("machine").at, QUARTER)))
        climbed = [entry.facts["to"] for entry in entries(kinds=["clock.escalated"])]
        assert climbed == ["duty-officer", "duty-officer"]

    def test_late_until_answered(self, desk, receipts):
        later = after(desk.act("machine").at, 2 * QUARTER)
        receipt = receipts["water-liaison"]
        assert receipt.late(later) is True
        said = actions.acknowledge(act=desk.act("liaison", at=later), receipt=receipt.id)
        assert said.late(later) is False
        assert [d.state for d in deadlines(subject=said.subject)] == ["met_late"]

    def test_unknown(self, desk):
        with pytest.raises(NotFound):
            actions.acknowledge(act=desk.act("liaison"), receipt=uuid7())


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_however_long(desk, incident, django_assert_num_queries, rows):
    for _ in range(rows):
        give(desk, incident)
    with django_assert_num_queries(3):
        posts = [{r.post.code for r in order.receipts.all()} for order in queries.orders(incident)]
    assert posts == [{"water-liaison", "health-liaison"}] * rows
    with django_assert_num_queries(1):
        waiting = [(r.order.number, r.post.code) for r in queries.unanswered(["water-liaison"])]
    assert sorted(waiting) == [(number + 1, "water-liaison") for number in range(rows)]


@pytest.mark.django_db
def test_pages(desk, incident):
    give(desk, incident), give(desk, incident)
    assert [order.number for order in queries.orders(incident, after=1)] == [2]
    first = queries.unanswered(limit=3)
    assert len(queries.unanswered(after=first[-1].id)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_one_is_heard(raced_desk):
    incident = open_incident(act=raced_desk.act("duty_officer"), kind="rainstorm", title={"en": "x"}).id
    receipt = give(raced_desk, incident, to=["water-liaison"]).receipts.get()

    def try_to_answer(role):
        try:
            return actions.acknowledge(act=raced_desk.act(role), receipt=receipt.id).answered_by
        except TocsinError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcome = sorted(pool.map(try_to_answer, ["liaison", "duty_officer"]))
    assert outcome[0] in {"liaison", "duty_officer"}
    assert outcome[1] == "receipt.acknowledge"
    assert [e.actor_name for e in entries(kinds=["order.acknowledged"])] == [outcome[0]]
    assert verify().ok
