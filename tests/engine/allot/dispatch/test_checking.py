"""What can't be asked is refused, with which and where."""

from dataclasses import replace

import numpy as np
import pytest

from engine.allot.dispatch.towns import Matrix, requests, units
from tocsin.engine.allot.dispatch.dispatching import dispatch
from tocsin.kernel.errors import Malformed

ASKED, THERE = requests([1, 2]), units([1, 1])


@pytest.mark.parametrize(
    ("asked", "there", "patience", "says"),
    [
        (replace(ASKED, weight=np.array([1.0, np.nan])), THERE, 9.0, "Request r1 has the weight nan"),
        (replace(ASKED, weight=np.array([1.0, 0.0])), THERE, 9.0, "Request r1 has the weight 0.0"),
        (replace(ASKED, count=np.array([0, 1])), THERE, 9.0, "Request r0 asks for 0 units"),
        (replace(ASKED, ids=("a", "a")), THERE, 9.0, "Request a is there twice"),
        (replace(ASKED, ids=("a", "a"), mask=np.array([0, 1])), THERE, 9.0, "Request a is in two places"),
        (replace(ASKED, count=np.array([1])), THERE, 9.0, "columns of requests have 2 ids but 1 values"),
        (replace(ASKED, places=np.array([[0.0, 1.0], [0.0, 91.0]])), THERE, 9.0, "requests 1: longitude 0.0"),
        (ASKED, replace(THERE, places=np.array([[0.0, 1.0], [np.nan, 1.0]])), 9.0, "units 1: longitude nan"),
        (ASKED, replace(THERE, room=np.array([1, -1])), 9.0, "Unit u1 has the capacity -1"),
        (ASKED, replace(THERE, ids=("u", "u")), 9.0, "Unit u is there twice"),
        (ASKED, THERE, 0.0, "patience of 0.0 s"),
        (ASKED, THERE, np.inf, "patience of inf s"),
    ],
)
def test_a_wrong_question_is_refused(asked, there, patience, says):
    with pytest.raises(Malformed, match=says):
        dispatch(asked, there, Matrix(np.ones((2, 2))), patience)


@pytest.mark.parametrize("seconds", [np.nan, -1.0])
def test_a_time_that_is_none_is_refused(seconds):
    with pytest.raises(Malformed, match=f"From unit u1 to request r0 it takes {seconds} s"):
        dispatch(ASKED, THERE, Matrix([[1.0, seconds], [1.0, 1.0]]))
