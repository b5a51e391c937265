"""A pack's plans are taken over, and are nobody's until a person approves them."""

import pytest

from tocsin.kernel.errors import Forbidden, Malformed
from tocsin.spine.journal.queries import entries
from tocsin.spine.places.actions import settle
from tocsin.stages.readiness.plans import actions, queries
from tocsin.stages.readiness.plans.actions.adopting import take_over
from tocsin.stages.readiness.plans.models import Plan


def kinds():
    return [entry.kind for entry in entries() if entry.kind.startswith("plan.")]


@pytest.mark.django_db
class TestAdopting:
    def test_they_wait_for_a_person(self, shipped):
        assert (shipped.state, shipped.shipped, shipped.number, shipped.hands) == ("submitted", True, 1, [])
        assert (kinds(), queries.in_force()) == (["plan.drafted", "plan.submitted"], [])

    def test_the_entry_names_the_pack_as_the_author(self, shipped):
        entry = next(entry for entry in entries() if entry.kind == "plan.submitted")
        assert (entry.facts["author"], entry.facts["version"]) == ("pack", str(shipped.id))
        assert entry.facts["sha256"] == shipped.sha256

    def test_doing_it_again_changes_nothing(self, county, running):
        assert actions.adopt_from_pack(act=county.act("administrator")) == []
        assert queries.current("flood").id == running.id

    @pytest.mark.parametrize("role", ["auditor", "information_officer", "machine"])
    def test_not_by_everybody(self, county, role):
        with pytest.raises(Forbidden):
            actions.adopt_from_pack(act=county.act(role))

    def test_the_three_of_the_city(self, desk):
        settle(act=desk.act("administrator"), pack="cn/shenzhen")
        made = actions.adopt_from_pack(act=desk.act("administrator"))
        assert {version.plan_id: version.state for version in made} == {
            "flood-and-typhoon": "submitted",
            "food-poisoning": "submitted",
            "hazardous-chemical-accident": "submitted",
        }
        assert [plan.title["en"] for plan in Plan.objects.order_by("code")] == [
            "Shenzhen Flood and Typhoon Plan",
            "Shenzhen Food-Poisoning Plan",
            "Shenzhen Hazardous-Chemical Accident Plan",
        ]


class TestFiles:
    def test_a_file_that_is_in_order(self, avalon):
        checked = actions.check_file(avalon.plans[0], avalon)
        assert (checked.document.head.code, checked.findings) == ("flood", [])

    def test_a_file_that_is_no_text(self, avalon, tmp_path):
        (tmp_path / "flood.md").write_bytes(b"\xff\xfe")
        with pytest.raises(Malformed):
            actions.check_file(tmp_path / "flood.md", avalon)

    def test_a_file_with_a_slip(self, avalon, flood, tmp_path):
        (tmp_path / "flood.md").write_text(flood.replace("## 6 ", "## "), encoding="utf-8")
        checked = actions.check_file(tmp_path / "flood.md", avalon)
        assert [finding.what for finding in checked.findings] == ["chapter 6 is missing"]


@pytest.mark.django_db
def test_a_file_that_is_not_in_order_stays_a_draft(county, flood, tmp_path):
    """Whoever writes a pack may slip; a desk is made all the same."""
    (tmp_path / "flood.md").write_text(flood.replace("## 6 ", "## "), encoding="utf-8")
    made = take_over(county.act("machine"), tmp_path / "flood.md")
    assert (made.state, kinds()) == ("draft", ["plan.drafted"])
