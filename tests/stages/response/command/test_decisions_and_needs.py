"""The decision log keeps what could be known; what is needed adds up until it is there."""

from decimal import Decimal

import pytest

from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound
from tocsin.kernel.ids import uuid7
from tocsin.spine.incidents.actions import end
from tocsin.spine.journal.queries import entries, newest
from tocsin.stages.response.command import actions, queries
from tocsin.stages.response.command.enums import NeedState

pytestmark = pytest.mark.django_db


def decide(desk, incident, role="commander", **more):
    said = {"matter": "Evacuate?", "chosen": "Yes", "reasons": "The slope moves.", **more}
    return actions.record_decision(act=desk.act(role), incident=incident, options=["Yes", "No"], **said)


class TestDecisions:
    def test_what_was_known_is_marked(self, desk, incident):
        before = newest()
        made = decide(desk, incident, known="12 mm in 10 minutes")
        assert (made.known_seq, made.options, made.signer) == (before, ["Yes", "No"], "commander")
        (entry,) = entries(kinds=["decision.recorded"])
        assert (entry.facts["known_seq"], entry.facts["chosen"]) == (before, "Yes")

    @pytest.mark.parametrize("missing", ["matter", "chosen", "reasons"])
    def test_nothing_may_be_missing(self, desk, incident, missing):
        with pytest.raises(Malformed) as refusal:
            decide(desk, incident, **{missing: " "})
        assert refusal.value.data["where"] == missing

    @pytest.mark.parametrize("role", ["auditor", "liaison", "information_officer", "machine"])
    def test_not_by_everybody(self, desk, incident, role):
        with pytest.raises(Forbidden):
            decide(desk, incident, role)

    def test_not_once_the_incident_is_over(self, desk, incident):
        end(act=desk.act("commander"), incident=incident)
        with pytest.raises(Illegal):
            decide(desk, incident)

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_log(self, desk, incident, django_assert_num_queries, rows):
        for _ in range(rows):
            decide(desk, incident)
        with django_assert_num_queries(1):
            assert [made.number for made in queries.decisions(incident)] == list(range(1, rows + 1))
        assert [made.number for made in queries.decisions(incident, after=1)] == list(range(2, rows + 1))


def ask(desk, incident, role="liaison", quantity="3", owner="water-liaison"):
    act, what, unit = desk.act(role), {"en": "Pumps"}, {"en": "sets"}
    return actions.raise_need(
        act=act, incident=incident, what=what, quantity=Decimal(quantity), unit=unit, owner=owner
    )


class TestNeeds:
    def test_it_adds_up_until_it_is_met(self, desk, incident):
        need = ask(desk, incident)
        part = actions.meet_need(act=desk.act("liaison"), need=need.id, quantity=Decimal("1.5"))
        assert (part.state, part.met, part.met_at) == (NeedState.OPEN, Decimal("1.5"), None)
        whole = actions.meet_need(act=desk.act("liaison"), need=need.id, quantity=Decimal("1.5"))
        assert (whole.state, whole.met, whole.met_at) == (NeedState.MET, Decimal(3), desk.act("liaison").at)
        told = [e.kind for e in entries(chain=str(incident)) if e.kind.startswith("need.")]
        assert told == ["need.raised", "need.supplied", "need.met"]

    def test_met_once(self, desk, incident):
        need = ask(desk, incident)
        actions.meet_need(act=desk.act("liaison"), need=need.id, quantity=Decimal(3))
        with pytest.raises(Illegal):
            actions.meet_need(act=desk.act("liaison"), need=need.id, quantity=Decimal(3))

    @pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "Infinity", "100000000000"])
    def test_impossible_quantities(self, desk, incident, quantity):
        with pytest.raises(Malformed):
            ask(desk, incident, quantity=quantity)

    @pytest.mark.parametrize("role", ["auditor", "administrator", "machine"])
    def test_raised_by_all_who_work(self, desk, incident, role):
        with pytest.raises(Forbidden):
            ask(desk, incident, role)

    def test_met_by_the_post_that_was_asked(self, desk, incident):
        need = ask(desk, incident)
        with pytest.raises(Forbidden):
            actions.meet_need(act=desk.act("other_liaison"), need=need.id, quantity=Decimal(1))

    def test_where_nobody_was_asked_by_whoever_assigns(self, desk, incident):
        need = ask(desk, incident, owner="")
        with pytest.raises(Forbidden):
            actions.meet_need(act=desk.act("liaison"), need=need.id, quantity=Decimal(1))
        met = actions.meet_need(act=desk.act("duty_officer"), need=need.id, quantity=Decimal(4))
        assert met.state == NeedState.MET

    def test_of_an_unknown_post(self, desk, incident):
        with pytest.raises(Malformed):
            ask(desk, incident, owner="harbour-master")

    def test_unknown(self, desk):
        with pytest.raises(NotFound):
            actions.meet_need(act=desk.act("liaison"), need=uuid7(), quantity=Decimal(1))

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_list(self, desk, incident, django_assert_num_queries, rows):
        for _ in range(rows):
            ask(desk, incident)
        with django_assert_num_queries(1):
            assert [need.owner.code for need in queries.needs(incident)] == ["water-liaison"] * rows
        assert [need.number for need in queries.needs(incident, after=1)] == list(range(2, rows + 1))
