"""Where rounding ends the way of the interior point."""

import numpy as np

from engine.allot.supply.worlds import world
from tocsin.engine.allot.supply.interior import _beginning, _next, interior
from tocsin.engine.allot.supply.layout import lay_out
from tocsin.engine.allot.supply.newton import Shape
from tocsin.engine.allot.supply.planning import endless


def test_a_step_that_makes_it_much_worse_is_not_taken():
    shape = Shape(lay_out(world(1)).programme)
    point = _beginning(shape)
    assert _next(shape, shape.flags(), point, 1e-9) is None


def test_without_time_it_stays_at_the_beginning():
    programme = lay_out(world(1)).programme
    point = interior(programme, 1e-9, 5, lambda: 0.0)
    np.testing.assert_array_equal(point.x, _beginning(Shape(programme)).x)
    assert interior(programme, 1e-5, 5, endless).x.min() > 0
