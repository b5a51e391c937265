"""A link says why."""

import pytest

from engine.gather.samples import crash
from tocsin.engine.gather.gathering import gathered
from tocsin.engine.gather.links import Group, Link, Said, What, When, Where, Words, confidence


def the_link(*reports):
    (group,) = gathered(reports)
    (link,) = group.links
    return link


def test_a_link_tells_its_reasons_strongest_first():
    link = the_link(crash("a"), crash("b", 2, "Traffic", 40.0))
    assert (link.a, link.b) == ("a", "b")
    assert link.confidence > 0.99
    assert [reason.weight for reason in link.reasons] == [2.81, 2.49, 1.63]
    assert str(link) == (
        "a - b 0.998: same place MAIN ST & OAK AVE, 40 m apart; "
        "EMS VEHICLE ACCIDENT ~ Traffic VEHICLE ACCIDENT; 2 min apart"
    )


def test_a_reason_against_is_told_too():
    link = the_link(
        crash("a", words=("bus",)), crash("b", 0.5, "Fire", names=("OAK AVE", "MILL RD"), words=("car",))
    )
    assert [str(reason) for reason in link.reasons] == [
        "30 s apart",
        "EMS VEHICLE ACCIDENT ~ Fire VEHICLE ACCIDENT",
        "both at OAK AVE, 0 m apart",
        "no word shared",
    ]
    assert link.reasons[-1].weight < 0


@pytest.mark.parametrize(
    "reason, said",
    [
        (Where(0.0, None, (), 0), "places can't be compared"),
        (Where(0.0, None, (), 1), "other names"),
        (Where(0.0, 12.4, ("A",), 3), "the one within the other at A, 12 m apart"),
        (When(0.0, 3600.0), "60 min apart"),
        (What(0.0, ("", "FIRE"), ("", "Fire")), "unknown ~ Fire FIRE"),
        (Words(0.0, ("bus", "red")), "words bus, red"),
        (Said("Li", "one car"), "Li: one car"),
        (Said("", "one car"), "a person: one car"),
        (Said("Li", ""), "said by Li"),
        (Said("", ""), "said by a person"),
    ],
)
def test_reasons_in_words(reason, said):
    assert str(reason) == said


def test_a_group_is_as_sure_as_the_report_that_belongs_least():
    a, b, c = crash("a"), crash("b"), crash("c")
    links = (Link("a", "b", 0.9, ()), Link("a", "c", 0.6, ()), Link("b", "c", 0.7, ()))
    assert Group((a, b, c), links).confidence == 0.7
    assert Group((a,)).confidence == 1.0
    assert Group((a, b, c), links).id == "a"


def test_confidence_is_a_probability():
    assert confidence(0.0) == 0.5
    assert confidence(-1e4) == 0.0
    assert confidence(float("inf")) == 1.0
