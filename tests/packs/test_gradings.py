from tocsin.packs.gradings import Basis, for_kind
from tocsin.packs.reader import load


def ids(pack, kind):
    return [table.id for table in for_kind(pack.gradings, pack.kinds, kind)]


def test_a_chemical_accident_is_graded_as_the_work_safety_accident_it_is():
    assert ids(load("cn"), "hazardous-chemical") == ["work-safety"]


def test_an_earthquake_has_a_first_judgement_beside_its_harm():
    pack = load("cn")
    assert ids(pack, "earthquake") == ["earthquake", "earthquake-first"]
    assert [table.basis for table in for_kind(pack.gradings, pack.kinds, "earthquake")] == [
        Basis.HARM,
        Basis.FIRST,
    ]


def test_a_social_security_event_has_no_grade_by_law():
    pack = load("cn")
    assert [ids(pack, kind) for kind in pack.kinds if pack.kinds[kind].restricted] == [[]] * 4


def test_the_highest_steps_of_geological_disasters_have_names_of_their_own():
    assert load("cn").gradings["geological-disaster"].called["CATASTROPHIC"]["zh"] == "特大型"
