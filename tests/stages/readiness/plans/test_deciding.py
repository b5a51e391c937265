"""Nothing comes into force that one person alone has made, and there is never more than one version."""

from datetime import timedelta

import pytest

from races import at_once
from tocsin.kernel.errors import Forbidden, Illegal, Malformed
from tocsin.kernel.instants import Instant, after
from tocsin.spine.clocks.queries import deadlines
from tocsin.spine.journal.queries import entries, verify
from tocsin.spine.places.actions import settle
from tocsin.stages.readiness.plans import actions, queries
from tocsin.stages.readiness.plans.models import PlanVersion

HOUR = timedelta(hours=1)


def plan_entries():
    return [entry for entry in entries(limit=1000) if entry.kind.startswith("plan.")]


def states(code="flood"):
    return {row.number: row.state for row in PlanVersion.objects.filter(plan=code)}


def clocks():
    return {(row.subject, row.rule): row.state for row in deadlines(limit=1000)}


@pytest.fixture
def change(flood):
    """Drafts and submits another version."""

    def make(desk, role="duty_officer", hours="two", at=None):
        act = desk.act(role) if at is None else desk.act(role, at=at)
        text = flood.replace("about three hours", f"about {hours} hours")
        return actions.submit(act=act, version=actions.draft(act=act, text=text, reason="faster").id)

    return make


@pytest.mark.django_db
class TestSubmitting:
    def test_it_waits_for_approval(self, county, change):
        version = change(county)
        assert (version.state, [row.id for row in queries.waiting()]) == ("submitted", [version.id])
        assert [entry.kind for entry in plan_entries()] == ["plan.drafted", "plan.submitted"]

    def test_whoever_submits_has_a_hand_in_it(self, county, flood):
        drafted = actions.draft(act=county.act("liaison"), text=flood, reason="")
        submitted = actions.submit(act=county.act("commander"), version=drafted.id)
        with pytest.raises(Forbidden):
            actions.approve(act=county.act("commander"), version=submitted.id)

    def test_what_is_not_in_order_is_not_submitted(self, county, flood):
        drafted = actions.draft(act=county.act("liaison"), text=flood.replace("## 6 ", "## "), reason="")
        with pytest.raises(Malformed) as refused:
            actions.submit(act=county.act("liaison"), version=drafted.id)
        assert [found["what"] for found in refused.value.data["findings"]] == ["chapter 6 is missing"]
        assert queries.version(drafted.id).state == "draft"

    @pytest.mark.parametrize("role", ["auditor", "information_officer", "machine"])
    def test_not_by_everybody(self, county, flood, role):
        drafted = actions.draft(act=county.act("liaison"), text=flood, reason="")
        with pytest.raises(Forbidden):
            actions.submit(act=county.act(role), version=drafted.id)

    def test_only_once(self, county, change):
        with pytest.raises(Illegal):
            actions.submit(act=county.act("liaison"), version=change(county).id)


@pytest.mark.django_db
class TestReturning:
    def test_it_is_a_draft_again_with_a_word(self, county, change):
        row = actions.return_(act=county.act("commander", "too soon"), version=change(county).id)
        assert (row.state, row.word, plan_entries()[-1].word) == ("draft", "too soon", "too soon")

    def test_it_needs_a_word(self, county, change):
        with pytest.raises(Malformed):
            actions.return_(act=county.act("commander"), version=change(county).id)

    @pytest.mark.parametrize("role", ["duty_officer", "liaison", "auditor", "administrator", "machine"])
    def test_not_by_everybody(self, county, change, role):
        with pytest.raises(Forbidden):
            actions.return_(act=county.act(role, "no"), version=change(county).id)

    def test_only_what_waits(self, county, running):
        with pytest.raises(Illegal):
            actions.return_(act=county.act("commander", "no"), version=running.id)


@pytest.mark.django_db
class TestApproving:
    def test_it_comes_into_force(self, county, shipped):
        row = actions.approve(act=county.act("commander"), version=shipped.id)
        assert (row.state, row.approver, queries.current("flood").id) == ("approved", "commander", row.id)
        assert plan_entries()[-1].facts["supersedes"] is None

    @pytest.mark.parametrize(
        "role", ["duty_officer", "liaison", "information_officer", "auditor", "administrator", "machine"]
    )
    def test_not_by_everybody(self, county, shipped, role):
        with pytest.raises(Forbidden):
            actions.approve(act=county.act(role), version=shipped.id)

    def test_never_by_its_author(self, county, change):
        version = change(county, role="commander")
        with pytest.raises(Forbidden) as refused:
            actions.approve(act=county.act("commander"), version=version.id)
        assert refused.value.code == "plan.own"

    def test_nor_by_whoever_wrote_an_earlier_word_of_it(self, county, flood):
        drafted = actions.draft(act=county.act("commander"), text=flood, reason="")
        actions.revise(act=county.act("liaison"), version=drafted.id, text=flood)
        actions.submit(act=county.act("liaison"), version=drafted.id)
        with pytest.raises(Forbidden):
            actions.approve(act=county.act("commander"), version=drafted.id)

    def test_only_what_waits(self, county, flood):
        drafted = actions.draft(act=county.act("liaison"), text=flood, reason="")
        with pytest.raises(Illegal):
            actions.approve(act=county.act("commander"), version=drafted.id)

    def test_the_one_before_gives_way_and_can_still_be_asked_for(self, county, running, change):
        later = after(county.act("commander").at, HOUR)
        second = actions.approve(act=county.act("commander", at=later), version=change(county).id)
        assert states() == {1: "superseded", 2: "approved"}
        assert queries.current("flood").id == second.id
        assert queries.current("flood", Instant(later - timedelta(minutes=1))).id == running.id
        assert queries.current("flood", later).id == second.id
        assert [row.id for row in queries.in_force(Instant(later - HOUR))] == [running.id]

    def test_a_version_that_was_overtaken_would_undo_the_other(self, county, running, change):
        first, second = change(county), change(county, role="liaison", hours="four")
        actions.approve(act=county.act("commander"), version=first.id)
        with pytest.raises(Illegal) as refused:
            actions.approve(act=county.act("commander"), version=second.id)
        assert (refused.value.code, states()) == (
            "plan.overtaken",
            {1: "superseded", 2: "approved", 3: "submitted"},
        )

    def test_what_the_pack_no_longer_has_stops_it(self, county, change):
        version = change(county)
        settle(act=county.act("administrator"), pack="cn/shenzhen")
        with pytest.raises(Malformed):
            actions.approve(act=county.act("commander"), version=version.id)
        assert queries.current("flood") is None

    def test_the_title_is_that_of_the_version_in_force(self, county, running, flood):
        act = county.act("liaison")
        text = flood.replace("title: {en: Avalon County Flood Plan}", "title: {en: Flood Plan}")
        version = actions.submit(act=act, version=actions.draft(act=act, text=text, reason="").id)
        assert queries.plan("flood").title == {"en": "Avalon County Flood Plan"}
        actions.approve(act=county.act("commander"), version=version.id)
        assert queries.plan("flood").title == {"en": "Flood Plan"}


@pytest.mark.django_db
class TestDates:
    @pytest.fixture
    def city(self, desk):
        """The chemical plan of the city, in force: the law brings it four dates."""
        settle(act=desk.act("administrator"), pack="cn/shenzhen")
        made = actions.adopt_from_pack(act=desk.act("administrator"))
        version = next(row for row in made if row.plan_id == "hazardous-chemical-accident")
        return actions.approve(act=desk.act("commander"), version=version.id)

    def test_filing_review_and_drills(self, desk, city):
        rows = {row.rule: row for row in deadlines(limit=100)}
        assert {rule: (row.subject, row.owner) for rule, row in rows.items()} == {
            "CN-PL-01": (f"plan:{city.id}", "duty-officer"),
            "CN-PL-02": (f"plan:{city.id}", "duty-officer"),
            "CN-PL-03A": ("plan:hazardous-chemical-accident", "duty-officer"),
            "CN-PL-03B": ("plan:hazardous-chemical-accident", "duty-officer"),
        }
        assert rows["CN-PL-01"].due_at == after(city.approved_at, timedelta(days=28))  # 20 working days
        assert (city.review_due, rows["CN-PL-02"].verified) == (rows["CN-PL-02"].due_at, "copy")
        assert city.review_due.year == city.approved_at.year + 3

    def test_filing_is_done_by_hand(self, desk, city):
        row = actions.file_plan(act=desk.act("liaison"), version=city.id, to="Province")
        assert (row.filed_at, clocks()[(f"plan:{city.id}", "CN-PL-01")]) == (city.approved_at, "met")
        assert (plan_entries()[-1].kind, plan_entries()[-1].facts["to"]) == ("plan.filed", "Province")

    def test_filing_needs_an_office_a_right_and_a_version_in_force(self, desk, county, shipped):
        with pytest.raises(Malformed):
            actions.file_plan(act=desk.act("liaison"), version=shipped.id, to=" ")
        with pytest.raises(Forbidden):
            actions.file_plan(act=desk.act("auditor"), version=shipped.id, to="Assembly")
        with pytest.raises(Illegal):
            actions.file_plan(act=desk.act("liaison"), version=shipped.id, to="Assembly")

    def test_the_next_version_has_its_own_and_the_drills_go_on(self, desk, city):
        act = desk.act("liaison")
        again = actions.draft(act=act, text=city.text, reason="read again")
        actions.submit(act=act, version=again.id)
        actions.approve(act=desk.act("commander"), version=again.id)
        assert clocks() == {
            (f"plan:{city.id}", "CN-PL-01"): "cancelled",
            (f"plan:{city.id}", "CN-PL-02"): "met",
            (f"plan:{again.id}", "CN-PL-01"): "running",
            (f"plan:{again.id}", "CN-PL-02"): "running",
            ("plan:hazardous-chemical-accident", "CN-PL-03A"): "running",
            ("plan:hazardous-chemical-accident", "CN-PL-03B"): "running",
        }

    def test_the_law_s_review_where_the_plan_asks_for_no_sooner_one(self, county, running):
        assert clocks() == {(running.subject, "AV-5"): "running"}
        assert running.review_due.year == running.approved_at.year + 2

    def test_the_plan_s_own_review_where_it_is_sooner(self, county, flood):
        text, act = flood.replace("review_years: 2", "review_years: 1"), county.act("liaison")
        version = actions.submit(act=act, version=actions.draft(act=act, text=text, reason="").id)
        row = actions.approve(act=county.act("commander"), version=version.id)
        assert clocks() == {(row.subject, "plan.review"): "running"}
        assert row.review_due.year == row.approved_at.year + 1

    def test_a_plan_s_own_review_is_met_by_the_next_version(self, county, flood):
        text = flood.replace("review_years: 2", "review_years: 1")
        subjects = []
        for _ in range(2):
            act = county.act("liaison")
            version = actions.submit(act=act, version=actions.draft(act=act, text=text, reason="").id)
            subjects.append(actions.approve(act=county.act("commander"), version=version.id).subject)
        assert clocks() == {(subjects[0], "plan.review"): "met", (subjects[1], "plan.review"): "running"}


@pytest.mark.django_db
class TestWithdrawing:
    def test_a_draft_by_whoever_may_draft(self, county, flood):
        drafted = actions.draft(act=county.act("liaison"), text=flood, reason="")
        row = actions.withdraw(act=county.act("liaison", "a slip"), version=drafted.id)
        assert (row.state, row.word, plan_entries()[-1].kind) == ("withdrawn", "a slip", "plan.withdrawn")

    def test_it_needs_a_word(self, county, shipped):
        with pytest.raises(Malformed):
            actions.withdraw(act=county.act("liaison"), version=shipped.id)

    @pytest.mark.parametrize("role", ["information_officer", "auditor", "machine"])
    def test_not_by_everybody(self, county, shipped, role):
        with pytest.raises(Forbidden):
            actions.withdraw(act=county.act(role, "why"), version=shipped.id)

    def test_one_in_force_only_by_whoever_could_approve_it(self, county, running):
        with pytest.raises(Forbidden):
            actions.withdraw(act=county.act("duty_officer", "why"), version=running.id)
        later = after(county.act("commander").at, HOUR)
        actions.withdraw(act=county.act("commander", "wrong", at=later), version=running.id)
        assert queries.current("flood") is None
        assert queries.current("flood", county.act("commander").at).id == running.id
        assert clocks() == {(running.subject, "AV-5"): "cancelled"}

    def test_not_what_is_history(self, county, running, change):
        actions.approve(act=county.act("commander"), version=change(county).id)
        with pytest.raises(Illegal):
            actions.withdraw(act=county.act("commander", "why"), version=running.id)


@pytest.mark.django_db(transaction=True)
class TestRaces:
    @pytest.fixture
    def raced(self, raced_desk):
        settle(act=raced_desk.act("administrator"), pack="avalon")
        [version] = actions.adopt_from_pack(act=raced_desk.act("administrator"))
        return raced_desk, version

    def test_one_version_approved_twice_at_once(self, raced):
        desk, version = raced
        approve = lambda: actions.approve(act=desk.act("commander"), version=version.id)  # noqa: E731
        assert at_once(approve, approve) == ["done", "plan version.approve"]
        assert ([entry.kind for entry in plan_entries()].count("plan.approved"), verify().ok) == (1, True)

    def test_two_versions_approved_at_once(self, raced, change):
        desk, version = raced
        actions.approve(act=desk.act("commander"), version=version.id)
        both = [change(desk), change(desk, role="liaison", hours="four")]
        calls = [lambda row=row: actions.approve(act=desk.act("commander"), version=row.id) for row in both]
        assert at_once(*calls) == ["done", "plan.overtaken"]
        assert sorted(states().values()) == ["approved", "submitted", "superseded"]

    def test_two_drafts_at_once_have_two_numbers(self, raced, flood):
        desk, _ = raced
        calls = [
            lambda role=role: actions.draft(act=desk.act(role), text=flood, reason="")
            for role in ("liaison", "duty_officer")
        ]
        assert at_once(*calls) == ["done", "done"]
        assert sorted(states()) == [1, 2, 3]

    def test_approved_and_withdrawn_at_once(self, raced):
        desk, version = raced
        outcome = at_once(
            lambda: actions.approve(act=desk.act("commander"), version=version.id),
            lambda: actions.withdraw(act=desk.act("commander", "wrong"), version=version.id),
        )
        assert (outcome, states()) in [
            (["done", "plan version.approve"], {1: "withdrawn"}),
            (["done", "done"], {1: "withdrawn"}),
        ]
