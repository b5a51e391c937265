import pytest

from tocsin.kernel.errors import NotFound
from tocsin.packs.facts import TABLE, Fact
from tocsin.packs.tables import Rows

DEATHS = Fact(id="deaths", name={"en": "deaths"})
ROWS = Rows("facts", {"deaths": DEATHS}, {"deaths": "small/facts.yaml:3"})


def test_rows_are_a_mapping_in_the_order_of_the_pack():
    two = Rows("facts", {"b": DEATHS, "a": DEATHS})
    assert (list(two), len(two), two["a"], two.get("c")) == (["b", "a"], 2, DEATHS, None)


def test_a_row_that_is_not_there_is_not_found_and_the_known_ones_are_named():
    assert ROWS.of("deaths") is DEATHS
    with pytest.raises(NotFound) as refused:
        ROWS.of("death")
    assert str(refused.value) == ("The pack's table “facts” has no “death”. Use one of its keys: deaths.")


def test_a_row_knows_where_it_is_written():
    assert (ROWS.where("deaths"), Rows("facts").where("deaths")) == (
        "small/facts.yaml:3",
        "facts.yaml",
    )


def test_a_table_finds_its_rows_by_its_own_key():
    assert TABLE.key_of(DEATHS) == "deaths"
