from tocsin.packs.clocks import ClockRule, Event
from tocsin.packs.rows import Verified
from tocsin.packs.texts import texts
from tocsin.packs.warnings import Criterion, Signal


def test_every_text_of_a_row_is_found_wherever_it_stands():
    signal = Signal(
        id="flood",
        name={"en": "Flood"},
        kind="flood",
        source="Act 1",
        verified=Verified.TEXT,
        levels={"RED": Criterion(text={"en": "Danger to life"})},
    )
    assert [*texts(signal)] == [
        ("name", {"en": "Flood"}),
        ("levels.RED.text", {"en": "Danger to life"}),
    ]


def test_a_text_that_must_be_there_is_told_even_where_it_is_empty():
    rule = ClockRule(
        id="c",
        name={},
        starts=Event.BY_HAND,
        within="PT1H",
        by={"en": "a"},
        to={},
        does={"en": "d"},
        source="Act 1",
        verified=Verified.TEXT,
    )
    assert [*texts(rule)] == [
        ("name", {}),
        ("by", {"en": "a"}),
        ("to", {}),
        ("does", {"en": "d"}),
    ]


def test_a_list_tells_which_of_its_rows_the_text_stands_in():
    assert [*texts((1, Criterion(text={"en": "x"})), "levels")] == [("levels[2].text", {"en": "x"})]
