import pytest

from tocsin.kernel.errors import NotFound
from tocsin.packs.check import inspect
from tocsin.packs.findings import Finding
from tocsin.packs.reader import available


def whats(shelf, name="small"):
    return [(finding.where, finding.what) for finding in inspect(name, shelf.folders)]


@pytest.mark.parametrize("name", available())
def test_nothing_is_wrong_with_the_packs_that_come_with_the_house(name):
    assert inspect(name) == []


def test_nothing_is_wrong_with_a_sound_pack(shelf):
    assert whats(shelf) == []


def test_a_pack_that_is_not_there_is_not_found(shelf):
    with pytest.raises(NotFound):
        inspect("nowhere", shelf.folders)


def test_an_empty_pack_lacks_its_language_its_patience_and_its_ladders(shelf):
    shelf.write("bare/pack.yaml", "name: {en: Bare}\npatience: {promptly: soon}\n")
    assert whats(shelf, "bare") == [
        ("bare/pack.yaml", "names no language"),
        ("bare/pack.yaml", "does not say after how long a duty “immediately” is late"),
        ("bare/pack.yaml", "does not say after how long a duty “promptly” is late"),
        ("bare/ladders.yaml", "the incident ladder has no names"),
        ("bare/ladders.yaml", "the warning ladder has no names"),
        ("bare/ladders.yaml", "the response ladder has no names"),
    ]


def test_what_can_not_be_read_is_told_before_what_does_not_fit(shelf):
    shelf.write(
        "small/groups.yaml",
        """\
        - {id: a, name: {en: A}, lead: {en: B}, does: {en: C}, source: " ", verified: text}
        - {id: b}
        """,
    )
    assert inspect("small", shelf.folders) == [
        Finding(
            "small/groups.yaml:2",
            "Object missing required field `name`",
            "Mend it: docs/reference/packs.md has the format.",
        ),
        Finding(
            "small/groups.yaml:1",
            "has no source",
            "Name the text and the article it stands in.",
        ),
    ]


def test_a_text_missing_in_one_language_is_found_where_it_is_missing(shelf):
    shelf.write("small/pack.yaml", "name: {en: S}\nlanguages: [en, pt]\nextends: base\n")
    shelf.write("base/pack.yaml", "name: {en: B}\npatience: {immediately: PT1H, promptly: P1D}\n")
    shelf.write("small/ladders.yaml", "")
    shelf.write(
        "small/kinds.yaml",
        "- {id: flood, name: {en: Flood, pt: ' '}, source: Act 1, verified: text, note: {pt: n}}\n",
    )
    assert whats(shelf)[3:] == [
        ("small/kinds.yaml:1", "name is missing in: pt"),
        ("small/kinds.yaml:1", "note is missing in: en"),
    ]


def test_a_kind_without_its_parent_or_with_itself_above_it_is_found(shelf):
    shelf.write(
        "small/kinds.yaml",
        """\
        - {id: a, name: {en: A}, parent: b, source: Act 1, verified: text}
        - {id: b, name: {en: B}, parent: a, source: Act 1, verified: text}
        - {id: c, name: {en: C}, parent: nobody, source: Act 1, verified: text}
        - {id: d, name: {en: D}, cap: Weather, source: Act 1, verified: text}
        """,
    )
    assert whats(shelf) == [
        ("small/kinds.yaml:1", "is its own ancestor"),
        ("small/kinds.yaml:2", "is its own ancestor"),
        ("small/kinds.yaml:3", "its parent “nobody” is not in this pack"),
        ("small/kinds.yaml:4", "“Weather” is no category of CAP 1.2"),
    ]


RULE = "source: Act 1, verified: text"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("gradings", "limbs: [{id: l, step: MAJOR, when: [{counts: [deaths]}]}], kinds: [meteor]"),
        ("responses", "limbs: [{id: l, step: I, when: [{counts: [deaths]}]}], kinds: [meteor]"),
        ("warnings", "kind: meteor, plain: {en: p}"),
        (
            "clocks",
            "starts: by-hand, within: PT1H, by: {en: b}, to: {en: t}, does: {en: d}, kinds: [meteor]",
        ),
        ("publishing", "product: facts, mode: withhold, publisher: {en: p}, kinds: [meteor]"),
        ("disclosure", "ladder: warning, at_once: BLUE, stepless: PT1H, kinds: [flood, meteor]"),
    ],
)
def test_a_rule_for_a_kind_that_the_pack_does_not_have_is_found(shelf, table, row):
    shelf.write("small/facts.yaml", "- {id: deaths, name: {en: deaths}}\n")
    shelf.write(f"small/{table}.yaml", f"- {{id: x, name: {{en: X}}, {RULE}, {row}}}\n")
    assert whats(shelf) == [(f"small/{table}.yaml:1", "its kind “meteor” is not in this pack")]


def test_a_table_with_a_gap_is_found_in_grades_and_in_responses(shelf):
    scale = "scales: [{id: s, counts: [deaths], bands: {%s: {from: 1, below: 9}}}]"
    shelf.write("small/facts.yaml", "- {id: deaths, name: {en: deaths}}\n")
    for table, step in (("gradings", "LARGER"), ("responses", "IV")):
        row = f"- {{id: x, name: {{en: X}}, {RULE}, kinds: [flood], {scale % step}}}\n"
        shelf.write(f"small/{table}.yaml", row)
    assert whats(shelf) == [
        ("small/gradings.yaml:1 (s)", "LARGER ends at 9 with nothing above it"),
        ("small/responses.yaml:1 (s)", "IV ends at 9 with nothing above it"),
    ]


def test_a_clock_that_ends_but_never_repeats_is_found(shelf):
    shelf.write(
        "small/clocks.yaml",
        f"- {{id: c, name: {{en: C}}, {RULE}, starts: by-hand, within: PT1H, until: response.ended,"
        " by: {en: b}, to: {en: t}, does: {en: d}}\n",
    )
    assert whats(shelf) == [("small/clocks.yaml:1", "says until when it repeats, but not how often")]


def test_a_signal_that_means_nothing_is_found(shelf):
    shelf.write("small/warnings.yaml", f"- {{id: s, name: {{en: S}}, {RULE}, kind: flood}}\n")
    assert whats(shelf) == [("small/warnings.yaml:1", "has neither levels nor a plain meaning")]


def test_a_publication_that_need_state_nothing_is_found_unless_it_is_withheld(shelf):
    row = "- {{id: {0}, name: {{en: P}}, " + RULE + ", product: facts, mode: {0}, publisher: {{en: p}}}}"
    shelf.write("small/publishing.yaml", "\n".join(map(row.format, ("own", "relay", "withhold"))))
    what = "does not say what the published text must state"
    assert whats(shelf) == [("small/publishing.yaml:1", what), ("small/publishing.yaml:2", what)]


def test_a_post_below_a_post_that_is_not_there_is_found(shelf):
    shelf.write(
        "small/organisations.yaml",
        """\
        - id: desk
          name: {en: Desk}
          parent: ministry
          area: "990000"
          posts:
            - {id: chief, name: {en: Chief}, role: commander}
            - {id: clerk, name: {en: Clerk}, role: duty_officer, above: chief, area: "990001"}
            - {id: guard, name: {en: Guard}, role: liaison, above: captain}
        """,
    )
    where = "small/organisations.yaml:1"
    assert whats(shelf) == [
        (where, "its parent “ministry” is not in this pack"),
        (where, "its post above “captain” is not in this pack"),
        (where, "its area “990000” is not in this pack"),
        (where, "its area “990001” is not in this pack"),
    ]


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe\xfd"])
def test_a_plan_that_can_not_be_read_is_found(shelf, content):
    shelf.write("small/plans/flood.md", "# Flood")
    (shelf.root / "small/plans/storm.md").write_bytes(content)
    assert whats(shelf) == [("plans/storm.md", "can't be read as text")]
