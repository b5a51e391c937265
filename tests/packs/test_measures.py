from decimal import Decimal

import pytest

from tocsin.packs.reader import load, read
from tocsin.packs.sheets import Fault

HEAD = "- {id: t, name: {en: T}, kinds: [flood], source: Act 1, verified: text, "


def faults(shelf, rest, table="gradings"):
    shelf.write(f"small/{table}.yaml", HEAD + rest + "}\n")
    return [fault.what for fault in read("small", shelf.folders).faults]


def test_bands_read_as_exact_numbers(shelf):
    scale = "{id: s, counts: [loss], bands: {ORDINARY: {from: 0.1, below: '2.30'}, LARGER: {from: 5}}}"
    assert faults(shelf, f"scales: [{scale}]") == []
    [scale] = load("small", shelf.folders).gradings["t"].scales
    assert [(band.start, band.below) for band in scale.bands.values()] == [
        (Decimal("0.1"), Decimal("2.30")),
        (Decimal(5), None),
    ]


def test_a_truth_is_asked_for_without_a_number(shelf):
    assert faults(shelf, "limbs: [{id: l, step: MAJOR, when: [{counts: [cut]}]}]") == []
    [limb] = load("small", shelf.folders).gradings["t"].limbs
    assert limb.when[0].start == Decimal(1)


@pytest.mark.parametrize(
    ("table", "step", "steps"),
    [
        ("gradings", "III", "ORDINARY, LARGER, MAJOR, CATASTROPHIC"),
        ("responses", "MAJOR", "IV, III, II, I"),
    ],
)
@pytest.mark.parametrize(
    "shape",
    [
        "scales: [{{id: s, counts: [a], bands: {{{step}: {{from: 0}}}}}}]",
        "limbs: [{{id: l, step: {step}, when: [{{counts: [a]}}]}}]",
        "called: {{{step}: {{en: Bad}}}}",
    ],
)
def test_a_step_of_another_ladder_is_refused(shelf, table, step, steps, shape):
    assert faults(shelf, shape.format(step=step), table) == [f"{step}: not a step; the steps are {steps}"]


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        (
            "scales: [{id: s, counts: [], bands: {MAJOR: {from: 1}}}]",
            "a scale must count at least one fact and have at least one band - at `$.scales[0]`",
        ),
        (
            "scales: [{id: s, counts: [a], bands: {}}]",
            "a scale must count at least one fact and have at least one band - at `$.scales[0]`",
        ),
        (
            "limbs: [{id: l, step: MAJOR, when: [{counts: []}]}]",
            "a condition must count at least one fact - at `$.limbs[0].when[0]`",
        ),
        (
            "limbs: [{id: l, step: MAJOR, when: []}]",
            "a limb needs conditions, each from a number above 0: it would always hold - at `$.limbs[0]`",
        ),
        (
            "limbs: [{id: l, step: MAJOR, when: [{counts: [a], from: 0}]}]",
            "a limb needs conditions, each from a number above 0: it would always hold - at `$.limbs[0]`",
        ),
    ],
)
def test_what_would_hold_always_or_never_is_refused(shelf, rest, what):
    assert faults(shelf, rest) == [what]


def test_a_row_that_is_refused_is_told_with_its_line(shelf):
    shelf.write("small/gradings.yaml", "\n\n" + HEAD + "called: {BAD: {en: x}}}\n")
    assert read("small", shelf.folders).faults == (
        Fault(
            "small/gradings.yaml:3",
            "BAD: not a step; the steps are ORDINARY, LARGER, MAJOR, CATASTROPHIC",
        ),
    )
