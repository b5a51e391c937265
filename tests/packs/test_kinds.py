from tocsin.packs.kinds import Kind, covers, lineage
from tocsin.packs.rows import Verified


def kind(name, parent=""):
    return Kind(id=name, name={}, parent=parent, source="Act 1", verified=Verified.TEXT)


KINDS = {row.id: row for row in [kind("hazard"), kind("water", "hazard"), kind("flood", "water")]}


def test_the_lineage_of_a_kind_goes_up_to_its_class():
    assert [*lineage(KINDS, "flood")] == ["flood", "water", "hazard"]


def test_a_kind_that_the_pack_does_not_know_is_only_itself():
    assert [*lineage(KINDS, "meteor")] == ["meteor"]
    assert [*lineage(KINDS, "")] == []


def test_a_loop_ends_the_walk():
    loop = {"a": kind("a", "b"), "b": kind("b", "a")}
    assert [*lineage(loop, "a")] == ["a", "b"]


def test_a_rule_for_a_class_holds_for_its_members_and_one_for_a_member_not_for_its_class():
    assert covers(KINDS, ("hazard",), "flood")
    assert covers(KINDS, ("flood", "fire"), "flood")
    assert not covers(KINDS, ("flood",), "water")


def test_a_rule_that_names_no_kind_holds_for_all():
    assert covers(KINDS, (), "flood")
