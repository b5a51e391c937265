"""When a source counts as silent."""

from datetime import timedelta

import pytest
from samples import START

from tocsin.packs.feeds import Silence
from tocsin.stages.reduction.signals.silence import Silent, silent

RULE = Silence(unanswered="PT60M", in_force="PT3H", ever="PT24H")


@pytest.mark.parametrize(
    ("hours", "in_force", "newer", "found"),
    [
        (0.9, True, [0], None),
        (1, True, [0], (1, "unanswered")),
        (1.5, False, [0.75], None),
        (1.75, False, [1.5, 0.75], (1.75, "unanswered")),
        (2.9, True, [], None),
        (3, True, [], (3, "in_force")),
        (23.9, False, [], None),
        (24, False, [], (24, "ever")),
        (30, True, [0], (1, "unanswered")),
    ],
)
def test_the_rule_that_held_first_is_named(hours, in_force, newer, found):
    def at(count):
        return START + timedelta(hours=count)

    told = silent(RULE, now=at(hours), last=START, in_force=in_force, newer=[at(count) for count in newer])
    assert told == (found and Silent(at(found[0]), found[1]))


def test_a_feed_without_rules_is_never_silent():
    now = START + timedelta(days=99)
    assert silent(Silence(), now=now, last=START, in_force=True, newer=[START]) is None
