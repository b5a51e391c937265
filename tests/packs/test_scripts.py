"""A line of a script waits for what it says, and for nothing else."""

import pytest

from tocsin.packs.scripts import Deed, Line


def line(**where):
    return Line(id="x", name={"en": "x"}, hears="a.b", where=where, seat="s", after="PT1M", does=Deed.REPORT)


@pytest.mark.parametrize(
    ("where", "facts", "waits"),
    [
        ({}, {}, True),
        ({"kind": "own"}, {"kind": "own", "more": 1}, True),
        ({"kind": "own"}, {"kind": "relay"}, False),
        ({"kind": "own"}, {}, False),
        ({"kind": ["first", "final"]}, {"kind": "final"}, True),
        ({"kind": ["first", "final"]}, {"kind": "followup"}, False),
        ({"basis": "*"}, {"basis": "0199"}, True),
        ({"basis": "*"}, {"basis": None}, False),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, False),
    ],
)
def test_what_it_waits_for(where, facts, waits):
    assert line(**where).waits_for(facts) is waits
