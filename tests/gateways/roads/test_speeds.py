"""Limits as the map writes them."""

import pytest

from tocsin.gateways.roads.speeds import limit, speed


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("50", 50.0),
        ("30 mph", 48.28032),
        ("60 km/h", 60.0),
        ("0", None),
        ("none", None),
        ("CN:urban", None),
        ("", None),
    ],
)
def test_limits(text, kmh):
    assert limit(text) == kmh


def test_an_operator_has_a_table_of_its_own():
    assert speed({"highway": "primary"}, {"primary": 12.0}) == 12.0
    assert speed({"highway": "secondary"}, {"primary": 12.0}) is None
