"""Reports go up without anybody's leave, meet their clocks, and are corrected rather than changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound, TocsinError
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.spine.clocks.actions import start
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.incidents.actions import open_incident
from tocsin.spine.journal.queries import entries, verify
from tocsin.stages.response.reports import actions, queries
from tocsin.stages.response.reports.actions import Cadence
from tocsin.stages.response.reports.enums import ReportKind, ReportState

DAY = timedelta(days=1)
DAILY = Cadence(DAY, "CN-NC-02", {"en": "Daily report"}, "duty-officer", "Art. 17", "text")
FIRST, FOLLOW_UP, FINAL = ReportKind.FIRST, ReportKind.FOLLOW_UP, ReportKind.FINAL


def draft(desk, incident, kind=FIRST, role="duty_officer", body=None, **more):
    asked = {"to": "the city government", "body": body or {"place": "Luohu"}, **more}
    return actions.draft_report(act=desk.act(role), incident=incident, kind=kind, **asked)


def send(desk, report, role="duty_officer", **more):
    return actions.send_report(act=desk.act(role), report=report.id, **more)


def await_report(desk, incident, rule):
    at = desk.act("machine").at
    start(
        act=desk.act("machine"),
        subject=actions.subject(incident),
        rule=rule,
        name={"en": rule},
        due=after(at, DAY),
        incident=incident,
    )


def clocks(incident):
    return sorted((d.rule, d.state) for d in deadlines(subject=f"report:{incident}"))


@pytest.mark.django_db
class TestDrafting:
    def test_numbers_count_within_a_kind(self, desk, incident):
        made = [draft(desk, incident, kind) for kind in (FIRST, FOLLOW_UP, FOLLOW_UP, FINAL)]
        assert [(r.kind, r.number) for r in made] == [
            ("first", 1),
            ("followup", 1),
            ("followup", 2),
            ("final", 1),
        ]

    def test_the_machine_may_draft_but_not_send(self, desk, incident):
        made = draft(desk, incident, role="machine")
        with pytest.raises(Forbidden):
            send(desk, made, "machine")

    @pytest.mark.parametrize("role", ["auditor", "information_officer", "administrator"])
    def test_not_by_everybody(self, desk, incident, role):
        with pytest.raises(Forbidden):
            draft(desk, incident, role=role)

    def test_it_goes_to_somebody(self, desk, incident):
        with pytest.raises(Malformed) as refusal:
            draft(desk, incident, to=" ")
        assert refusal.value.data["where"] == "to"

    def test_about_an_incident_that_there_is(self, desk):
        with pytest.raises(NotFound):
            draft(desk, uuid7())

    def test_revised_until_it_is_sent(self, desk, incident):
        made = draft(desk, incident)
        revised = actions.revise_report(act=desk.act("liaison"), report=made.id, body={"place": "Futian"})
        assert revised.said.place == "Futian"
        send(desk, made)
        with pytest.raises(Illegal) as refusal:
            actions.revise_report(act=desk.act("liaison"), report=made.id, body={"place": "x"})
        assert refusal.value.code == "report.revise"

    def test_discarded_with_a_word(self, desk, incident):
        made = draft(desk, incident)
        with pytest.raises(Malformed):
            actions.discard_report(act=desk.act("duty_officer"), report=made.id)
        gone = actions.discard_report(act=desk.act("duty_officer", "a twin"), report=made.id)
        assert gone.state == ReportState.DISCARDED
        with pytest.raises(Illegal):
            send(desk, made)

    @pytest.mark.parametrize("role", ["auditor", "information_officer"])
    def test_changing_and_discarding_are_not_for_everybody(self, desk, incident, role):
        made = draft(desk, incident)
        with pytest.raises(Forbidden):
            actions.revise_report(act=desk.act(role), report=made.id, body={})
        with pytest.raises(Forbidden):
            actions.discard_report(act=desk.act(role, "why"), report=made.id)


@pytest.mark.django_db
class TestSending:
    def test_the_drafter_sends_with_nobodys_leave_and_with_gaps(self, desk, incident):
        sent = send(desk, draft(desk, incident))
        assert (sent.state, sent.drafted_by, sent.sent_by) == ("sent", "duty_officer", "duty_officer")
        (entry,) = entries(kinds=["report.sent"])
        assert entry.facts["body"]["place"] == "Luohu"
        assert "casualties.missing" in entry.facts["unknown"]

    @pytest.mark.parametrize("role", ["auditor", "liaison", "information_officer", "administrator"])
    def test_not_by_everybody(self, desk, incident, role):
        with pytest.raises(Forbidden):
            send(desk, draft(desk, incident), role)

    def test_sent_once(self, desk, incident):
        made = draft(desk, incident)
        send(desk, made)
        with pytest.raises(Illegal):
            send(desk, made, "commander")

    def test_it_meets_the_clock_that_it_answers(self, desk, incident):
        await_report(desk, incident, "CN-WS-03")
        await_report(desk, incident, "CN-MP-01")
        send(desk, draft(desk, incident, rule="CN-WS-03"))
        assert clocks(incident) == [("CN-MP-01", "running"), ("CN-WS-03", "met")]

    def test_one_that_names_no_clock_meets_all(self, desk, incident):
        await_report(desk, incident, "CN-WS-03")
        await_report(desk, incident, "CN-MP-01")
        send(desk, draft(desk, incident))
        assert clocks(incident) == [("CN-MP-01", "met"), ("CN-WS-03", "met")]

    def test_the_next_is_due_by_the_cadence_until_the_final_one(self, desk, incident):
        send(desk, draft(desk, incident), cadence=DAILY)
        (next_one,) = deadlines(subject=f"report:{incident}")
        assert (next_one.due_at, next_one.owner, next_one.source) == (
            after(desk.act("machine").at, DAY),
            "duty-officer",
            "Art. 17",
        )
        send(desk, draft(desk, incident, FOLLOW_UP, rule="CN-NC-02"), cadence=DAILY)
        assert clocks(incident) == [("CN-NC-02", "met"), ("CN-NC-02", "running")]
        send(desk, draft(desk, incident, FINAL, rule="CN-WS-05"), cadence=DAILY)
        assert clocks(incident) == [("CN-NC-02", "met"), ("CN-NC-02", "met")]

    def test_after_the_final_one_nothing_more_is_due(self, desk, incident):
        send(desk, draft(desk, incident, FINAL))
        send(desk, draft(desk, incident, FOLLOW_UP), cadence=DAILY)
        assert clocks(incident) == []

    def test_unknown(self, desk):
        with pytest.raises(NotFound):
            actions.send_report(act=desk.act("commander"), report=uuid7())


@pytest.mark.django_db
class TestCorrecting:
    @pytest.fixture
    def sent(self, desk, incident):
        return send(desk, draft(desk, incident))

    def correct(self, desk, report, role="duty_officer"):
        act = desk.act(role, "two more were missing")
        body = {"place": "Luohu", "casualties": {"missing": 2}}
        return actions.correct_report(act=act, report=report.id, body=body)

    def test_the_earlier_version_stays(self, desk, incident, sent):
        corrected = self.correct(desk, sent)
        assert (corrected.number, corrected.version, corrected.corrects_id) == (1, 2, sent.id)
        assert queries.report(sent.id).body == sent.body
        assert [r.version for r in queries.reports(incident, kind=FIRST)] == [1, 2]

    def test_sending_it_touches_no_clock(self, desk, incident, sent):
        await_report(desk, incident, "CN-NC-02")
        send(desk, self.correct(desk, sent), cadence=DAILY)
        assert clocks(incident) == [("CN-NC-02", "running")]

    def test_needs_a_word(self, desk, sent):
        with pytest.raises(Malformed):
            actions.correct_report(act=desk.act("duty_officer"), report=sent.id, body={})

    @pytest.mark.parametrize("role", ["auditor", "information_officer"])
    def test_not_by_everybody(self, desk, sent, role):
        with pytest.raises(Forbidden):
            self.correct(desk, sent, role)

    def test_a_draft_is_changed_not_corrected(self, desk, incident):
        with pytest.raises(Illegal) as refusal:
            self.correct(desk, draft(desk, incident))
        assert refusal.value.code == "report.correct"

    def test_the_second_of_two_corrects_the_correction(self, desk, sent):
        first = self.correct(desk, sent)
        with pytest.raises(Illegal) as refusal:
            self.correct(desk, sent)
        assert refusal.value.code == "report.corrected"
        assert self.correct(desk, send(desk, first)).version == 3

    def test_after_a_discarded_correction_another(self, desk, sent):
        first = self.correct(desk, sent)
        actions.discard_report(act=desk.act("duty_officer", "wrong too"), report=first.id)
        assert self.correct(desk, sent).version == 3


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_however_long(desk, incident, django_assert_num_queries, rows):
    for _ in range(rows):
        draft(desk, incident)
    with django_assert_num_queries(1):
        made = [(report.kind, report.corrects) for report in queries.reports(incident)]
    assert made == [("first", None)] * rows
    last = queries.reports(incident)[-1]
    assert queries.reports(incident, after=last.id) == []


@pytest.mark.django_db
def test_what_was_last_told(desk, incident):
    assert queries.latest_sent(incident) is None
    send(desk, draft(desk, incident))
    later = draft(desk, incident, FOLLOW_UP)
    act = desk.act("commander", at=after(desk.act("machine").at, DAY))
    actions.send_report(act=act, report=later.id)
    assert queries.latest_sent(incident).id == later.id


@pytest.mark.django_db(transaction=True)
def test_two_who_send_at_once_one_does(raced_desk):
    incident = open_incident(act=raced_desk.act("duty_officer"), kind="rainstorm", title={"en": "x"}).id
    made = draft(raced_desk, incident)

    def try_to_send(role):
        try:
            return send(raced_desk, made, role).sent_by
        except TocsinError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcome = sorted(pool.map(try_to_send, ["commander", "duty_officer"]))
    assert outcome[0] in {"commander", "duty_officer"}
    assert outcome[1] == "report.send"
    assert [e.actor_name for e in entries(kinds=["report.sent"])] == [outcome[0]]
    assert verify().ok
