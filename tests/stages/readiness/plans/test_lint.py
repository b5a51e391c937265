"""What the linter finds, each by one slip of the pen in a plan that is in order."""

import pytest
from django.utils import translation

from tocsin.packs.reader import load
from tocsin.stages.readiness.plans.document import parse
from tocsin.stages.readiness.plans.lint import lint

ALERT = '  headline: {en: "{level}: {hazard} in {areas}"}'
SLIPS = [
    ("## 6 Support", "## Support", "## 6", "chapter 6 is missing"),
    ("- AV-2", "- AV-1", "clocks/AV-1", "stands 2 times"),
    ("incident: river-flood", "incident: tide", "plan", "the pack knows no kind “tide”"),
    (
        "incident: river-flood",
        "incident: unrest",
        "plan",
        "nothing about “unrest” may be started by itself",
    ),
    ("warning: YELLOW, ", "", "triggers/river-watch", "names not exactly one of warning and grade"),
    (
        "warning: YELLOW",
        "warning: YELLOW, grade: MAJOR",
        "triggers/river-watch",
        "names not exactly one of warning and grade",
    ),
    ("warning: YELLOW", "warning: YELLOW, places: 0", "triggers/river-watch", "would fire without any place"),
    (
        "{id: river-watch, hazards: [river-flood, ocean-storm]",
        "{id: river-watch, hazards: [wildfire]",
        "triggers/river-watch",
        "is for a kind that the plan is not for",
    ),
    (
        "from: II, owner: fire-liaison, within",
        "from: III, owner: fire-liaison, within",
        "levels/II",
        "level II starts no task of its own",
    ),
    ("measures: [{en: The lower town is evacuated}]", "measures: []", "levels/II", "states no measure"),
    (
        "within: PT30M, title: {en: Read",
        "within: PT0S, title: {en: Read",
        "tasks/gauge",
        "within leaves no time",
    ),
    ("IV: PT24H, ", "", "reports", "does not say for each level how often to report"),
    ("owner: duty-officer, within", "owner: '', within", "tasks/gauge", "belongs to nobody"),
    ("owner: duty-officer, within", "owner: miller, within", "tasks/gauge", "there is no post “miller”"),
    ("owner: duty-officer, within", "owner: auditor, within", "tasks/gauge", "“auditor” may not do this"),
    ("{id: II, by: commander", "{id: II, by: press-officer", "levels/II", "“press-officer” may not do this"),
    ("lead: fire-liaison", "lead: nobody", "groups/rescue", "there is no post “nobody”"),
    (
        "to: [fire-liaison, medical-liaison], acknowledge: PT10M",
        "to: [], acknowledge: PT10M",
        "orders/evacuate",
        "goes to nobody",
    ),
    (
        "to: [fire-liaison, medical-liaison], acknowledge: PT10M",
        "to: [administrator], acknowledge: PT10M",
        "orders/evacuate",
        "nobody stands above “administrator”, so its silence climbs nowhere",
    ),
    ("- AV-4", "- AV-9", "clocks/AV-9", "the pack has no clock “AV-9”"),
    ("{en: Boats}", "{en: ''}", "resources/boats", "what is not told in en"),
    ("{en: The low road is closed}", "{en: ' '}", "levels/III", "measures[1] is not told in en"),
    ("source: Avalon Civil Protection Act § 15 (invented)", "source: ''", "review", "has no source"),
    (ALERT, ALERT.replace("hazard", "danger"), "messages/alert", "“danger” in braces stands for nothing"),
    (ALERT, ALERT.replace("{hazard}", "{hazard"), "messages/alert", "“{}” in braces stands for nothing"),
    (
        "The event has been graded severe or worse.",
        "'{areas}'",
        "triggers/disaster",
        "“areas” in braces stands for nothing",
    ),
    (
        "kind: bulletin\n  from: IV",
        "kind: bulletin\n  from: III",
        "messages",
        "there is no bulletin at level IV",
    ),
]


def found(text, pack):
    return [(finding.where, finding.what) for finding in lint(parse(text), pack)]


@pytest.mark.parametrize("name", ["cn/shenzhen", "avalon"])
def test_the_plans_of_the_packs_are_in_order(name):
    pack = load(name)
    assert [found(path.read_text(encoding="utf-8"), pack) for path in pack.plans] == [[] for _ in pack.plans]


@pytest.mark.parametrize(("as_it_is", "slip", "where", "what"), SLIPS)
def test_a_slip_is_found(flood, avalon, as_it_is, slip, where, what):
    assert flood.count(as_it_is) >= 1
    told = found(flood.replace(as_it_is, slip, 1), avalon)
    assert [True for place, words in told if where == place and what in (words, None)] != []


def test_a_finding_knows_its_line_and_says_how_to_mend_it(flood, avalon):
    text = flood.replace("owner: duty-officer, within", "owner: miller, within")
    [finding] = lint(parse(text), avalon)
    assert (finding.what, finding.cure) == (
        "there is no post “miller”",
        "Use a post of the pack's organisations.yaml.",
    )
    assert "- {id: gauge" in text.split("\n")[finding.line - 1]


def test_it_is_said_in_the_reader_s_language(flood, avalon):
    [finding] = lint(parse(flood.replace("## 6 Support", "## Support")), avalon)
    said = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said.append(finding.what)
    assert said == ["chapter 6 is missing", "缺少第6章"]


def test_one_id_in_two_blocks(flood, avalon):
    row = "{id: gauge, from: IV, owner: fire-liaison, within: PT1H, title: {en: Twice}}"
    text = flood + f"\n```tocsin tasks\n- {row}\n```\n"
    assert found(text, avalon) == [("tasks/gauge", "stands 2 times")]


@pytest.mark.parametrize("block", ["levels", "triggers", "reports", "review", "messages"])
def test_a_block_that_is_not_there(flood, avalon, block):
    start = flood.index(f"```tocsin {block}")
    text = flood[:start] + flood[flood.index("```\n", start) + 4 :]
    assert [where for where, _ in found(text, avalon) if where.startswith(block)] != []


def test_a_level_that_a_trigger_proposes_must_be_there(flood, avalon):
    start = flood.index("- {id: II, by: commander")
    text = flood[:start] + flood[flood.index("- {id: I, by: commander") :]
    assert [what for _, what in found(text, avalon)] == [
        "proposes level II, which the plan lacks",
        "level II is missing",
        "does not say for each level how often to report",
    ]
