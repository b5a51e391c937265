"""On which side of a line a point lies, against rational numbers."""

from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from tocsin.engine.reach.orientation import side

numbers = st.floats(-540, 540).map(lambda x: x if abs(x) > 1e-100 else 0.0)


def sign(ax, ay, bx, by, px, py):
    ax, ay, bx, by, px, py = map(Fraction, (ax, ay, bx, by, px, py))
    exact = (ax - px) * (by - py) - (ay - py) * (bx - px)
    return (exact > 0) - (exact < 0)


@given(st.tuples(*[numbers] * 6))
@example((0.0, 0.0, 1.0, 1.0, 0.5, 0.5))
@example((0.0, 0.0, 3.0, 3.0, 1.1, 1.1))
@example((12.0, 12.0, 24.0, 24.0, 0.5000000000000001, 0.5))
@example((0.0, 0.0, 0.0, 0.0, 0.0, 0.0))
def test_it_is_the_sign_of_the_exact_determinant(corners):
    assert side(*corners) == sign(*corners)


@given(numbers, numbers, numbers, numbers, st.floats(0, 1), st.integers(-2, 2), st.integers(-2, 2))
def test_so_it_is_a_unit_in_the_last_place_beside_the_line(ax, ay, bx, by, share, right, up):
    px, py = ax + share * (bx - ax), ay + share * (by - ay)
    px, py = px + right * 2.0**-52 * abs(px), py + up * 2.0**-52 * abs(py)
    if min(abs(px), abs(py)) > 1e-100:
        assert side(ax, ay, bx, by, px, py) == sign(ax, ay, bx, by, px, py)


def test_left_is_above_a_line_to_the_east():
    assert [side(0.0, 0.0, 2.0, 0.0, 1.0, y) for y in (1.0, 0.0, -1.0)] == [1, 0, -1]
