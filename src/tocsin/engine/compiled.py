"""Loops of the engines as machine code.

A loop over millions of numbers is written as a plain function over NumPy arrays and compiled by numba when it
is first called; the result is kept beside the file, so that the next process begins at once. Such a function
holds no Python objects, so it runs without the interpreter's lock and threads may call it together.

With NUMBA_DISABLE_JIT=1 the very same functions run as Python: that is how their branches are measured.
"""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """The loop, compiled for the types that it is called with; a division by zero gives inf or nan."""
    return cast(Loop, njit(cache=True, nogil=True, error_model="numpy")(loop))
