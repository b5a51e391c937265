"""What was learned becomes something that somebody does by a date, and a second person looks at."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound, TocsinError
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.journal.queries import entries, verify
from tocsin.stages.recovery.reviews import actions, queries
from tocsin.stages.recovery.reviews.actions import PlanChange
from tocsin.stages.recovery.reviews.drawing import draw
from tocsin.stages.recovery.reviews.enums import ActionState

MONTH = timedelta(days=30)
CHANGE = PlanChange("flood", "within 30 minutes", "within 20 minutes")


@pytest.fixture
def lesson(desk, review):
    return actions.add_lesson(act=desk.act("liaison"), review=review.id, text="thirty minutes is too long")


def assign(desk, lesson, role="duty_officer", due=None, **more):
    act = desk.act(role)
    asked = {"text": "Shorten it", "owner": "water-liaison", "due": due or after(act.at, MONTH), **more}
    return actions.assign_action(act=act, lesson=lesson.id, **asked)


@pytest.fixture
def action(desk, lesson):
    return assign(desk, lesson)


def close(desk, review, lesson):
    actions.write_summary(act=desk.act("commander"), review=review.id, text="It rained.")
    actions.settle_lesson(act=desk.act("commander", "known"), lesson=lesson.id)
    actions.close_review(act=desk.act("commander"), review=review.id)


@pytest.mark.django_db
class TestLessons:
    def test_drawn_from_a_finding(self, desk, review):
        finding = queries.findings(review.id)[0]
        lesson = actions.add_lesson(act=desk.act("liaison"), review=review.id, text="x", finding=finding.id)
        assert (lesson.finding_id, lesson.author) == (finding.id, "liaison")

    def test_from_a_finding_of_this_review(self, desk, review):
        with pytest.raises(NotFound):
            actions.add_lesson(act=desk.act("liaison"), review=review.id, text="x", finding=uuid7())

    def test_says_something(self, desk, review):
        with pytest.raises(Malformed):
            actions.add_lesson(act=desk.act("liaison"), review=review.id, text=" ")

    @pytest.mark.parametrize("role", ["auditor", "administrator"])
    def test_not_by_everybody(self, desk, review, role):
        with pytest.raises(Forbidden):
            actions.add_lesson(act=desk.act(role), review=review.id, text="x")

    def test_settling_needs_a_word_and_the_right(self, desk, lesson):
        with pytest.raises(Malformed):
            actions.settle_lesson(act=desk.act("duty_officer"), lesson=lesson.id)
        with pytest.raises(Forbidden):
            actions.settle_lesson(act=desk.act("liaison", "why"), lesson=lesson.id)
        settled = actions.settle_lesson(act=desk.act("duty_officer", "known"), lesson=lesson.id)
        assert settled.settled == "known"

    def test_nothing_is_added_to_a_closed_review(self, desk, review, lesson):
        close(desk, review, lesson)
        act = desk.act("commander", "why")
        with pytest.raises(Illegal):
            actions.add_lesson(act=act, review=review.id, text="x")
        with pytest.raises(Illegal):
            actions.settle_lesson(act=act, lesson=lesson.id)
        with pytest.raises(Illegal):
            assign(desk, lesson)


@pytest.mark.django_db
class TestAssigning:
    def test_it_has_a_clock(self, desk, incident, action):
        (deadline,) = deadlines(subject=f"action:{action.id}")
        assert (deadline.owner, deadline.due_at, deadline.incident_id) == (
            "water-liaison",
            action.due_at,
            incident,
        )
        assert [action.late(action.due_at), action.late(after(action.due_at, MONTH))] == [False, True]

    def test_it_may_change_a_line_of_a_plan(self, desk, incident, lesson):
        changing = assign(desk, lesson, change=CHANGE)
        assert (changing.plan, changing.find, changing.replace) == (
            "flood",
            "within 30 minutes",
            "within 20 minutes",
        )
        (entry,) = entries(chain=str(incident), kinds=["action.assigned"])
        assert (entry.facts["plan"], entry.facts["replace"]) == ("flood", "within 20 minutes")

    @pytest.mark.parametrize(
        "change",
        [
            PlanChange("", "a", "b"),
            PlanChange("flood", " ", "b"),
            PlanChange("flood", "a", ""),
            PlanChange("flood", "a\nb", "c"),
            PlanChange("flood", "a", "b\nc"),
            PlanChange("flood", "a", "a "),
        ],
    )
    def test_of_exactly_one_line(self, desk, lesson, change):
        with pytest.raises(Malformed) as refusal:
            assign(desk, lesson, change=change)
        assert refusal.value.data["where"] == "change"

    def test_by_a_date_to_come(self, desk, lesson):
        with pytest.raises(Malformed) as refusal:
            assign(desk, lesson, due=desk.act("machine").at)
        assert refusal.value.data["where"] == "due"

    def test_to_a_post_that_there_is(self, desk, lesson):
        with pytest.raises(NotFound):
            assign(desk, lesson, owner="harbour-master")

    def test_about_a_lesson_that_there_is(self, desk, lesson):
        lesson.id = uuid7()
        with pytest.raises(NotFound):
            assign(desk, lesson)

    @pytest.mark.parametrize("role", ["auditor", "liaison", "information_officer", "machine"])
    def test_not_by_everybody(self, desk, lesson, role):
        with pytest.raises(Forbidden):
            assign(desk, lesson, role)


def finish(desk, action, role="liaison", word="", **more):
    return actions.finish_action(act=desk.act(role, word), action=action.id, result="shortened", **more)


@pytest.mark.django_db
class TestFinishing:
    def test_by_its_owner_also_after_the_review(self, desk, review, lesson, action):
        close(desk, review, lesson)
        done = finish(desk, action)
        assert (done.state, done.result, done.done_by) == (ActionState.DONE, "shortened", "liaison")
        assert [d.state for d in deadlines(subject=action.subject)] == ["met"]

    @pytest.mark.parametrize("role", ["auditor", "administrator", "other_liaison", "information_officer"])
    def test_by_nobody_else(self, desk, action, role):
        with pytest.raises(Forbidden):
            finish(desk, action, role)

    def test_once(self, desk, action):
        finish(desk, action)
        with pytest.raises(Illegal) as refusal:
            finish(desk, action, "duty_officer")
        assert refusal.value.code == "action.finish"

    def test_a_change_of_a_plan_names_the_version_that_came_of_it(self, desk, lesson):
        changing = assign(desk, lesson, change=CHANGE)
        with pytest.raises(Malformed):
            finish(desk, changing)
        version = uuid7()
        done = finish(desk, changing, plan_version=version)
        assert done.plan_version == version
        assert entries(kinds=["action.done"])[0].facts["plan_version"] == str(version)

    def test_or_says_why_there_is_none(self, desk, lesson):
        changing = assign(desk, lesson, change=CHANGE)
        assert finish(desk, changing, word="the law forbids it").plan_version is None

    def test_with_a_result(self, desk, action):
        with pytest.raises(Malformed):
            actions.finish_action(act=desk.act("liaison"), action=action.id, result="")

    def test_unknown(self, desk, action):
        action.id = uuid7()
        with pytest.raises(NotFound):
            finish(desk, action)


@pytest.mark.django_db
class TestVerifying:
    def test_by_a_second_person(self, desk, action):
        finish(desk, action)
        seen = actions.verify_action(act=desk.act("duty_officer"), action=action.id)
        assert (seen.state, seen.verified_by) == (ActionState.VERIFIED, "duty_officer")

    def test_never_by_whoever_did_it(self, desk, action):
        finish(desk, action, "duty_officer")
        with pytest.raises(Forbidden) as refusal:
            actions.verify_action(act=desk.act("duty_officer"), action=action.id)
        assert refusal.value.code == "action.own"
        actions.verify_action(act=desk.act("commander"), action=action.id)

    def test_only_what_is_done_and_once(self, desk, action):
        with pytest.raises(Illegal):
            actions.verify_action(act=desk.act("commander"), action=action.id)
        finish(desk, action)
        actions.verify_action(act=desk.act("commander"), action=action.id)
        with pytest.raises(Illegal):
            actions.verify_action(act=desk.act("duty_officer"), action=action.id)

    def test_sent_back_its_clock_runs_again(self, desk, action):
        finish(desk, action)
        with pytest.raises(Malformed):
            actions.return_action(act=desk.act("commander"), action=action.id)
        back = actions.return_action(act=desk.act("commander", "still thirty"), action=action.id)
        assert (back.state, back.done_by) == (ActionState.OPEN, "")
        assert [d.state for d in deadlines(subject=action.subject)] == ["met", "running"]
        with pytest.raises(Illegal):
            actions.return_action(act=desk.act("commander", "again"), action=action.id)

    @pytest.mark.parametrize("role", ["auditor", "liaison", "information_officer", "machine"])
    def test_not_by_everybody(self, desk, action, role):
        finish(desk, action)
        for look in (actions.verify_action, actions.return_action):
            with pytest.raises(Forbidden):
                look(act=desk.act(role, "why"), action=action.id)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_however_long(desk, review, lesson, django_assert_num_queries, rows):
    made = [assign(desk, lesson) for _ in range(rows)]
    with django_assert_num_queries(2):
        owners = [[a.owner.code for a in one.actions.all()] for one in queries.lessons(review.id)]
    assert owners == [["water-liaison"] * rows]
    with django_assert_num_queries(1):
        listed = [(a.owner.code, a.lesson.review.state) for a in queries.corrective_actions()]
    assert listed == [("water-liaison", "open")] * rows
    last = max(action.id for action in made)
    assert queries.corrective_actions(owners=["health-liaison"]) == []
    assert queries.corrective_actions(open_only=False, after=last) == []
    assert queries.lessons(review.id, after=lesson.id) == []
    assert queries.corrective_action(last).id == last


@pytest.mark.django_db(transaction=True)
def test_two_who_finish_at_once_one_does(raced_desk, over):
    drawn = draw(entries=[], clocks=[])
    review = actions.open_review(act=raced_desk.act("machine"), incident=over(raced_desk), drawn=drawn)
    lesson = actions.add_lesson(act=raced_desk.act("liaison"), review=review.id, text="x")
    action = assign(raced_desk, lesson)

    def try_to_finish(role):
        try:
            return finish(raced_desk, action, role).done_by
        except TocsinError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcome = sorted(pool.map(try_to_finish, ["liaison", "duty_officer"]))
    assert sorted([outcome[0] == "action.finish", outcome[1] in {"liaison", "duty_officer"}]) == [True, True]
    assert [e.actor_name for e in entries(kinds=["action.done"])] == [outcome[1]]
    assert verify().ok
