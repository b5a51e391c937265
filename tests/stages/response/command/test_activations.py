"""A plan starts whole or not at all, changes its level without doubling anything, and ends."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.kernel.ladders import ResponseLevel
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.incidents.actions import end
from tocsin.spine.journal.queries import entries, verify
from tocsin.stages.response.command import actions, queries
from tocsin.stages.response.command.enums import ActivationState
from tocsin.stages.response.command.models import Activation, Task
from tocsin.stages.response.command.planned import PlannedTask

pytestmark = pytest.mark.django_db
III, II, IV = ResponseLevel.III, ResponseLevel.II, ResponseLevel.IV


@pytest.fixture
def running(desk, incident, plan):
    return actions.activate(act=desk.act("duty_officer"), incident=incident, plan=plan, level=III)


def kinds(incident):
    return [entry.kind for entry in entries(chain=str(incident), limit=500)]


class TestActivating:
    def test_everything_that_the_plan_names_is_there(self, incident, running):
        assert [(t.number, t.key, t.owner_id) for t in queries.tasks(incident)] == [
            (1, "underpass", "water-liaison"),
            (2, "hospitals", "health-liaison"),
        ]
        assert [[r.post_id for r in o.receipts.order_by("post")] for o in queries.orders(incident)] == [
            ["health-liaison", "water-liaison"]
        ]
        assert [(n.key, str(n.quantity)) for n in queries.needs(incident)] == [("pumps", "3.000")]
        assert [(a.plan, a.level, a.state) for a in queries.activations(incident)] == [
            ("flood", III, ActivationState.ACTIVE)
        ]

    def test_its_clocks_run(self, desk, incident, running):
        noon = desk.act("machine").at
        assert sorted((d.rule, d.owner, d.due_at - noon) for d in deadlines(incident=incident)) == [
            ("first-words", "information-officer", timedelta(hours=5)),
            ("order.acknowledge", "health-liaison", timedelta(minutes=15)),
            ("order.acknowledge", "water-liaison", timedelta(minutes=15)),
            ("task.finish", "water-liaison", timedelta(minutes=30)),
        ]
        assert deadlines(subject=f"response:{incident}")[0].rule == "first-words"

    def test_the_journal_states_the_four_things(self, incident, running):
        (entry,) = entries(chain=str(incident), kinds=["response.activated"])
        stated = {name: entry.facts[name] for name in ("matter", "level", "expected_seconds", "measures")}
        assert stated == {
            "matter": {"en": "Rainstorm and flooding"},
            "level": 2,
            "expected_seconds": 43200,
            "measures": [{"en": "Close underpasses"}],
        }
        assert verify().ok

    def test_when_it_should_be_over(self, desk, running):
        assert running.expected_until == after(desk.act("machine").at, timedelta(hours=12))

    @pytest.mark.parametrize(
        "role", ["auditor", "liaison", "information_officer", "administrator", "machine"]
    )
    def test_not_by_everybody(self, desk, incident, plan, role):
        with pytest.raises(Forbidden):
            actions.activate(act=desk.act(role), incident=incident, plan=plan, level=III)
        assert Activation.objects.count() == 0

    def test_the_same_plan_runs_once(self, desk, incident, plan, running):
        with pytest.raises(Illegal) as refusal:
            actions.activate(act=desk.act("commander"), incident=incident, plan=plan, level=II)
        assert refusal.value.code == "response.active"

    def test_another_plan_may_run_beside_it(self, desk, incident, plan, running):
        other = replace(plan, code="chemical")
        actions.activate(act=desk.act("commander"), incident=incident, plan=other, level=II)
        assert [a.plan for a in queries.activations(incident, active_only=True)] == ["flood", "chemical"]
        assert [t.number for t in queries.tasks(incident)] == [1, 2, 3, 4]
        actions.raise_level(act=desk.act("commander"), incident=incident, level=ResponseLevel.I, plan=other)
        assert [a.level for a in queries.activations(incident)] == [III, ResponseLevel.I]

    @pytest.mark.parametrize(
        ("lacking", "value"),
        [("matter", {}), ("expected", timedelta(0)), ("measures", ()), ("basis", " ")],
    )
    def test_what_the_law_asks_for_must_be_stated(self, desk, incident, plan, lacking, value):
        with pytest.raises(Malformed) as refusal:
            actions.activate(
                act=desk.act("commander"),
                incident=incident,
                plan=replace(plan, **{lacking: value}),
                level=III,
            )
        assert refusal.value.data["where"] == lacking

    def test_posts_that_nobody_knows_are_named_and_nothing_is_started(self, desk, incident, plan):
        broken = replace(plan, tasks=(*plan.tasks, PlannedTask("x", {"en": "x"}, "harbour-master")))
        with pytest.raises(Malformed) as refusal:
            actions.activate(act=desk.act("commander"), incident=incident, plan=broken, level=III)
        assert refusal.value.data["posts"] == "harbour-master"
        assert (Activation.objects.count(), Task.objects.count()) == (0, 0)

    def test_what_a_plan_names_twice_is_started_once(self, desk, incident, plan):
        doubled = replace(plan, tasks=(*plan.tasks, *plan.tasks))
        actions.activate(act=desk.act("commander"), incident=incident, plan=doubled, level=III)
        assert [t.key for t in queries.tasks(incident)] == ["underpass", "hospitals"]

    def test_not_for_an_incident_that_is_over(self, desk, incident, plan):
        end(act=desk.act("commander"), incident=incident)
        with pytest.raises(Illegal) as refusal:
            actions.activate(act=desk.act("commander"), incident=incident, plan=plan, level=III)
        assert refusal.value.code == "incident.not_open"

    def test_unknown_incident(self, desk, plan):
        with pytest.raises(NotFound):
            actions.activate(act=desk.act("commander"), incident=uuid7(), plan=plan, level=III)


class TestChangingTheLevel:
    def test_raising_adds_only_what_is_new(self, desk, incident, higher, running):
        raised = actions.raise_level(act=desk.act("commander"), incident=incident, level=II, plan=higher)
        assert (raised.id, raised.level) == (running.id, II)
        assert [t.key for t in queries.tasks(incident)] == ["underpass", "hospitals", "shelters"]
        assert [o.key for o in queries.orders(incident)] == ["standby", "evacuate"]
        assert [n.key for n in queries.needs(incident)] == ["pumps"]
        assert len(deadlines(incident=incident)) == 6

    def test_a_task_that_is_done_is_not_started_again(self, desk, incident, higher, running):
        actions.finish_task(act=desk.act("liaison"), task=queries.tasks(incident)[0].id, note="closed")
        actions.raise_level(act=desk.act("commander"), incident=incident, level=II, plan=higher)
        assert [(t.key, t.state) for t in queries.tasks(incident)] == [
            ("underpass", "done"),
            ("hospitals", "open"),
            ("shelters", "open"),
        ]

    def test_lowering_takes_nothing_away(self, desk, incident, plan, higher, running):
        commander = desk.act("commander")
        actions.raise_level(act=commander, incident=incident, level=II, plan=higher)
        lowered = actions.lower_level(act=commander, incident=incident, level=IV, plan=plan)
        assert lowered.level == IV
        assert len(queries.tasks(incident)) == 3
        assert [k for k in kinds(incident) if k.startswith("response.")] == [
            "response.activated",
            "response.level_raised",
            "response.level_lowered",
        ]

    @pytest.mark.parametrize("level", [III, IV])
    def test_raising_to_the_same_or_a_milder_level_is_refused(self, desk, incident, plan, running, level):
        with pytest.raises(Illegal) as refusal:
            actions.raise_level(act=desk.act("commander"), incident=incident, level=level, plan=plan)
        assert refusal.value.code == "response.raise"

    @pytest.mark.parametrize("level", [III, II])
    def test_lowering_to_the_same_or_a_higher_level_is_refused(self, desk, incident, plan, running, level):
        with pytest.raises(Illegal) as refusal:
            actions.lower_level(act=desk.act("commander"), incident=incident, level=level, plan=plan)
        assert refusal.value.code == "response.lower"

    def test_raised_twice_at_once_the_second_is_refused(self, desk, incident, higher, running):
        actions.raise_level(act=desk.act("commander"), incident=incident, level=II, plan=higher)
        with pytest.raises(Illegal):
            actions.raise_level(act=desk.act("commander"), incident=incident, level=II, plan=higher)

    @pytest.mark.parametrize("role", ["auditor", "duty_officer", "liaison", "machine"])
    @pytest.mark.parametrize("change", [actions.raise_level, actions.lower_level])
    def test_only_by_a_commander(self, desk, incident, plan, running, role, change):
        with pytest.raises(Forbidden):
            change(act=desk.act(role), incident=incident, level=II, plan=plan)

    def test_a_plan_that_does_not_run(self, desk, incident, plan):
        with pytest.raises(NotFound):
            actions.raise_level(act=desk.act("commander"), incident=incident, level=II, plan=plan)


class TestEnding:
    def test_what_is_open_is_called_off(self, desk, incident, running):
        actions.finish_task(act=desk.act("liaison"), task=queries.tasks(incident)[0].id, note="closed")
        (ended,) = actions.end_response(act=desk.act("commander"), incident=incident)
        assert (ended.state, ended.ended_at) == (ActivationState.ENDED, desk.act("commander").at)
        assert [t.state for t in queries.tasks(incident)] == ["done", "cancelled"]
        assert [r.state for o in queries.orders(incident) for r in o.receipts.all()] == ["lapsed", "lapsed"]
        assert [n.state for n in queries.needs(incident)] == ["lapsed"]

    def test_its_clocks_stop_but_the_others_run_on(self, desk, incident, running):
        actions.end_response(act=desk.act("commander"), incident=incident)
        assert [d.rule for d in deadlines(incident=incident, open_only=True)] == ["first-words"]

    def test_ending_one_plan_leaves_the_other(self, desk, incident, plan, running):
        commander = desk.act("commander")
        other = replace(plan, code="chemical")
        actions.activate(act=commander, incident=incident, plan=other, level=III)
        actions.assign_task(act=commander, incident=incident, title={"en": "x"}, owner="water-liaison")
        actions.end_response(act=commander, incident=incident, plan="flood")
        assert [t.state for t in queries.tasks(incident)] == [
            "cancelled",
            "cancelled",
            "open",
            "open",
            "open",
        ]
        actions.end_response(act=commander, incident=incident)
        assert {t.state for t in queries.tasks(incident)} == {"cancelled"}

    def test_after_the_incident_was_ended(self, desk, incident, running):
        end(act=desk.act("commander"), incident=incident)
        assert len(actions.end_response(act=desk.act("commander"), incident=incident)) == 1

    def test_twice(self, desk, incident, running):
        actions.end_response(act=desk.act("commander"), incident=incident)
        with pytest.raises(NotFound):
            actions.end_response(act=desk.act("commander"), incident=incident)

    def test_then_it_may_start_again(self, desk, incident, plan, running):
        actions.end_response(act=desk.act("commander"), incident=incident)
        again = actions.activate(act=desk.act("commander"), incident=incident, plan=plan, level=III)
        assert [t.number for t in Task.objects.filter(activation=again).order_by("number")] == [3, 4]

    @pytest.mark.parametrize("role", ["auditor", "duty_officer", "liaison", "machine"])
    def test_only_by_a_commander(self, desk, incident, running, role):
        with pytest.raises(Forbidden):
            actions.end_response(act=desk.act(role), incident=incident)
