from enum import StrEnum

import pytest

from tocsin.kernel.errors import Illegal
from tocsin.kernel.moves import Life


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"


DOOR = Life(
    "door",
    {
        "shut": (frozenset({Door.OPEN}), Door.SHUT),
        "open": (frozenset({Door.SHUT}), Door.OPEN),
        "lock": (frozenset({Door.SHUT}), Door.LOCKED),
        "bar": (frozenset({Door.SHUT, Door.OPEN}), Door.LOCKED),
    },
)


def test_a_move_leads_where_the_table_says():
    assert DOOR.after(Door.SHUT, "lock") is Door.LOCKED


def test_the_moves_open_to_a_state_come_in_the_tables_order():
    assert DOOR.open_to(Door.SHUT) == ("open", "lock", "bar")
    assert DOOR.open_to(Door.LOCKED) == ()


def test_a_move_that_the_table_lacks_is_illegal_and_says_from_where_it_would_go():
    with pytest.raises(Illegal) as refused:
        DOOR.after(Door.LOCKED, "bar")
    assert refused.value.code == "door.bar"
    assert str(refused.value).startswith("This door is “locked”; “bar” is possible only from: open, shut.")
