from datetime import UTC, datetime

import pytest

from tocsin.kernel.actors import Act, Actor, ActorKind, machine, require_word
from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant

NOON = Instant(datetime(2026, 6, 16, 4, 0, tzinfo=UTC))


def test_the_machine_is_named_by_the_part_that_acts():
    assert machine("statutory") == Actor(ActorKind.MACHINE, "statutory", "statutory")


def test_an_act_with_a_word_of_why_is_let_through():
    assert require_word(Act(machine("desk"), NOON, "the gauge was wrong")) is None


@pytest.mark.parametrize("word", ["", "  \n"])
def test_an_act_that_must_be_explained_and_is_not_is_refused(word):
    with pytest.raises(Malformed) as refused:
        require_word(Act(machine("desk"), NOON, word))
    assert refused.value.code == "word.missing"
