"""The two rules of everything published, asked of two packs that have nothing in common."""

import pytest

from tocsin.kernel.actors import Act, Actor, ActorKind, machine
from tocsin.kernel.errors import Forbidden, Malformed
from tocsin.kernel.instants import parse
from tocsin.packs.publishing import Mode, Product
from tocsin.packs.reader import load
from tocsin.stages.communication.permission import demand_second, joined, permit, require_stated

NOW = parse("2026-06-16T12:00+08:00")


def person(name):
    return Act(Actor(ActorKind.PERSON, name, name), NOW)


@pytest.mark.parametrize(
    ("pack", "product", "hazard", "mode", "rule"),
    [
        ("cn", Product.ALERT, "rainstorm", Mode.OWN, "alert"),
        ("cn", Product.SIGNAL, "rainstorm", Mode.RELAY, "weather-signal"),
        ("cn", Product.FACTS, "rainstorm", Mode.OWN, "event-facts"),
        ("cn", Product.FACTS, "food-safety", Mode.RELAY, "food-facts"),
        ("avalon", Product.ALERT, "natural-hazard", Mode.OWN, "alert"),
    ],
)
def test_what_may_be_published(pack, product, hazard, mode, rule):
    assert permit(load(pack), product, hazard, mode).id == rule


@pytest.mark.parametrize(
    ("pack", "product", "hazard", "mode", "code"),
    [
        ("cn", Product.SIGNAL, "rainstorm", Mode.OWN, "publishing.relay"),
        ("cn", Product.ALERT, "rainstorm", Mode.RELAY, "publishing.own"),
        ("cn", Product.ALERT, "earthquake", Mode.OWN, "publishing.withhold"),
        ("cn", Product.FACTS, "food-safety", Mode.OWN, "publishing.relay"),
        ("cn", Product.ALERT, "social-security", Mode.OWN, "publishing.silent"),
        ("avalon", Product.ALERT, "unrest", Mode.OWN, "publishing.silent"),
    ],
)
def test_what_may_not(pack, product, hazard, mode, code):
    with pytest.raises(Forbidden) as refusal:
        permit(load(pack), product, hazard, mode)
    assert refusal.value.code == code


def test_an_unknown_kind():
    with pytest.raises(Malformed):
        permit(load("cn"), Product.ALERT, "sadness", Mode.OWN)


def test_a_second_person():
    demand_second(person("b"), ["a"])
    for act, hands in ((person("a"), ["a", "b"]), (Act(machine("flow"), NOW), [])):
        with pytest.raises(Forbidden):
            demand_second(act, hands)


def test_a_hand_is_counted_once():
    assert joined(joined(["a"], person("b").by), person("b").by) == ["a", "b"]


def test_all_that_is_missing():
    require_stated({"level": True}, ["level"], "law")
    with pytest.raises(Malformed) as refusal:
        require_stated({"level": True, "area": False}, ["level", "area", "starts"], "law")
    assert refusal.value.data["fields"] == ["area", "starts"]
