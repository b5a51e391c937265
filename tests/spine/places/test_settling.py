"""A desk is given its jurisdiction."""

import pytest

from tocsin.kernel.errors import Forbidden, NotFound
from tocsin.spine.journal.queries import entries
from tocsin.spine.places import queries
from tocsin.spine.places.actions import settle
from tocsin.spine.places.models import Place


def test_an_unsettled_desk_says_so(db):
    assert queries.jurisdiction() is None
    with pytest.raises(NotFound) as refused:
        queries.active_pack()
    assert refused.value.code == "jurisdiction.unsettled"


def test_settling_writes_the_places_down_and_again_reads_them_anew(desk):
    act = desk.act("administrator")
    Place.objects.create(code="gone", name={}, kind="street", place=0)
    settle(act=act, pack="cn/shenzhen")
    settle(act=act, pack="cn/shenzhen")
    assert queries.active_pack().id == "cn/shenzhen"
    assert Place.objects.count() == len(queries.gazetteer().rows)
    assert [e.facts["pack"] for e in entries(kinds=["jurisdiction.settled"])] == ["cn/shenzhen"] * 2


def test_a_drawn_place_has_its_box_and_an_undrawn_one_has_none(desk):
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    drawn, undrawn = queries.place("440303"), queries.place("4403sea-prd")
    assert (113 < drawn.west < drawn.east < 115, 22 < drawn.south < drawn.north < 23) == (True, True)
    assert (undrawn.geometry, undrawn.west) == (None, None)


def test_places_come_in_the_packs_order(desk):
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    districts = queries.places(kinds=["district"])
    assert [p.code for p in districts] == list(queries.gazetteer().districts)
    assert [p.code for p in queries.places(parent="440390")] == list(queries.gazetteer().children("440390"))
    with pytest.raises(NotFound):
        queries.place("nowhere")


@pytest.mark.parametrize("role", ["duty_officer", "commander", "liaison", "auditor", "machine"])
def test_only_an_administrator_settles(desk, role):
    with pytest.raises(Forbidden):
        settle(act=desk.act(role), pack="cn/shenzhen")
