"""Which points can be trusted."""

from engine.gather.samples import crash
from tocsin.engine.gather.geocodes import LONG, default_points, placed
from tocsin.engine.gather.reports import Position


def test_a_point_of_many_places_is_a_default_point():
    many = [crash(str(at), names=(f"{at} ST", "OAK AVE")) for at in range(4)]
    nowhere = crash("x", position=None)
    assert default_points([*many, nowhere]) == {(-75.3, 40.1)}
    assert default_points(many[:3]) == set()
    assert default_points(many[:3], most=2) == {(-75.3, 40.1)}


def test_one_corner_written_in_either_order_is_one_place():
    both = [crash("a"), crash("b", names=("OAK AVE", "MAIN ST"))]
    assert default_points(both, most=1) == set()


def test_a_street_alone_and_a_default_point_are_coarse():
    corner, street = crash("a"), crash("b", names=("MAIN ST",))
    assert placed(corner) is corner
    assert placed(street).position.within == LONG
    assert placed(corner, frozenset({(-75.3, 40.1)})).position.within == LONG
    vague = crash("c", names=(), position=Position(0, 0, 9000.0))
    assert placed(vague).position.within == 9000.0
    nowhere = crash("d", position=None)
    assert placed(nowhere) is nowhere
