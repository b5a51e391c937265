"""A post works its own tasks; their clocks are met, stopped and started with them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound, TocsinError
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.incidents.actions import end, open_incident
from tocsin.spine.journal.queries import entries, verify
from tocsin.stages.response.command import actions, queries
from tocsin.stages.response.command.enums import TaskState

HALF_HOUR = timedelta(minutes=30)


def assign(desk, incident, **more):
    asked = {"title": {"en": "Close it"}, "owner": "water-liaison", "within": HALF_HOUR, **more}
    return actions.assign_task(act=desk.act("duty_officer"), incident=incident, **asked)


@pytest.fixture
def task(desk, incident):
    return assign(desk, incident)


@pytest.mark.django_db
class TestAssigning:
    def test_with_a_deadline(self, desk, incident, task):
        (deadline,) = deadlines(subject=f"task:{task.id}")
        assert (deadline.due_at, deadline.owner) == (
            after(desk.act("machine").at, HALF_HOUR),
            "water-liaison",
        )

    def test_without_one(self, desk, incident):
        free = assign(desk, incident, within=None)
        assert (deadlines(subject=free.subject), free.due_at) == ([], None)
        assert free.late(after(desk.act("machine").at, timedelta(days=9))) is False

    def test_late_once_its_time_has_passed(self, desk, task):
        due = after(desk.act("machine").at, HALF_HOUR)
        assert [task.late(due), task.late(after(due, timedelta(seconds=1)))] == [False, True]

    @pytest.mark.parametrize("role", ["auditor", "liaison", "information_officer", "machine"])
    def test_not_by_everybody(self, desk, incident, role):
        with pytest.raises(Forbidden):
            actions.assign_task(act=desk.act(role), incident=incident, title={"en": "x"}, owner="x")

    def test_to_an_unknown_post(self, desk, incident):
        with pytest.raises(Malformed):
            assign(desk, incident, owner="harbour-master")

    def test_numbers_count_within_the_incident(self, desk, incident, task):
        other = open_incident(act=desk.act("commander"), kind="fire", title={"en": "Fire"}).id
        assert [assign(desk, incident).number, assign(desk, other).number] == [2, 1]


@pytest.mark.django_db
class TestWorking:
    def test_taken_on_and_done(self, desk, task):
        liaison = desk.act("liaison")
        taken = actions.accept_task(act=liaison, task=task.id)
        assert (taken.state, taken.accepted_by) == (TaskState.ACCEPTED, "liaison")
        done = actions.finish_task(act=liaison, task=task.id, note="closed", evidence=["photo-1.jpg"])
        assert (done.state, done.note, done.evidence) == (TaskState.DONE, "closed", ["photo-1.jpg"])
        assert [d.state for d in deadlines(subject=task.subject)] == ["met"]

    def test_done_without_taking_it_on_first(self, desk, task):
        done = actions.finish_task(act=desk.act("liaison"), task=task.id, note="closed")
        assert done.state == TaskState.DONE

    def test_whoever_stands_above_the_post_may(self, desk, task):
        assert actions.accept_task(act=desk.act("commander"), task=task.id).accepted_by == "commander"

    @pytest.mark.parametrize(
        "role", ["auditor", "administrator", "other_liaison", "information_officer", "machine"]
    )
    def test_nobody_else_may(self, desk, task, role):
        with pytest.raises(Forbidden):
            actions.accept_task(act=desk.act(role), task=task.id)
        with pytest.raises(Forbidden):
            actions.finish_task(act=desk.act(role), task=task.id, note="x")
        task.refresh_from_db()
        assert task.state == TaskState.OPEN

    def test_accepted_once(self, desk, task):
        actions.accept_task(act=desk.act("liaison"), task=task.id)
        with pytest.raises(Illegal) as refusal:
            actions.accept_task(act=desk.act("duty_officer"), task=task.id)
        assert refusal.value.code == "task.accept"

    def test_finished_once(self, desk, task):
        actions.finish_task(act=desk.act("liaison"), task=task.id, note="closed")
        with pytest.raises(Illegal):
            actions.finish_task(act=desk.act("liaison"), task=task.id, note="again")
        assert queries.task(task.id).note == "closed"

    def test_unknown(self, desk):
        with pytest.raises(NotFound):
            actions.finish_task(act=desk.act("liaison"), task=uuid7(), note="x")


@pytest.mark.django_db
class TestTakingBack:
    def test_opened_again_with_a_new_deadline(self, desk, task):
        actions.finish_task(act=desk.act("liaison"), task=task.id, note="closed")
        word = desk.act("duty_officer", "it is under water again")
        opened = actions.reopen_task(act=word, task=task.id, within=HALF_HOUR)
        assert (opened.state, opened.done_at, opened.done_by) == (TaskState.OPEN, None, "")
        assert [d.state for d in deadlines(subject=task.subject)] == ["met", "running"]

    def test_cancelled_stops_the_clock(self, desk, task):
        actions.cancel_task(act=desk.act("duty_officer", "the road is gone"), task=task.id)
        assert [d.state for d in deadlines(subject=task.subject)] == ["cancelled"]

    @pytest.mark.parametrize("action", [actions.reopen_task, actions.cancel_task])
    def test_needs_a_word(self, desk, task, action):
        with pytest.raises(Malformed):
            action(act=desk.act("duty_officer"), task=task.id)

    @pytest.mark.parametrize("role", ["auditor", "liaison", "information_officer", "machine"])
    @pytest.mark.parametrize("action", [actions.reopen_task, actions.cancel_task])
    def test_not_by_everybody(self, desk, task, action, role):
        with pytest.raises(Forbidden):
            action(act=desk.act(role, "why"), task=task.id)

    def test_the_second_of_two_is_refused(self, desk, task):
        word = desk.act("duty_officer", "why")
        actions.cancel_task(act=word, task=task.id)
        with pytest.raises(Illegal):
            actions.cancel_task(act=word, task=task.id)
        actions.reopen_task(act=word, task=task.id)
        with pytest.raises(Illegal):
            actions.reopen_task(act=word, task=task.id)

    def test_not_once_the_incident_is_over(self, desk, incident, task):
        actions.cancel_task(act=desk.act("duty_officer", "why"), task=task.id)
        end(act=desk.act("commander"), incident=incident)
        with pytest.raises(Illegal):
            actions.reopen_task(act=desk.act("duty_officer", "why"), task=task.id)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_however_long(desk, incident, django_assert_num_queries, rows):
    for _ in range(rows):
        assign(desk, incident)
    with django_assert_num_queries(1):
        assert [t.owner.code for t in queries.tasks(incident)] == ["water-liaison"] * rows
    with django_assert_num_queries(1):
        assert [t.owner.code for t in queries.workload(["water-liaison"])] == ["water-liaison"] * rows


@pytest.mark.django_db
def test_pages_and_filters(desk, incident):
    made = [assign(desk, incident), assign(desk, incident, owner="health-liaison"), assign(desk, incident)]
    actions.finish_task(act=desk.act("liaison"), task=made[0].id, note="x")
    assert [t.number for t in queries.tasks(incident, after=1, limit=1)] == [2]
    assert [t.number for t in queries.tasks(incident, owners=["health-liaison"])] == [2]
    assert [t.number for t in queries.tasks(incident, state=TaskState.DONE)] == [1]
    first = queries.workload(["water-liaison", "health-liaison"], limit=1)
    rest = queries.workload(["water-liaison", "health-liaison"], after=first[0].id)
    assert {t.id for t in first + rest} == {made[1].id, made[2].id}


@pytest.mark.django_db(transaction=True)
def test_two_who_finish_at_once_one_wins(raced_desk):
    incident = open_incident(act=raced_desk.act("duty_officer"), kind="rainstorm", title={"en": "x"}).id
    task = assign(raced_desk, incident)

    def try_to_finish(role):
        try:
            return actions.finish_task(act=raced_desk.act(role), task=task.id, note=role).done_by
        except TocsinError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcome = sorted(pool.map(try_to_finish, ["liaison", "commander"]))
    assert outcome[0] in {"liaison", "commander"}
    assert outcome[1] == "task.finish"
    assert [e.facts["note"] for e in entries(kinds=["task.done"])] == [outcome[0]]
    assert [d.state for d in deadlines(subject=task.subject)] == ["met"]
    assert verify().ok
