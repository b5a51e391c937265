"""Proposals are decided once, by a person; incidents go through their life."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound, TocsinError
from tocsin.kernel.ids import uuid7
from tocsin.kernel.ladders import IncidentGrade
from tocsin.spine.incidents import actions, queries
from tocsin.spine.incidents.enums import IncidentState, ProposalKind, ProposalState
from tocsin.spine.journal.queries import entries, verify


def propose(desk, subject="situation:1"):
    return actions.propose(
        act=desk.act("machine"),
        kind=ProposalKind.OPEN_INCIDENT,
        subject=subject,
        title={"en": "Open an incident"},
        reasons=[{"en": "red"}],
        rule="flood/T1",
        source="plan",
        offer={"level": 2},
    )


def open_one(desk):
    return actions.open_incident(act=desk.act("duty_officer"), kind="rainstorm", title={"en": "Rain"})


@pytest.mark.django_db
class TestProposals:
    def test_asked_once_while_open(self, desk):
        assert propose(desk).id == propose(desk).id
        assert len(queries.proposals(state=ProposalState.OPEN)) == 1

    def test_signed(self, desk):
        signed = actions.sign(act=desk.act("commander"), proposal=propose(desk).id)
        assert (signed.state, signed.decision, signed.decided_by) == ("signed", {"level": 2}, "commander")

    def test_changed_needs_a_word(self, desk):
        made = propose(desk)
        with pytest.raises(Malformed):
            actions.sign(act=desk.act("commander"), proposal=made.id, changes={"level": 3})
        changed = actions.sign(
            act=desk.act("commander", "the river is rising"), proposal=made.id, changes={"level": 3}
        )
        assert (changed.state, changed.decision, changed.word) == (
            "changed",
            {"level": 3},
            "the river is rising",
        )

    def test_refused_needs_a_word(self, desk):
        made = propose(desk)
        with pytest.raises(Malformed):
            actions.refuse(act=desk.act("commander"), proposal=made.id)
        assert actions.refuse(act=desk.act("commander", "a test"), proposal=made.id).state == "refused"

    @pytest.mark.parametrize(
        "role", ["auditor", "liaison", "information_officer", "administrator", "machine"]
    )
    def test_only_those_who_command_decide(self, desk, role):
        with pytest.raises(Forbidden):
            actions.sign(act=desk.act(role), proposal=propose(desk).id)

    def test_decided_once(self, desk):
        made = propose(desk)
        actions.sign(act=desk.act("commander"), proposal=made.id)
        with pytest.raises(Illegal):
            actions.refuse(act=desk.act("duty_officer", "no"), proposal=made.id)

    def test_withdrawn(self, desk):
        assert actions.withdraw(act=desk.act("machine"), proposal=propose(desk).id).state == "withdrawn"

    def test_unknown(self, desk):
        with pytest.raises(NotFound):
            actions.sign(act=desk.act("commander"), proposal=uuid7())

    def test_a_new_one_may_follow_a_decided_one(self, desk):
        first = propose(desk)
        actions.refuse(act=desk.act("commander", "no"), proposal=first.id)
        assert propose(desk).id != first.id


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_one_wins(raced_desk):
    made = propose(raced_desk)

    def try_to_sign(role):
        try:
            return actions.sign(act=raced_desk.act(role), proposal=made.id).decided_by
        except TocsinError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcome = sorted(pool.map(try_to_sign, ["commander", "duty_officer"]))
    assert outcome[0] in {"commander", "duty_officer"}
    assert outcome[1] == "proposal.sign"
    assert [e.kind for e in entries(kinds=["proposal.signed"])] == ["proposal.signed"]
    assert verify().ok


@pytest.mark.django_db
class TestIncidents:
    def test_numbers_count_through_the_year(self, desk):
        assert [open_one(desk).number, open_one(desk).number] == ["2026-0001", "2026-0002"]

    def test_its_whole_life(self, desk):
        opened = open_one(desk)
        actions.regrade(
            act=desk.act("duty_officer"),
            incident=opened.id,
            grade=IncidentGrade.MAJOR,
            facts={"d": 3},
            reasons=[],
        )
        commander = desk.act("commander", "why")
        actions.end(act=commander, incident=opened.id)
        actions.reopen(act=commander, incident=opened.id)
        actions.end(act=commander, incident=opened.id)
        closed = actions.close(act=commander, incident=opened.id)
        assert (closed.state, closed.grade, closed.facts) == (
            IncidentState.CLOSED,
            IncidentGrade.MAJOR,
            {"d": 3},
        )
        assert [e.kind for e in entries(chain=str(opened.id))] == [
            "incident.opened",
            "incident.graded",
            "incident.ended",
            "incident.reopened",
            "incident.ended",
            "incident.closed",
        ]
        assert verify(str(opened.id)).ok

    def test_an_open_one_cannot_be_closed(self, desk):
        with pytest.raises(Illegal):
            actions.close(act=desk.act("commander"), incident=open_one(desk).id)

    def test_reopening_needs_a_word(self, desk):
        opened = open_one(desk)
        actions.end(act=desk.act("commander"), incident=opened.id)
        with pytest.raises(Malformed):
            actions.reopen(act=desk.act("commander"), incident=opened.id)

    @pytest.mark.parametrize(
        "role", ["auditor", "liaison", "information_officer", "administrator", "machine"]
    )
    def test_not_everybody_opens(self, desk, role):
        with pytest.raises(Forbidden):
            actions.open_incident(act=desk.act(role), kind="rainstorm", title={"en": "x"})

    @pytest.mark.parametrize("role", ["auditor", "duty_officer", "machine"])
    def test_only_a_commander_ends(self, desk, role):
        with pytest.raises(Forbidden):
            actions.end(act=desk.act(role), incident=open_one(desk).id)

    def test_found_by_situation_while_open(self, desk):
        situation = uuid7()
        opened = actions.open_incident(
            act=desk.act("duty_officer"), kind="rainstorm", title={"en": "x"}, situation=situation
        )
        assert queries.open_of_situation(situation).id == opened.id
        actions.end(act=desk.act("commander"), incident=opened.id)
        assert queries.open_of_situation(situation) is None

    def test_lists(self, desk, django_assert_num_queries):
        opened = [open_one(desk) for _ in range(3)]
        with django_assert_num_queries(1):
            assert len(queries.incidents(state=IncidentState.OPEN)) == 3
        assert queries.incidents(before=desk.act("machine").at) == []
        assert queries.incident(opened[0].id).id == opened[0].id
        assert queries.proposals(incident=opened[0].id) == []

    def test_unknown(self, desk):
        with pytest.raises(NotFound):
            queries.incident(uuid7())
