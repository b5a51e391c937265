"""The facts that grading asks for: deaths, loss, hectares, “the water supply of a city is cut”."""

from enum import StrEnum

from tocsin.packs.rows import Row, Text
from tocsin.packs.tables import Table


class Unit(StrEnum):
    """What a fact is: a whole number, a measure with fractions, or true/false."""

    COUNT = "count"
    MEASURE = "measure"
    TRUTH = "truth"


class Fact(Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that can be known about an event. More of it is never milder."""

    unit: Unit = Unit.COUNT
    of: Text = {}
    """What is counted or measured: persons, yuan, hectares."""


TABLE = Table("facts", Fact)
