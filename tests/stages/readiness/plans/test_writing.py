"""Drafting and changing a plan."""

import pytest

from tocsin.kernel.errors import Contended, Forbidden, Illegal, Malformed, NotFound
from tocsin.kernel.ids import uuid7
from tocsin.spine.journal.queries import entries
from tocsin.stages.readiness.plans import actions, queries

WRITERS = ["duty_officer", "commander", "liaison", "administrator"]
OTHERS = ["information_officer", "auditor", "machine"]
LINE = (
    "- {id: low-road, from: IV, owner: fire-liaison, within: PT1H, "
    "title: {en: Post a watcher at the low road}, basis: § 4}"
)


def last():
    return next(entry for entry in entries(newest_first=True) if entry.kind.startswith("plan."))


@pytest.fixture
def draft(county, flood):
    return actions.draft(act=county.act("duty_officer"), text=flood, reason="first")


@pytest.mark.django_db
class TestDrafting:
    @pytest.mark.parametrize("role", WRITERS)
    def test_a_new_plan(self, county, flood, role):
        made = actions.draft(act=county.act(role), text=flood, reason="new")
        assert (made.plan_id, made.number, made.state, made.base) == ("flood", 1, "draft", None)
        assert (made.author, made.hands, made.shipped) == (role, [county.actors[role].id], False)
        assert (last().kind, last().facts["reason"]) == ("plan.drafted", "new")

    @pytest.mark.parametrize("role", OTHERS)
    def test_not_by_everybody(self, county, flood, role):
        with pytest.raises(Forbidden):
            actions.draft(act=county.act(role), text=flood, reason="")

    def test_the_next_version_stands_on_the_one_in_force(self, county, running, flood):
        basis = uuid7()
        made = actions.draft(act=county.act("liaison"), text=flood, reason="r", basis=basis)
        assert (made.number, made.base, made.basis) == (2, 1, basis)
        assert last().facts["basis"] == str(basis)

    def test_what_is_no_plan_is_not_kept(self, county):
        with pytest.raises(Malformed):
            actions.draft(act=county.act("liaison"), text="words", reason="")
        assert queries.plans() == []

    def test_a_slip_may_be_mended_later(self, county, flood):
        made = actions.draft(act=county.act("liaison"), text=flood.replace("## 6 ", "## "), reason="")
        assert made.state == "draft"


@pytest.mark.django_db
class TestRevising:
    @pytest.mark.parametrize("role", WRITERS)
    def test_whoever_rewrites_it_has_a_hand_in_it(self, county, draft, flood, role):
        text = flood.replace("three hours", "two hours")
        made = actions.revise(act=county.act(role), version=draft.id, text=text)
        assert (made.text, made.author) == (text, role)
        assert set(made.hands) == {county.actors["duty_officer"].id, county.actors[role].id}
        assert (last().kind, last().facts["sha256"]) == ("plan.revised", made.sha256)

    @pytest.mark.parametrize("role", OTHERS)
    def test_not_by_everybody(self, county, draft, flood, role):
        with pytest.raises(Forbidden):
            actions.revise(act=county.act(role), version=draft.id, text=flood)

    def test_not_once_it_is_submitted_or_in_force(self, county, running, flood):
        with pytest.raises(Illegal):
            actions.revise(act=county.act("liaison"), version=running.id, text=flood)

    def test_another_plan_s_text(self, county, draft, flood):
        with pytest.raises(Malformed) as refused:
            actions.revise(
                act=county.act("liaison"), version=draft.id, text=flood.replace("code: flood", "code: x")
            )
        assert refused.value.code == "plan.other_code"

    def test_two_writers_who_began_from_the_same_text(self, county, draft, flood):
        seen = draft.sha256
        first, second = flood.replace("three", "two"), flood.replace("three", "four")
        actions.revise(act=county.act("liaison"), version=draft.id, text=first, seen=seen)
        with pytest.raises(Contended):
            actions.revise(act=county.act("other_liaison"), version=draft.id, text=second, seen=seen)
        assert queries.version(draft.id).text == first

    def test_a_draft_follows_what_came_into_force_meanwhile(self, county, shipped, flood):
        draft = actions.draft(act=county.act("liaison"), text=flood, reason="")
        actions.approve(act=county.act("commander"), version=shipped.id)
        revised = actions.revise(act=county.act("liaison"), version=draft.id, text=flood)
        assert (draft.base, revised.base) == (None, 1)

    def test_no_such_version(self, county, flood):
        with pytest.raises(NotFound):
            actions.revise(act=county.act("liaison"), version=uuid7(), text=flood)


@pytest.mark.django_db
class TestOneLine:
    def test_it_is_replaced_and_nothing_else(self, running, flood):
        text = actions.changed_line("flood", LINE, LINE.replace("PT1H", "PT45M"))
        assert text == flood.replace(LINE, LINE.replace("PT1H", "PT45M"))

    def test_its_indentation_is_kept(self, running, flood):
        text = actions.changed_line("flood", "kind: alert", "kind: bulletin")
        assert text == flood.replace("  kind: alert", "  kind: bulletin")

    @pytest.mark.parametrize("find", ["no such line", "by: press-officer", ""])
    def test_it_must_stand_there_once(self, running, find):
        with pytest.raises(Malformed):
            actions.changed_line("flood", find, "x")

    def test_a_line_that_was_changed_already_is_left(self, running, flood):
        assert actions.changed_line("flood", LINE.replace("PT1H", "PT9H"), LINE) == flood

    def test_only_in_a_plan_that_is_in_force(self, shipped):
        with pytest.raises(Malformed):
            actions.changed_line("flood", LINE, "x")

    def test_no_such_plan(self, county):
        with pytest.raises(NotFound):
            actions.changed_line("flood", LINE, "x")
