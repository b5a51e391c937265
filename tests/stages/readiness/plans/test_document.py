"""A plan is read whole, or every reason why it can't be is told with its line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.errors import Malformed
from tocsin.kernel.ladders import ResponseLevel
from tocsin.packs.reader import load
from tocsin.stages.readiness.plans.document import LONGEST, MessageKind, parse

HEAD = "```tocsin plan\n{code: a, title: {en: A}, hazards: [x], incident: x, language: en}\n```\n"
TASK = "{id: a, title: {en: Do}, from: IV, owner: b, within: PT1H}"
PIECES = st.sampled_from(
    [
        HEAD,
        "```tocsin tasks\n",
        "```\n",
        f"- {TASK}\n",
        "- &a [*a]\n",
        "{}\n",
        "```tocsin clocks\n",
        "- CN-1\n",
        "```tocsin review\n",
        "within: P\n",
        "within: P9D\n",
        "? [a, b]: c\n",
        "- !!python/object:x {}\n",
        "2026-02-31\n",
        "- ''\n",
        "---\n",
        "\ttab: 1\n",
    ]
)


def faults(text):
    """The lines and words of all that is wrong with a text."""
    with pytest.raises(Malformed) as refused:
        parse(text)
    return [(fault["line"], fault["what"]) for fault in refused.value.data["faults"]]


class TestReading:
    def test_a_plan_that_says_almost_nothing(self):
        document = parse(HEAD)
        assert (document.head.code, document.tasks, document.text) == ("a", (), HEAD)

    def test_blocks_of_one_name_add_up(self):
        again = TASK.replace("id: a", "id: b")
        document = parse(f"{HEAD}```tocsin tasks\n- {TASK}\n```\nwords\n```tocsin tasks\n- {again}\n```")
        assert [task.id for task in document.tasks] == ["a", "b"]

    def test_every_row_knows_its_line(self):
        document = parse(f"{HEAD}```tocsin tasks\n- {TASK}\n```\n```tocsin clocks\n- C-1\n```")
        assert document.lines == {"plan": 2, "tasks/a": 5, "clocks/C-1": 8}

    @given(st.integers(0, 40))
    def test_the_lines_go_down_with_the_prose_above(self, above):
        document = parse("words\n" * above + HEAD)
        assert document.lines == {"plan": above + 2}

    def test_line_ends_of_another_system(self):
        assert parse(HEAD.replace("\n", "\r\n")) == parse(HEAD)

    @pytest.mark.parametrize("pack", ["cn/shenzhen", "avalon"])
    def test_the_plans_of_the_packs(self, pack):
        for path in load(pack).plans:
            document = parse(path.read_text(encoding="utf-8"))
            assert {row.id.level for row in document.levels} == set(ResponseLevel)
            assert document.head.code == path.stem


class TestLevels:
    def test_what_starts_at_a_level_runs_at_all_graver_ones(self, flood):
        document = parse(flood)
        running = {
            level.name: [task.id for task in document.tasks if task.runs_at(level)] for level in ResponseLevel
        }
        assert running == {
            "IV": ["low-road", "gauge"],
            "III": ["low-road", "gauge", "shelter"],
            "II": ["low-road", "gauge", "shelter", "fetch"],
            "I": ["low-road", "gauge", "shelter", "fetch", "neighbours"],
        }

    def test_the_gravest_draft_that_a_level_reaches(self):
        path = next(path for path in load("cn/shenzhen").plans if path.stem == "flood-and-typhoon")
        document = parse(path.read_text(encoding="utf-8"))
        used = [document.message(MessageKind.ALERT, level).id for level in ResponseLevel]
        assert used == ["alert-care", "alert-care", "alert-shelter", "alert-shelter"]

    def test_what_the_plan_says_of_a_level(self, flood):
        row = parse(flood).level(ResponseLevel.II)
        assert (row.by, row.matter["en"]) == ("commander", "Flooding of the lower town")

    def test_a_level_that_the_plan_does_not_have(self):
        with pytest.raises(Malformed):
            parse(HEAD).level(ResponseLevel.I)

    def test_no_draft_is_none(self):
        assert parse(HEAD).message(MessageKind.ALERT, ResponseLevel.I) is None


class TestFaults:
    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", [(1, "there is no block “plan”")]),
            (HEAD + HEAD, [(4, "the block “plan” stands twice")]),
            (HEAD + "```tocsin tasks\n```", [(5, "the block “tasks” is empty")]),
            (HEAD + "```tocsin tasks\n- {}", [(4, "the block “tasks” is not closed")]),
            (HEAD + "```tocsin tasks\n{}\n```", [(5, "is not a list of rows")]),
            (HEAD + "```tocsin clocks\n- {}\n```", [(5, "the block “clocks” is no list of ids")]),
            (HEAD + "```tocsin clocks\n- [\n```", [(5, "the block “clocks” is no list of ids")]),
            (HEAD + "```tocsin clocks\n- 2026-02-31\n```", [(5, "the block “clocks” is no list of ids")]),
            (HEAD + " ```tocsin tasks\n", [(4, "this looks like a block, and would be read by people only")]),
            (HEAD + "~~~Tocsin tasks\n", [(4, "this looks like a block, and would be read by people only")]),
            (HEAD + "```tocsin tasks\n- *a\n```", [(5, "a plan has no anchors and aliases (& and *)")]),
            (HEAD + "\n\x00", [(5, "there is a character that is no text")]),
            ("\n\ud800", [(2, "there is a character that is no text")]),
            ("x" * (LONGEST + 1), [(1, f"the plan is longer than {LONGEST} characters")]),
        ],
    )
    def test_each_is_told_with_its_line(self, text, told):
        assert faults(text) == told

    def test_an_unknown_block_tells_the_known_ones(self):
        assert faults(HEAD + "```tocsin jobs\n```")[0] == (4, "there is no block “jobs”")

    @pytest.mark.parametrize(
        ("row", "word"),
        [
            (TASK.replace("PT1H", "soon"), "duration"),
            (TASK.replace("IV", "V"), "V"),
            (TASK.replace("owner: b, ", ""), "owner"),
            (TASK.replace("owner: b", "owner: b, owners: c"), "owners"),
            (TASK.replace("owner: b", "owner: b, owner: c"), "twice"),
        ],
    )
    def test_a_row_that_is_no_task(self, row, word):
        [(line, what)] = faults(f"{HEAD}```tocsin tasks\n- {row}\n```")
        assert (line, word in what) == (5, True)

    def test_all_of_them_at_once_in_the_order_of_their_lines(self):
        rows = f"- {TASK.replace('IV', 'V')}\n- {TASK.replace('PT1H', 'PT')}\n"
        lines = [line for line, _ in faults(f"{HEAD}```tocsin tasks\n{rows}```\n```tocsin jobs\n```")]
        assert lines == [5, 6, 8]

    def test_a_pace_that_is_no_duration(self):
        block = "```tocsin reports\n{to: {en: Up}, follow_up: {IV: daily}}\n```"
        assert [line for line, _ in faults(HEAD + block)] == [5]

    @pytest.mark.parametrize("quantity", [".nan", ".inf", "0", "-3"])
    def test_a_quantity_that_is_none(self, quantity):
        row = f"{{id: a, what: {{en: a}}, quantity: {quantity}, unit: {{en: a}}, from: IV}}"
        assert [line for line, _ in faults(f"{HEAD}```tocsin resources\n- {row}\n```")] == [5]

    def test_a_quantity(self):
        row = "{id: a, what: {en: a}, quantity: 2.5, unit: {en: t}, from: IV}"
        document = parse(f"{HEAD}```tocsin resources\n- {row}\n```")
        assert document.resources[0].quantity == Decimal("2.5")


class TestWhateverIsTyped:
    @given(st.text())
    def test_any_text(self, text):
        self.read(text)

    @given(st.lists(PIECES, max_size=12).map("".join))
    def test_any_pile_of_pieces(self, text):
        self.read(text)

    @given(st.sampled_from(["tasks", "plan", "clocks", "review", "resources"]), st.text())
    def test_any_block(self, name, text):
        self.read(f"{HEAD}```tocsin {name}\n{text}\n```")

    @given(st.data())
    def test_a_plan_with_a_piece_cut_out(self, flood, data):
        at = data.draw(st.integers(0, len(flood)))
        self.read(flood[:at] + flood[at + data.draw(st.integers(1, 40)) :])

    def read(self, text):
        """It is read, or refused as `Malformed` with at least one fault on a line that is there."""
        try:
            document = parse(text)
        except Malformed as refused:
            lines = text.replace("\r\n", "\n").count("\n") + 2
            assert [f for f in refused.data["faults"] if not 1 <= f["line"] <= lines] == []
        else:
            assert document.text == text.replace("\r\n", "\n")
