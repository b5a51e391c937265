"""What two versions of a plan do differently."""

from tocsin.stages.readiness.plans.difference import Field, difference
from tocsin.stages.readiness.plans.document import parse

TASK = "- {id: gauge, from: IV, owner: duty-officer, within: PT30M"


def changed(flood, *pairs):
    text = flood
    for before, after in pairs:
        assert text.count(before) == 1
        text = text.replace(before, after)
    return difference(parse(flood), parse(text))


def test_the_same_text_has_no_difference(flood):
    same = difference(parse(flood), parse(flood))
    assert (same.added, same.removed, same.changed, same.fields, same.lines) == ((), (), (), (), ())


def test_one_field_of_one_row(flood):
    told = changed(flood, (TASK, TASK.replace("PT30M", "PT15M")))
    assert told.changed == ("tasks/gauge",)
    assert told.fields == (Field("tasks/gauge", "within", "PT30M", "PT15M"),)
    assert [line[0] for line in told.lines if "gauge" in line] == ["-", "+"]


def test_rows_that_came_and_went(flood):
    told = changed(flood, ("{id: gauge,", "{id: weir,"), ("- AV-4\n", ""))
    assert (told.added, told.removed, told.changed) == (("tasks/weir",), ("tasks/gauge", "clocks/AV-4"), ())


def test_a_field_that_was_not_there(flood):
    told = changed(flood, ("warning: YELLOW", "warning: YELLOW, places: 3"), ("within: P14D", "within: P7D"))
    assert told.fields == (
        Field("review", "within", "P14D", "P7D"),
        Field("triggers/river-watch", "places", 1, 3),
    )


def test_a_block_that_came(flood):
    start = flood.index("```tocsin review")
    without = flood[:start] + flood[flood.index("```\n", start) + 4 :]
    assert difference(parse(without), parse(flood)).added == ("review",)


def test_words_alone(flood):
    told = changed(flood, ("about three hours", "about two hours"))
    assert (told.changed, [line[0] for line in told.lines if "hours" in line]) == ((), ["-", "+"])
