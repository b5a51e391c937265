"""A review is opened from the record, written by people, and closed when nothing is left loose."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound
from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import after
from tocsin.spine.incidents.actions import open_incident
from tocsin.spine.journal.queries import entries, verify
from tocsin.stages.recovery.reviews import actions, queries
from tocsin.stages.recovery.reviews.drawing import draw
from tocsin.stages.recovery.reviews.enums import PHRASES, FindingKind, Pattern, ReviewState

pytestmark = pytest.mark.django_db


def patterns(review):
    return [(finding.place, finding.pattern) for finding in queries.findings(review.id)]


class TestOpening:
    def test_it_holds_what_was_drawn(self, desk, incident, review, drawn):
        kept = queries.review_of(incident)
        assert (kept.id, kept.state, kept.drawn) == (review.id, ReviewState.OPEN, drawn.plain())
        assert patterns(review) == [(1, "clock_missed"), (2, "clocks_kept"), (3, "order_declined")]
        (entry,) = entries(chain=str(incident), kinds=["review.opened"])
        assert (entry.facts["findings"], entry.facts["statistics"]["missed"]) == (3, 1)

    def test_once_for_an_incident(self, desk, incident, review, drawn):
        with pytest.raises(Illegal) as refusal:
            actions.open_review(act=desk.act("machine"), incident=incident, drawn=drawn)
        assert refusal.value.code == "review.open"

    def test_not_before_the_response_is_over(self, desk, drawn):
        running = open_incident(act=desk.act("commander"), kind="rainstorm", title={"en": "x"})
        with pytest.raises(Illegal) as refusal:
            actions.open_review(act=desk.act("machine"), incident=running.id, drawn=drawn)
        assert refusal.value.code == "review.too_early"

    @pytest.mark.parametrize("role", ["auditor", "administrator"])
    def test_not_by_everybody(self, desk, incident, drawn, role):
        with pytest.raises(Forbidden):
            actions.open_review(act=desk.act(role), incident=incident, drawn=drawn)

    def test_of_an_incident_that_there_is(self, desk, drawn):
        with pytest.raises(NotFound):
            actions.open_review(act=desk.act("machine"), incident=uuid7(), drawn=drawn)


class TestRedrawing:
    def test_what_people_wrote_and_what_is_the_same_stays(self, desk, review, drawn):
        same = queries.findings(review.id)[0]
        actions.add_finding(act=desk.act("liaison"), review=review.id, kind=FindingKind.GAP, text="no boats")
        lesson = actions.add_lesson(
            act=desk.act("liaison"), review=review.id, text="buy boats", finding=same.id
        )
        actions.redraw(act=desk.act("machine"), review=review.id, drawn=drawn)
        assert patterns(review) == [
            (1, "clock_missed"),
            (2, "clocks_kept"),
            (3, "order_declined"),
            (4, "written"),
        ]
        assert queries.lesson(lesson.id).finding_id == same.id

    def test_what_is_no_longer_so_goes(self, desk, review):
        actions.redraw(act=desk.act("machine"), review=review.id, drawn=draw(entries=[], clocks=[]))
        assert patterns(review) == []

    def test_not_once_it_is_closed(self, desk, review, drawn):
        actions.write_summary(act=desk.act("commander"), review=review.id, text="It rained.")
        actions.close_review(act=desk.act("commander"), review=review.id)
        with pytest.raises(Illegal):
            actions.redraw(act=desk.act("machine"), review=review.id, drawn=drawn)

    def test_not_by_everybody(self, desk, review, drawn):
        with pytest.raises(Forbidden):
            actions.redraw(act=desk.act("auditor"), review=review.id, drawn=drawn)


class TestWriting:
    def test_a_summary_replaces_the_one_before_which_the_journal_keeps(self, desk, review):
        for text in ("It rained.", "It rained hard."):
            actions.write_summary(act=desk.act("liaison"), review=review.id, text=text)
        assert queries.review(review.id).summary == "It rained hard."
        assert [e.facts["text"] for e in entries(kinds=["review.summarised"])] == [
            "It rained.",
            "It rained hard.",
        ]

    def test_a_finding_that_a_person_saw(self, desk, review):
        seen = actions.add_finding(
            act=desk.act("liaison"), review=review.id, kind=FindingKind.WORKED, text="The radio held."
        )
        assert (seen.sentence, seen.author, seen.place) == ("The radio held.", "liaison", 4)

    def test_what_the_record_shows_is_not_written_by_hand(self, desk, review):
        with pytest.raises(Malformed) as refusal:
            actions.add_finding(
                act=desk.act("liaison"), review=review.id, kind=FindingKind.CLOCK_MET, text="all kept"
            )
        assert refusal.value.data["where"] == "kind"

    def test_nothing_empty(self, desk, review):
        act = desk.act("liaison")
        with pytest.raises(Malformed):
            actions.write_summary(act=act, review=review.id, text=" ")
        with pytest.raises(Malformed):
            actions.add_finding(act=act, review=review.id, kind=FindingKind.GAP, text="")

    @pytest.mark.parametrize("role", ["auditor", "administrator"])
    def test_not_by_everybody(self, desk, review, role):
        act = desk.act(role)
        with pytest.raises(Forbidden):
            actions.write_summary(act=act, review=review.id, text="x")
        with pytest.raises(Forbidden):
            actions.add_finding(act=act, review=review.id, kind=FindingKind.GAP, text="x")

    def test_a_review_that_there_is(self, desk):
        with pytest.raises(NotFound):
            actions.write_summary(act=desk.act("liaison"), review=uuid7(), text="x")

    def test_every_pattern_has_its_sentence(self):
        assert set(PHRASES) == set(Pattern)

    def test_a_finding_is_told_in_the_readers_language(self, review):
        with override("en"):
            told = [finding.sentence for finding in queries.findings(review.id)]
        assert told == [
            "“Close it” (water-liaison) was due and was never done.",
            "0 of 1 deadlines were kept.",
            "water-liaison declined order 1, “Stand by”: no boat",
        ]

    def test_a_finding_names_posts_where_their_names_are_given(self, review):
        with override("en"):
            told = queries.findings(review.id)[0].naming({"water-liaison": "Water desk", "Close it": "no"})
        assert told == "“Close it” (Water desk) was due and was never done."


class TestClosing:
    def summarise(self, desk, review):
        actions.write_summary(act=desk.act("commander"), review=review.id, text="It rained.")

    def test_with_summary_and_every_lesson_cared_for(self, desk, incident, review):
        self.summarise(desk, review)
        cared, settled = (
            actions.add_lesson(act=desk.act("liaison"), review=review.id, text=text)
            for text in ("buy boats", "rain is wet")
        )
        actions.assign_action(
            act=desk.act("duty_officer"),
            lesson=cared.id,
            text="Buy two boats",
            owner="water-liaison",
            due=after(desk.act("machine").at, timedelta(days=30)),
        )
        actions.settle_lesson(act=desk.act("duty_officer", "known"), lesson=settled.id)
        closed = actions.close_review(act=desk.act("commander"), review=review.id)
        assert (closed.state, closed.closed_at) == (ReviewState.CLOSED, desk.act("commander").at)
        assert entries(chain=str(incident), kinds=["review.closed"])[0].facts["lessons"] == 2
        assert verify().ok

    def test_not_without_a_summary(self, desk, review):
        with pytest.raises(Malformed) as refusal:
            actions.close_review(act=desk.act("commander"), review=review.id)
        assert refusal.value.data["where"] == "summary"

    def test_not_with_a_loose_lesson(self, desk, review):
        self.summarise(desk, review)
        loose = actions.add_lesson(act=desk.act("liaison"), review=review.id, text="buy boats")
        with pytest.raises(Illegal) as refusal:
            actions.close_review(act=desk.act("commander"), review=review.id)
        assert refusal.value.data["lesson"] == str(loose.id)

    def test_once(self, desk, review):
        self.summarise(desk, review)
        actions.close_review(act=desk.act("commander"), review=review.id)
        with pytest.raises(Illegal):
            actions.close_review(act=desk.act("commander"), review=review.id)

    @pytest.mark.parametrize("role", ["auditor", "duty_officer", "liaison", "machine"])
    def test_only_by_a_commander(self, desk, review, role):
        self.summarise(desk, review)
        with pytest.raises(Forbidden):
            actions.close_review(act=desk.act(role), review=review.id)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_however_long(desk, over, drawn, django_assert_num_queries, rows):
    made = [
        actions.open_review(act=desk.act("machine"), incident=over(desk), drawn=drawn) for _ in range(rows)
    ]
    with django_assert_num_queries(1):
        listed = [(review.id, review.summary) for review in queries.reviews()]
    assert sorted(listed) == sorted((review.id, "") for review in made)
    with django_assert_num_queries(1):
        assert len(queries.findings(made[0].id)) == 3
    assert len(queries.reviews(before=max(review.id for review in made))) == rows - 1
    assert [finding.place for finding in queries.findings(made[0].id, after=2)] == [3]
