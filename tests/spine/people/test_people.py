"""Who may do what, who is on duty, who stands above."""

from datetime import timedelta

import pytest

from tocsin.kernel.errors import Forbidden, Malformed, NotFound
from tocsin.kernel.instants import after
from tocsin.spine.people import actions, queries
from tocsin.spine.people.enums import Power, Role
from tocsin.spine.people.models import Holding, Person
from tocsin.spine.people.rights import MACHINE, RIGHTS

pytestmark = pytest.mark.django_db


def test_every_power_has_its_row():
    assert set(RIGHTS) == set(Power)


def test_an_auditor_changes_nothing():
    held = {power for power, roles in RIGHTS.items() if Role.AUDITOR in roles}
    assert held == {Power.DESK_READ, Power.JOURNAL_READ, Power.EVIDENCE_EXPORT}


def test_the_machine_signs_nothing():
    decides = {"decide", "approve", "open", "close", "send", "give", "activate"}
    assert [p for p in Power if MACHINE in RIGHTS[p] and p.value.split(".")[1] in decides] == [
        Power.SITUATION_CLOSE
    ]


@pytest.mark.parametrize("power", list(Power))
@pytest.mark.parametrize("role", [*Role, MACHINE])
def test_the_table_is_what_decides(desk, power, role):
    assert queries.may(desk.actors[str(role)], power) is (role in RIGHTS[power])


def test_a_refusal_names_who_could(desk):
    with pytest.raises(Forbidden) as refusal:
        queries.demand(desk.actors["auditor"], Power.PROPOSAL_DECIDE)
    assert refusal.value.data["roles"] == "commander, duty_officer"


def test_a_post_of_one_district_acts_there_only(desk):
    act = desk.act("administrator")
    actions.add_post(
        act=act,
        code="d1",
        name={"en": "d1"},
        organisation="city",
        role=Role.LIAISON,
        area="440307",
    )
    person = actions.add_person(act=act, username="d1", name="d1", password=None)
    actions.hold(act=act, post="d1", person=person)
    actor = queries.actor_of(person)
    assert [queries.may(actor, Power.TASK_WORK, area=area) for area in ("440307012", "440303", "")] == [
        True,
        False,
        True,
    ]


class TestPosts:
    def test_the_chain_above(self, desk):
        assert [post.code for post in queries.chain_above("water-liaison")] == ["duty-officer", "commander"]
        assert queries.chain_above("nobody") == []

    def test_a_circle_ends(self, desk):
        commander = queries.post("commander")
        commander.above_id = "duty-officer"
        commander.save()
        assert [post.code for post in queries.chain_above("water-liaison")] == ["duty-officer", "commander"]

    def test_only_ones_own_post_or_those_below(self, desk):
        queries.demand_post(desk.actors["liaison"], Power.TASK_WORK, ["water-liaison"])
        queries.demand_post(desk.actors["commander"], Power.TASK_WORK, ["water-liaison"])
        queries.demand_post(desk.actors["machine"], Power.REPORT_DRAFT, ["water-liaison"])
        with pytest.raises(Forbidden):
            queries.demand_post(desk.actors["other_liaison"], Power.TASK_WORK, ["water-liaison"])

    def test_unknown(self, desk):
        with pytest.raises(NotFound):
            queries.post("nobody")


class TestDuty:
    def test_the_roster_goes_before_the_holder(self, desk):
        act = desk.act("administrator")
        night = actions.add_person(act=act, username="night", name="night", password=None)
        end = after(act.at, timedelta(hours=8))
        actions.plan_shift(act=act, post="duty-officer", person=night, since=act.at, until=end)
        assert queries.on_duty("duty-officer", act.at).name == "night"
        assert queries.on_duty("duty-officer", end).name == "duty_officer"
        assert [shift.person.name for shift in queries.roster(act.at, end)] == ["night"]

    def test_nobody(self, desk):
        assert queries.on_duty("nobody", desk.act("machine").at) is None

    def test_backwards(self, desk):
        act = desk.act("administrator")
        with pytest.raises(Malformed):
            actions.plan_shift(
                act=act, post="duty-officer", person=Person.objects.first(), since=act.at, until=act.at
            )

    def test_leaving(self, desk):
        act = desk.act("administrator")
        holding = Holding.objects.get(post="auditor")
        actions.leave(act=act, holding=holding)
        actions.leave(act=act, holding=holding)
        assert queries.may(desk.actors["auditor"], Power.JOURNAL_READ) is False
        assert queries.holder("auditor", after(act.at, timedelta(seconds=1))) is None


class TestAdding:
    def test_adding_twice_is_adding_once(self, desk):
        act = desk.act("administrator")
        again = actions.add_organisation(act=act, code="city", name={"en": "other"})
        assert again.name["en"] == "City"
        post = actions.add_post(
            act=act, code="auditor", name={"en": "x"}, organisation="city", role=Role.LIAISON
        )
        assert post.role == "auditor"

    def test_a_name_is_taken_once(self, desk):
        with pytest.raises(Malformed):
            actions.add_person(act=desk.act("administrator"), username="auditor", name="x", password=None)

    def test_a_desk_is_established_once(self, desk):
        with pytest.raises(Forbidden):
            actions.establish(at=desk.act("machine").at, username="x", name="x", password=None)

    def test_only_an_administrator(self, desk):
        with pytest.raises(Forbidden):
            actions.add_organisation(act=desk.act("commander"), code="x", name={})

    def test_lists(self, desk, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert len(queries.posts()) == 8
        with django_assert_num_queries(1):
            assert len([h.post.organisation.name for h in queries.holdings()]) == 8
        person = Person.objects.get(name="commander")
        assert queries.person_of(person.user_id) == person
        assert queries.actor_of(person, scripted=True).kind == "script"
