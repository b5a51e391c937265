import pytest

from tocsin.kernel.ladders import IncidentGrade, ResponseLevel, WarningLevel


@pytest.mark.parametrize(
    ("ladder", "names"),
    [
        (IncidentGrade, ["ORDINARY", "LARGER", "MAJOR", "CATASTROPHIC"]),
        (WarningLevel, ["BLUE", "YELLOW", "ORANGE", "RED"]),
        (ResponseLevel, ["IV", "III", "II", "I"]),
    ],
)
def test_each_ladder_rises_from_the_mildest_to_the_gravest(ladder, names):
    assert [step.name for step in sorted(ladder)] == names


def test_the_three_ladders_are_three_types():
    assert len({IncidentGrade, WarningLevel, ResponseLevel}) == 3
    assert not isinstance(WarningLevel.RED, IncidentGrade)
