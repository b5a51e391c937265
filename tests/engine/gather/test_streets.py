"""Street names of addresses."""

import pytest

from tocsin.engine.gather.streets import streets


@pytest.mark.parametrize(
    "address, names",
    [
        ("MAIN ST & OAK AVE", ("MAIN ST", "OAK AVE")),
        ("w main st &  OAK  AVE OVERPASS", ("MAIN ST", "OAK AVE")),
        ("RT422 BYP WB & RAMP RT422 WB TO RT29", ("RT422", "RT29")),
        ("NORTH ST & N ST", ("NORTH ST", "N ST")),
        ("OAK CT & DEAD END", ("OAK CT",)),
        ("", ()),
        ("RR CROSSING & MILL RD", ("MILL RD",)),
    ],
)
def test_directions_bridges_and_ramps_are_not_names(address, names):
    assert streets(address) == names
