"""Families of kinds."""

import pytest

from tocsin.engine.gather.kinds import DEFAULT, FAMILIES, PERSONS, Kinds
from tocsin.kernel.errors import Malformed

ROAD = 1 << list(FAMILIES).index("road")


def test_a_kind_belongs_to_the_families_whose_words_it_holds():
    assert DEFAULT.of("Vehicle Accident") == ROAD
    assert DEFAULT.of("VEHICLE FIRE") & ROAD
    assert DEFAULT.of("VEHICLE FIRE") != ROAD
    assert DEFAULT.of("FALL VICTIM") == DEFAULT.persons
    assert DEFAULT.of("TRANSFERRED CALL") == 0


def test_without_persons_there_is_no_such_bit():
    assert Kinds({"fire": ("fire",)}).persons == 0
    assert Kinds({"fire": ("fire",), PERSONS: ("ill",)}).persons == 2


def test_families_have_a_bit_each():
    Kinds({str(at): () for at in range(60)})
    with pytest.raises(Malformed, match="61 families"):
        Kinds({str(at): () for at in range(61)})
