"""What a report may be, and what is refused at the door."""

from datetime import UTC, datetime
from math import inf, nan

import pytest

from tocsin.engine.gather.reports import Position, Report
from tocsin.kernel.errors import Malformed


def refusal(make):
    with pytest.raises(Malformed) as caught:
        make()
    assert caught.value.cure
    return caught.value.code, caught.value.data["where"]


def test_a_time_is_aware_or_seconds():
    assert Report("a", datetime(2026, 6, 14, tzinfo=UTC)).seconds == 1_781_395_200
    assert Report("a", 12.5).seconds == 12.5


@pytest.mark.parametrize("at", [datetime(2026, 6, 14), nan, inf, -1.0, 1_781_395_200_000.0])
def test_a_time_that_is_none_is_refused(at):
    assert refusal(lambda: Report("a", at)) == ("gather.time", "at")


def test_an_id_is_needed():
    assert refusal(lambda: Report("", 1.0)) == ("gather.id", "id")


@pytest.mark.parametrize("lon, lat", [(nan, 0), (0, nan), (181, 0), (0, -91), (22.5, 113.9), (0, inf)])
def test_a_position_out_of_range_is_refused(lon, lat):
    assert refusal(lambda: Position(lon, lat)) == ("gather.position", "position")


@pytest.mark.parametrize("within", [nan, -1.0, 50_001.0])
def test_an_inaccuracy_that_says_nothing_is_refused(within):
    assert refusal(lambda: Position(0, 0, within)) == ("gather.within", "position.within")
