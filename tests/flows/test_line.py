"""One real crisis, from its first signal to its review, on the archive of June 2026 with the pack's script
in the seats. What the six points of the line promise is asked of one run.
"""

import pytest

from tocsin.cli.replay import begin, bounds
from tocsin.cli.seating import settle_empty
from tocsin.cli.worker import drive_from
from tocsin.kernel.instants import Instant
from tocsin.packs.reader import BUILT_IN
from tocsin.spine.clocks.models import Deadline
from tocsin.spine.incidents.models import Incident, Proposal
from tocsin.spine.journal.queries import entries, verify
from tocsin.spine.people.queries import posts_of
from tocsin.stages.communication.alerts.models import Alert
from tocsin.stages.readiness.plans.models import PlanVersion
from tocsin.stages.recovery.reviews.models import CorrectiveAction, Review
from tocsin.stages.reduction.signals.models import Signal
from tocsin.stages.response.command.models import OrderReceipt, Task

ARCHIVE = next((BUILT_IN / "cn/shenzhen/archive").glob("*.tar.xz"))
FROM, TO = "2026-06-14T07:00", "2026-06-18T06:00"

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture(scope="class")
def line(committed):
    """The desk after the run; everything below only reads."""
    since, until = bounds(ARCHIVE, "cn/shenzhen", FROM, TO)
    settle_empty("cn/shenzhen", seats=True, at=since)
    row = begin(ARCHIVE, since, until, 100_000, scripted=True)
    drive_from(row).to(Instant(row.ends))


def one(kind, **facts):
    found = [
        e for e in entries(kinds=[kind], limit=1000) if all(e.facts.get(k) == v for k, v in facts.items())
    ]
    return found[0]


@pytest.mark.usefixtures("line")
class TestTheLine:
    def test_no_flow_stumbled_and_the_script_was_never_refused(self):
        assert [e.facts for e in entries(kinds=["flow.stumbled", "script.refused"])] == []

    def test_1_signals_arrive_typed_with_their_source_kept_whole(self):
        red = Signal.objects.filter(kind="rainstorm", level=4).first()
        assert red.areas and red.text and red.file
        assert Signal.objects.filter(action="cancel").exists()

    def test_3_a_proposal_has_reasons_rule_and_source_and_is_signed_by_a_marked_script(self):
        proposal = Proposal.objects.filter(kind="open_incident").first()
        assert (proposal.state, bool(proposal.reasons[0]["zh"]), bool(proposal.source)) == (
            "signed",
            True,
            True,
        )
        assert one("proposal.signed").actor_kind == "script"

    def test_4_the_plan_starts_whole(self):
        incident = Incident.objects.order_by("opened_at").first()
        tasks = Task.objects.filter(incident_id=incident.id)
        assert tasks.count() >= 10
        assert all(task.due_at for task in tasks)
        assert OrderReceipt.objects.filter(order__incident_id=incident.id).count() >= 10
        assert Deadline.objects.filter(incident_id=incident.id, rule__startswith="CN-").exists()

    def test_4_what_is_unanswered_climbs_the_roster_visibly(self):
        climbed = [
            e.facts["to"]
            for e in entries(kinds=["clock.escalated"], limit=1000)
            if e.facts["owner"] == "district-440390"
        ]
        assert climbed[:3] == ["duty-officer", "deputy-commander", "commander"]

    def test_5_a_weather_signal_is_relayed_in_its_issuers_name_and_the_citys_own_is_the_citys(self):
        relayed = Alert.objects.filter(kind="relay", identifier__isnull=False).first()
        own = Alert.objects.filter(kind="own", identifier__isnull=False).first()
        assert (relayed.sender_name["zh"], own.sender_name["zh"]) == ("深圳市气象台", "深圳市")

    def test_5_nobody_approved_their_own_words(self):
        published = Alert.objects.filter(identifier__isnull=False)
        assert [a.id for a in published if a.approved_by in {a.drafted_by, a.edited_by, a.submitted_by}] == []

    def test_5_the_citys_alert_is_updated_and_cancelled_with_its_references(self):
        kinds = set(
            Alert.objects.filter(kind="own", identifier__isnull=False).values_list("msg_type", flat=True)
        )
        assert {"Alert", "Cancel"} <= kinds
        cancel = Alert.objects.filter(kind="own", msg_type="Cancel").first()
        assert cancel.previous.identifier in cancel.cap_xml

    def test_5_a_replays_alerts_are_exercises(self):
        states = set(Alert.objects.filter(identifier__isnull=False).values_list("status", flat=True))
        assert states == {"Exercise"}

    def test_6_the_review_writes_itself_and_changes_a_line_of_the_plan(self):
        review = Review.objects.order_by("opened_at").first()
        assert review.drawn["clocks"] and review.drawn["timeline"]
        action = CorrectiveAction.objects.get(lesson__review=review)
        changed = PlanVersion.objects.get(id=action.plan_version)
        assert (changed.number, changed.state, action.state) == (2, "approved", "verified")
        assert (review.state, Incident.objects.get(id=review.incident_id).state) == ("closed", "closed")

    def test_6_the_journal_verifies(self):
        assert verify().ok

    def test_stand_ins_have_only_their_posts_rights(self):
        assert {len(posts_of(e.actor_id)) for e in entries(kinds=["task.done"], limit=50)} == {1}
