import pytest

from tocsin.kernel.errors import (
    Contended,
    Forbidden,
    Illegal,
    Malformed,
    NotFound,
    Refused,
    TocsinError,
    fill,
)


def test_an_error_reads_as_its_text_and_its_cure_filled_in():
    error = Malformed("row.bad", "Row {row} has no name.", cure="Name row {row}.", row=7)
    assert str(error) == "Row 7 has no name. Name row 7."
    assert (error.code, error.data) == ("row.bad", {"row": 7})


def test_an_error_without_a_cure_is_only_its_text():
    assert str(NotFound("gone", "It is not here.")) == "It is not here."


def test_data_may_be_called_code_or_text():
    error = Malformed("x", "“{text}” has the code {code}.", text="a", code="b")
    assert str(error) == "“a” has the code b."
    assert error.code == "x"


def test_a_name_without_data_stays_as_it_is_written():
    assert fill("{here} and {there}", {"here": 1}) == "1 and {there}"


@pytest.mark.parametrize("kind", [Refused, Malformed, Forbidden, NotFound, Illegal])
def test_asking_again_does_not_help_what_is_refused(kind):
    assert (issubclass(kind, Refused), kind.retryable) == (True, False)


def test_asking_again_may_help_what_is_contended():
    assert (issubclass(Contended, TocsinError), issubclass(Contended, Refused)) == (True, False)
    assert Contended.retryable
