"""Finding plans and versions, in pages and in a counted number of queries."""

import pytest

from tocsin.kernel.errors import NotFound
from tocsin.kernel.ids import uuid7
from tocsin.stages.readiness.plans import actions, queries


@pytest.fixture
def drafts(county, flood):
    """Drafts so many versions of the plan."""

    def make(count):
        return [actions.draft(act=county.act("liaison"), text=flood, reason=str(n)) for n in range(count)]

    return make


@pytest.mark.django_db
class TestQueries:
    @pytest.mark.parametrize("count", [1, 3])
    def test_versions_the_newest_first(self, drafts, count, django_assert_num_queries):
        made = drafts(count)
        with django_assert_num_queries(1):
            found = [(row.number, row.plan.code) for row in queries.versions("flood")]
        assert found == [(row.number, "flood") for row in reversed(made)]

    def test_versions_by_pages(self, drafts):
        drafts(3)
        first = queries.versions("flood", limit=2)
        rest = queries.versions("flood", before=first[-1].number, limit=2)
        assert [row.number for row in (*first, *rest)] == [3, 2, 1]

    def test_one_version_by_id_and_by_number(self, drafts):
        [made] = drafts(1)
        assert (queries.version(made.id), queries.numbered("flood", 1)) == (made, made)

    @pytest.mark.parametrize(
        "ask",
        [
            lambda: queries.plan("flood"),
            lambda: queries.version(uuid7()),
            lambda: queries.numbered("flood", 1),
        ],
    )
    def test_what_is_not_there(self, county, ask):
        with pytest.raises(NotFound):
            ask()

    @pytest.mark.parametrize("count", [1, 3])
    def test_all_plans(self, county, flood, count, django_assert_num_queries):
        for n in range(count):
            text = flood.replace("code: flood", f"code: flood-{n}")
            actions.draft(act=county.act("liaison"), text=text, reason="")
        with django_assert_num_queries(1):
            found = [plan.code for plan in queries.plans()]
        assert found == [f"flood-{n}" for n in range(count)]

    def test_the_plans_in_force_are_read_once(self, running, django_assert_num_queries):
        with django_assert_num_queries(2):
            once, again = queries.in_force(), queries.in_force()
        assert once[0].document is again[0].document
