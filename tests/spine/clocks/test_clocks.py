"""Deadlines run, are met, are missed aloud and climb."""

from datetime import timedelta

import pytest

from tocsin.kernel.clock import StoppedClock, SystemClock
from tocsin.kernel.errors import Forbidden, Malformed
from tocsin.kernel.instants import after
from tocsin.spine.clocks import actions, queries
from tocsin.spine.clocks.enums import DeadlineState
from tocsin.spine.clocks.models import Deadline
from tocsin.spine.journal.queries import entries

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)


@pytest.fixture
def noon(desk):
    return desk.act("machine").at


@pytest.fixture
def deadline(desk, noon):
    return actions.start(
        act=desk.act("machine"),
        subject="task:1",
        rule="T1",
        name={"en": "Close the underpass"},
        due=after(noon, QUARTER),
        owner="water-liaison",
    )


def kinds():
    return [entry.kind for entry in entries(limit=500) if entry.kind.startswith("clock.")]


def test_starting_twice_is_starting_once(desk, noon, deadline):
    again = actions.start(
        act=desk.act("machine"), subject="task:1", rule="T1", name={"en": "x"}, due=after(noon, QUARTER)
    )
    assert again.id == deadline.id
    assert kinds() == ["clock.started"]


def test_met_in_time(desk, noon, deadline):
    assert actions.meet(act=desk.act("liaison", at=after(noon, QUARTER)), subject="task:1") == 1
    deadline.refresh_from_db()
    assert (deadline.state, deadline.met_at) == (DeadlineState.MET, after(noon, QUARTER))


def test_met_late_before_anyone_noticed(desk, noon, deadline):
    late = desk.act("liaison", at=after(noon, QUARTER + timedelta(seconds=1)))
    actions.meet(act=late, subject="task:1", rule="T1")
    assert Deadline.objects.get().state == DeadlineState.MET_LATE


def test_done_in_time_but_entered_after_the_miss_was_seen(desk, noon, deadline):
    actions.sweep(clock=StoppedClock(after(noon, 2 * QUARTER)))
    assert actions.meet(act=desk.act("liaison", at=noon), subject="task:1") == 1
    assert (Deadline.objects.get().state, kinds()[-1]) == (DeadlineState.MET, "clock.met")


def test_meeting_again_does_nothing(desk, noon, deadline):
    actions.meet(act=desk.act("liaison"), subject="task:1")
    assert actions.meet(act=desk.act("liaison"), subject="task:1") == 0


def test_a_missed_deadline_climbs_the_roster_step_by_step(desk, noon, deadline):
    for minutes in (14, 15, 20, 30, 45, 60):
        actions.sweep(clock=StoppedClock(after(noon, timedelta(minutes=minutes))))
    assert kinds() == ["clock.started", "clock.missed", "clock.escalated", "clock.escalated"]
    climbed = [e.facts["to"] for e in entries(kinds=["clock.escalated"])]
    assert climbed == ["duty-officer", "commander"]
    assert queries.counts(after(noon, timedelta(hours=1))) == {"open": 1, "late": 1}


def test_a_deadline_that_nobody_owns_is_missed_aloud(desk, noon):
    actions.start(act=desk.act("machine"), subject="x", rule="r", name={"en": "x"}, due=noon)
    assert actions.sweep(clock=StoppedClock(noon)) == 1
    assert kinds() == ["clock.started", "clock.missed"]


def test_late_and_met_after_the_miss_was_seen(desk, noon, deadline):
    actions.sweep(clock=StoppedClock(after(noon, QUARTER)))
    actions.meet(act=desk.act("liaison", at=after(noon, 2 * QUARTER)), subject="task:1")
    assert Deadline.objects.get().state == DeadlineState.MET_LATE


def test_more_than_one_batch_is_swept(desk, noon, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    for number in range(5):
        actions.start(act=desk.act("machine"), subject=f"x:{number}", rule="r", name={"en": "x"}, due=noon)
    assert actions.sweep(clock=StoppedClock(noon)) == 5


def test_cancelled(desk, noon, deadline):
    assert actions.cancel(act=desk.act("machine"), subject="task:1") == 1
    assert Deadline.objects.get().state == DeadlineState.CANCELLED
    assert actions.sweep(clock=StoppedClock(after(noon, timedelta(days=1)))) == 0


def test_lists(desk, noon, deadline):
    assert [d.id for d in queries.deadlines(subject="task:1", open_only=True)] == [deadline.id]
    assert queries.deadlines(until=noon) == []
    assert queries.deadlines(incident=deadline.id) == []


def test_without_a_replay_the_desk_lives_in_real_time():
    assert queries.timepiece() == SystemClock()
    assert queries.replay() is None


class TestReplay:
    @pytest.fixture
    def running(self, desk, noon):
        act = desk.act("machine")
        ends = after(noon, timedelta(days=1))
        return actions.begin_replay(act=act, archive="a", begins=noon, ends=ends, speed=60)

    def test_the_desk_lives_in_the_replays_time(self, running, noon):
        assert queries.timepiece() == StoppedClock(noon)

    def test_beginning_again_goes_on(self, desk, running, noon):
        actions.move_replay(position=after(noon, QUARTER))
        again = actions.begin_replay(act=desk.act("machine"), archive="b", begins=noon, ends=noon, speed=1)
        assert (again.archive, again.position) == ("a", after(noon, QUARTER))

    def test_it_never_goes_back(self, running, noon):
        actions.move_replay(position=after(noon, -QUARTER))
        assert queries.timepiece().now() == noon

    def test_a_duty_officer_steers(self, desk, running):
        actions.steer_replay(act=desk.act("duty_officer"), speed=600)
        assert actions.steer_replay(act=desk.act("duty_officer"), paused=True).paused is True
        assert queries.replay().speed == 600

    def test_an_auditor_does_not(self, desk, running):
        with pytest.raises(Forbidden):
            actions.steer_replay(act=desk.act("auditor"), paused=True)

    @pytest.mark.parametrize("speed", [0, -1, 1e9, float("nan")])
    def test_an_impossible_speed_is_refused(self, desk, running, speed):
        with pytest.raises(Malformed):
            actions.steer_replay(act=desk.act("duty_officer"), speed=speed)

    def test_without_a_replay_there_is_nothing_to_steer(self, desk):
        assert actions.steer_replay(act=desk.act("duty_officer"), paused=True) is None
