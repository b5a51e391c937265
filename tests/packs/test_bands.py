import pytest

from tocsin.packs.bands import check
from tocsin.packs.findings import Finding
from tocsin.packs.reader import load

FACTS = """
- {id: deaths, name: {en: deaths}}
- {id: loss, name: {en: loss}, unit: measure}
- {id: cut, name: {en: cut}, unit: truth}
"""


def findings(shelf, rest):
    shelf.write("small/facts.yaml", FACTS)
    shelf.write(
        "small/gradings.yaml",
        "- {id: t, name: {en: T}, kinds: [flood], source: Act 1, verified: text, " + rest + "}\n",
    )
    pack = load("small", shelf.folders)
    return [*check(pack.gradings["t"], pack.facts, "here")]


def scale(bands, counts="deaths"):
    return f"scales: [{{id: s, counts: [{counts}], bands: {{{bands}}}}}]"


def test_bands_that_meet_are_sound_in_whatever_order_they_are_written(shelf):
    rest = scale("MAJOR: {from: 10}, ORDINARY: {from: 0, below: 3}, LARGER: {from: 3, below: 10}")
    assert findings(shelf, rest) == []


def test_a_step_may_be_left_out(shelf):
    assert findings(shelf, scale("ORDINARY: {from: 1, below: 5}, MAJOR: {from: 5}")) == []


@pytest.mark.parametrize(
    ("bands", "what"),
    [
        (
            "ORDINARY: {from: 0, below: 3}, LARGER: {from: 4}",
            "a gap between ORDINARY (below 3) and LARGER (from 4)",
        ),
        (
            "ORDINARY: {from: 0, below: 5}, LARGER: {from: 4}",
            "an overlap between ORDINARY (below 5) and LARGER (from 4)",
        ),
        (
            "ORDINARY: {from: 0}, LARGER: {from: 4}",
            "an overlap between ORDINARY (below None) and LARGER (from 4)",
        ),
        (
            "ORDINARY: {from: 5, below: 7}, LARGER: {from: 5}",
            "LARGER begins at 5, not above ORDINARY at 5",
        ),
        ("ORDINARY: {from: 0, below: 9}", "ORDINARY ends at 9 with nothing above it"),
        (
            "ORDINARY: {from: 0, below: 1.5}, LARGER: {from: 1.5}",
            "counts “deaths” in whole numbers, but a band begins at a fraction",
        ),
    ],
)
def test_bands_that_do_not_meet_are_found(shelf, bands, what):
    [finding] = findings(shelf, scale(bands))
    assert (finding.where, finding.what) == ("here (s)", what)


def test_a_measure_may_begin_at_a_fraction(shelf):
    rest = scale("ORDINARY: {from: 0, below: 1.5}, LARGER: {from: 1.5}", counts="loss")
    assert findings(shelf, rest) == []


def test_a_fact_that_the_pack_does_not_know_is_found_once(shelf):
    rest = scale("ORDINARY: {from: 0}", counts="deaths, woe") + (
        ", limbs: [{id: l, step: MAJOR, when: [{counts: [woe]}, {counts: [cut]}]}]"
    )
    assert findings(shelf, rest) == [
        Finding("here", "counts “woe”, which is no fact", "Add it to facts.yaml.")
    ]


def test_a_truth_can_not_reach_two(shelf):
    [finding] = findings(shelf, "limbs: [{id: l, step: MAJOR, when: [{counts: [cut], from: 2}]}]")
    assert (finding.where, finding.what) == (
        "here (l)",
        "“cut” is true or false and can't reach 2",
    )


def test_two_parts_of_one_name_are_found(shelf):
    rest = scale("ORDINARY: {from: 0}") + ", limbs: [{id: s, step: MAJOR, when: [{counts: [cut]}]}]"
    assert [finding.what for finding in findings(shelf, rest)] == ["has two parts called “s”"]


def test_a_table_that_leads_nowhere_is_found(shelf):
    assert [finding.what for finding in findings(shelf, "called: {}")] == ["has neither scales nor limbs"]
