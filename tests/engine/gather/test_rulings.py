"""What persons said, and what follows from it."""

import pytest

from tocsin.engine.gather.rulings import Rulings, apart, together
from tocsin.kernel.errors import Malformed


def test_together_goes_on_by_way_of_others():
    said = Rulings([together("a", "b"), together("c", "b"), together("x", "y")])
    assert said.same("a", "c")
    assert not said.same("a", "x")
    assert said.others("a") == {"b", "c"}
    assert said.others("nobody") == set()


def test_apart_holds_for_all_that_is_together_with_either():
    said = Rulings([together("a", "b"), together("x", "y"), apart("b", "x")])
    assert said.split("a", "y")
    assert said.split("y", "a")
    assert not said.split("a", "z")


def test_the_last_word_on_a_pair_counts_and_can_be_taken_back():
    said = Rulings([together("a", "b", "Li", "one car")]).with_(apart("b", "a", "Wu"))
    assert [ruling.by for ruling in said] == ["Wu"]
    assert said.between("a", "b").same is False
    assert said.between("a", "c") is None
    assert list(said.without("a", "b")) == []


def test_a_circle_of_words_is_no_contradiction():
    assert Rulings([together("a", "b"), together("b", "c"), together("c", "a")]).others("a") == {"b", "c"}


@pytest.mark.parametrize(
    "given, code",
    [
        ([together("a", "a")], "gather.ruling"),
        ([together("a", "b"), together("b", "c"), apart("a", "c")], "gather.contradiction"),
    ],
)
def test_what_can_not_be_is_refused(given, code):
    with pytest.raises(Malformed) as caught:
        Rulings(given)
    assert caught.value.code == code
    assert caught.value.cure
