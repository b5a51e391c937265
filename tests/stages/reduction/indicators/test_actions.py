"""Indicators from definition to verdict, and whether real crises are found by them."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from stages.reduction.indicators.counts import MONDAY, calm, counts_elsewhere, midnight_of, noon_of, table
from tocsin.kernel.errors import Forbidden, Illegal, Malformed, NotFound
from tocsin.spine.journal.models import Entry
from tocsin.stages.reduction.indicators import actions, queries
from tocsin.stages.reduction.indicators.enums import FindingState, IndicatorState, Rhythm
from tocsin.stages.reduction.indicators.judging import sights
from tocsin.stages.reduction.indicators.models import Finding, Indicator, Point
from tocsin.stages.reduction.signals import actions as signals
from tocsin.stages.reduction.signals.enums import Action

HERE = Path(__file__).parent


def looked(desk, day):
    return actions.look(act=desk.act("machine", at=noon_of(day)))


def defined(desk, **change):
    wanted = {
        "name": {"en": "Rain"},
        "kind": "rainstorm",
        "counted": ["rainstorm"],
        "rhythm": Rhythm.DAY,
        "alarms": 1.0,
    }
    return actions.define(act=desk.act("duty_officer", at=noon_of(MONDAY)), **(wanted | change))


def said(desk, day, area="440307", action=Action.ISSUE, title="x"):
    at = noon_of(day)
    return signals.record(
        act=desk.act("duty_officer", at=at), kind="rainstorm", action=action, areas=[area], title=title
    )


class TestDefining:
    def test_it_is_filled_from_what_came_in(self, shenzhen):
        for back in (3, 3, 1):
            said(shenzhen, MONDAY - timedelta(back), title=f"{back}{Point.objects.count()}")
        said(shenzhen, MONDAY - timedelta(1), action=Action.CANCEL, title="over")
        said(shenzhen, MONDAY - timedelta(3), area="440303", title="elsewhere")
        whole, one, each = defined(shenzhen), defined(shenzhen, area="440307"), defined(shenzhen, each=True)
        until = MONDAY - timedelta(1)
        counts = [[p.count for p in queries.points_of(row, until)[row.area]] for row in (whole, one)]
        assert counts == [[2, 0, 1], [1, 0, 1]]
        districts = queries.points_of(each, until)
        assert [p.count for p in districts["440303"]] == [1, 0, 0]
        assert [p.count for p in districts[""]] == [2, 0, 1]
        assert len(districts) == 12

    def test_it_is_in_the_journal_whole(self, shenzhen):
        row = defined(shenzhen)
        entry = Entry.objects.get(kind="indicator.defined")
        assert entry.facts["indicator"] == str(row.id)
        assert (entry.facts["alarms"], entry.facts["rhythm"]) == (1.0, "day")

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"name": {"en": ""}}, "indicator.name"),
            ({"kind": "witches"}, "indicator.kind"),
            ({"counted": ["witches"]}, "indicator.kind"),
            ({"area": "atlantis"}, "indicator.area"),
            ({"alarms": 0.0}, "indicator.alarms"),
            ({"alarms": 1e9}, "indicator.alarms"),
            ({"alarms": float("nan")}, "indicator.alarms"),
        ],
    )
    def test_what_can_not_be_is_refused_with_its_field(self, shenzhen, change, code):
        with pytest.raises(Malformed) as refusal:
            defined(shenzhen, **change)
        assert refusal.value.code == code
        assert Indicator.objects.count() == 0

    def test_only_who_may(self, shenzhen):
        with pytest.raises(Forbidden):
            actions.define(
                act=shenzhen.act("auditor"),
                name={"en": "x"},
                kind="rainstorm",
                counted=[],
                rhythm=Rhythm.DAY,
                alarms=1.0,
            )

    def test_its_life(self, shenzhen):
        row, act = defined(shenzhen), shenzhen.act("duty_officer")
        assert actions.move(act=act, indicator=row, move="pause").state == IndicatorState.PAUSED
        assert looked(shenzhen, MONDAY) == []
        assert actions.move(act=act, indicator=row, move="resume").state == IndicatorState.WATCHED
        assert queries.indicators() == [row]
        actions.move(act=act, indicator=row, move="retire")
        assert queries.indicators() == []
        assert queries.indicators(state=IndicatorState.RETIRED) == [row]
        with pytest.raises(Illegal):
            actions.move(act=act, indicator=row, move="resume")

    def test_pages_and_what_is_not_there(self, shenzhen):
        rows = [defined(shenzhen) for _ in range(3)]
        assert queries.indicators(limit=2) == [rows[2], rows[1]]
        assert queries.indicators(before=rows[1].id) == [rows[0]]
        for ask in (queries.indicator, queries.finding):
            with pytest.raises(NotFound):
                ask(shenzhen.act("auditor").by and rows[0].id if ask is queries.finding else _nobody())


def _nobody():
    from tocsin.kernel.ids import uuid7

    return uuid7()


class TestCountsFromElsewhere:
    def test_later_counts_take_the_place_of_earlier_ones(self, shenzhen):
        row, act = counts_elsewhere(shenzhen), shenzhen.act("duty_officer")
        assert actions.count_in(act=act, indicator=row, counts=table([1, 2, 3])) == 3
        actions.count_in(act=act, indicator=row, counts=table([9]))
        assert [p.count for p in queries.points_of(row, MONDAY)[""]] == [1, 2, 9]

    def test_several_series_are_looked_at_together_too(self, shenzhen):
        row, act = counts_elsewhere(shenzhen), shenzhen.act("duty_officer")
        for name, more in (("a", 1), ("b", 2)):
            actions.count_in(act=act, indicator=row, counts=table([more] * 9, series=name))
        shard = queries.judged(row, noon_of(MONDAY)).watch.shard
        assert (shard.names, shard.counts[2].tolist()) == (("a", "b", ""), [3] * 9)

    def test_an_outbreak_spread_over_many_series_is_found_in_all_together(self, shenzhen):
        row, act = counts_elsewhere(shenzhen), shenzhen.act("duty_officer")
        for name in "abcdefghi":
            counts = calm(seed=ord(name), mean=5)
            counts[-1] += 5
            actions.count_in(act=act, indicator=row, counts=table(counts, series=name))
        assert {one.series for one in looked(shenzhen, MONDAY)} == {""}

    def test_what_is_plain_in_one_is_not_said_again_of_all(self, shenzhen):
        row, act = counts_elsewhere(shenzhen), shenzhen.act("duty_officer")
        for name in "ab":
            counts = calm(seed=ord(name))
            counts[-1] += 60 * (name == "a")
            actions.count_in(act=act, indicator=row, counts=table(counts, series=name))
        assert {one.series for one in looked(shenzhen, MONDAY)} == {"a"}

    def test_an_indicator_that_counts_signals_takes_none(self, shenzhen):
        with pytest.raises(Illegal):
            actions.count_in(act=shenzhen.act("duty_officer"), indicator=defined(shenzhen), counts=table([1]))

    @pytest.mark.parametrize("count", [-1, 10**9])
    def test_what_is_no_count_is_refused_and_nothing_is_kept(self, shenzhen, count):
        with pytest.raises(Malformed):
            actions.count_in(
                act=shenzhen.act("duty_officer"),
                indicator=counts_elsewhere(shenzhen),
                counts=table([1, count]),
            )
        assert Point.objects.count() == 0


class TestLooking:
    def filled(self, desk, counts, **how):
        row = counts_elsewhere(desk, **how)
        actions.count_in(act=desk.act("duty_officer"), indicator=row, counts=table(counts))
        return row

    def test_a_calm_count_finds_nothing(self, shenzhen):
        row = self.filled(shenzhen, calm(), alarms=0.01)
        assert looked(shenzhen, MONDAY) == []
        row.refresh_from_db()
        assert row.judged_until == midnight_of(MONDAY - timedelta(1))

    def test_a_jump_is_found_once_with_what_it_means(self, shenzhen):
        counts = calm()
        counts[-1] = 60
        row = self.filled(shenzhen, counts)
        (finding,) = looked(shenzhen, MONDAY)
        assert (finding.day, finding.count, finding.verdict) == (
            midnight_of(MONDAY - timedelta(1)),
            60,
            "alarm",
        )
        assert finding.low < finding.expected < finding.high < finding.count
        assert "above" in finding.reasons
        assert finding.every > 2
        assert looked(shenzhen, MONDAY) == []
        entry = Entry.objects.get(kind="indicator.found")
        assert (entry.facts["finding"], entry.facts["latest"]) == (str(finding.id), True)
        assert queries.findings(indicator=row.id) == [finding]

    def test_what_goes_on_is_one_finding(self, shenzhen):
        counts = calm(122)
        counts[-3:] = 60
        row = counts_elsewhere(shenzhen)
        act = shenzhen.act("duty_officer")
        for day in range(3):
            kept = counts[: 120 + day]
            actions.count_in(act=act, indicator=row, counts=table(kept, last=MONDAY + timedelta(day - 1)))
            found = looked(shenzhen, MONDAY + timedelta(day))
            assert len(found) == (day == 0)
        finding = Finding.objects.get()
        assert (finding.last_day - finding.day).days == 2

    def test_what_could_be_seen_is_more_if_it_happens_once(self, shenzhen):
        row = self.filled(shenzhen, calm())
        result = queries.judged(row, noon_of(MONDAY))
        sight = sights(result, [0])[0]
        assert 4 < sight.lasting < sight.once < 30
        assert sights(queries.judged(counts_elsewhere(shenzhen), noon_of(MONDAY)), []) == {}

    def test_days_that_nobody_looked_at_are_made_up_for(self, shenzhen):
        counts = calm(130)
        counts[-6] = 70
        row = self.filled(shenzhen, counts)
        found = looked(shenzhen, MONDAY)
        assert midnight_of(MONDAY - timedelta(6)) in [one.day for one in found]
        assert Entry.objects.filter(kind="indicator.found").first().facts["latest"] is False
        assert [row_.id for row_ in queries.indicators()] == [row.id]

    def test_counts_that_are_mended_are_judged_again_and_found_once(self, shenzhen):
        row, act = self.filled(shenzhen, calm()), shenzhen.act("duty_officer")
        assert looked(shenzhen, MONDAY) == []
        actions.count_in(act=act, indicator=row, counts=table([60]))
        (finding,) = looked(shenzhen, MONDAY)
        actions.count_in(act=act, indicator=row, counts=table([13, 70]))
        assert looked(shenzhen, MONDAY) == []
        finding.refresh_from_db()
        assert (finding.count, finding.day) == (70, midnight_of(MONDAY - timedelta(1)))
        assert [e.facts["begun"] for e in Entry.objects.filter(kind="indicator.found")] == [True]

    def test_a_finding_of_the_past_is_not_shortened(self, shenzhen):
        counts = calm(122)
        counts[-3:] = 60
        row = self.filled(shenzhen, counts)
        looked(shenzhen, MONDAY)
        finding = Finding.objects.get(last_day=midnight_of(MONDAY - timedelta(1)))
        actions.count_in(act=shenzhen.act("duty_officer"), indicator=row, counts=table(counts))
        assert looked(shenzhen, MONDAY) == []
        assert Finding.objects.get(id=finding.id).last_day == midnight_of(MONDAY - timedelta(1))

    def test_an_alarm_that_turns_out_a_break_is_one(self, shenzhen):
        row, act = counts_elsewhere(shenzhen), shenzhen.act("duty_officer")
        actions.count_in(act=act, indicator=row, counts=table([*calm(mean=40)[:-1], 400], series="a"))
        (alarm,) = looked(shenzhen, MONDAY)
        for name in ("b", "c"):
            actions.count_in(act=act, indicator=row, counts=table([*calm(mean=40)[:-1], 400], series=name))
        looked(shenzhen, MONDAY)
        alarm.refresh_from_db()
        assert (alarm.verdict, alarm.reasons) == ("break", ["common_jump"])

    def test_nothing_put_in_changes_nothing(self, shenzhen):
        row = counts_elsewhere(shenzhen)
        assert actions.count_in(act=shenzhen.act("duty_officer"), indicator=row, counts=[]) == 0

    def test_signals_that_come_late_are_still_counted(self, shenzhen):
        row = defined(shenzhen)
        looked(shenzhen, MONDAY)
        signals.record(
            act=shenzhen.act("duty_officer", at=noon_of(MONDAY)),
            kind="rainstorm",
            action=Action.ISSUE,
            areas=["440307"],
            title="late",
            issued_at=noon_of(MONDAY - timedelta(1)),
        )
        looked(shenzhen, MONDAY + timedelta(1))
        assert [p.count for p in queries.points_of(row, MONDAY)[""]] == [1, 0]

    def test_only_the_machine_looks(self, shenzhen):
        with pytest.raises(Forbidden):
            actions.look(act=shenzhen.act("commander"))


class TestVerdicts:
    @pytest.fixture
    def finding(self, shenzhen):
        counts = calm()
        counts[-1] = 60
        actions.count_in(
            act=shenzhen.act("duty_officer"), indicator=counts_elsewhere(shenzhen), counts=table(counts)
        )
        return looked(shenzhen, MONDAY)[0]

    def test_confirmed_and_dismissed_are_the_measured_precision(self, shenzhen, finding):
        row = queries.indicators()
        assert queries.standings(row, noon_of(MONDAY))[0].precision is None
        assert queries.standings(row, noon_of(MONDAY))[0].open == 1
        settled = actions.confirm(act=shenzhen.act("liaison"), finding=finding)
        assert (settled.state, settled.settled_by) == (FindingState.CONFIRMED, "liaison")
        standing = queries.standings(row, noon_of(MONDAY))[0]
        assert (standing.precision, standing.open, standing.count) == (1.0, 0, 60)
        actions.dismiss(act=shenzhen.act("duty_officer", "a typing error"), finding=finding)
        assert queries.standings(row, noon_of(MONDAY))[0].precision == 0.0
        kinds = [entry.kind for entry in Entry.objects.order_by("seq")][-2:]
        assert kinds == ["indicator.confirmed", "indicator.dismissed"]
        assert queries.findings(indicator=row[0].id, state=FindingState.OPEN) == []
        assert queries.findings(indicator=row[0].id, before=finding.id) == []

    def test_dismissing_needs_a_word(self, shenzhen, finding):
        with pytest.raises(Malformed):
            actions.dismiss(act=shenzhen.act("duty_officer"), finding=finding)

    def test_twice_the_same_is_refused(self, shenzhen, finding):
        actions.confirm(act=shenzhen.act("liaison"), finding=finding)
        with pytest.raises(Illegal):
            actions.confirm(act=shenzhen.act("liaison"), finding=finding)

    def test_an_auditor_judges_nothing(self, shenzhen, finding):
        with pytest.raises(Forbidden):
            actions.confirm(act=shenzhen.act("auditor"), finding=finding)


class TestRealCounts:
    """Calls and cases as they were; the files name their sources."""

    def rows(self, name):
        with (HERE / name).open(encoding="utf-8") as file:
            return [
                (r["series"], date.fromisoformat(r["day"]), int(r["count"])) for r in csv.DictReader(file)
            ]

    def test_the_change_of_definition_in_hubei_is_a_break_and_no_outbreak(self, shenzhen):
        row = counts_elsewhere(shenzhen, day=date(2020, 2, 12))
        actions.count_in(act=shenzhen.act("duty_officer"), indicator=row, counts=self.rows("covid_hubei.csv"))
        looked(shenzhen, date(2020, 2, 13))
        day = midnight_of(date(2020, 2, 12))
        found = Finding.objects.filter(day__lte=day, last_day=day)
        assert {"Wuhan", "Jingzhou", "Ezhou", "Huanggang"} <= {one.series for one in found}
        assert {(one.verdict, tuple(one.reasons)) for one in found} == {("break", ("common_jump",))}

    def test_three_weeks_of_emergency_calls_are_too_few_and_it_says_so(self, shenzhen):
        rows = self.rows("calls_911.csv")
        last = max(day for _, day, _ in rows)
        row = counts_elsewhere(shenzhen, day=last + timedelta(1))
        actions.count_in(act=shenzhen.act("duty_officer"), indicator=row, counts=rows)
        result = queries.judged(row, noon_of(last + timedelta(1)))
        assert [(one.name, one.reason) for one in result.left] == [
            (name, "short") for name in ("EMS", "Fire", "Traffic", "")
        ]
        assert result.findings(None) == []
