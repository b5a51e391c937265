"""Columns of numbers: what points, runs and edges are kept in. None of them changes once it is made."""

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""Degrees, unless said otherwise."""
Numbers = NDArray[np.int64]
"""Ids, or places in other columns."""
Small = NDArray[np.int32]
"""Places in columns that are no longer than 2^31."""

Column = TypeVar("Column", Floats, Numbers, Small)


def frozen(column: Column) -> Column:
    """The column as a plain array that nobody can write to; so are those of files that are mapped."""
    view: Any = np.ascontiguousarray(column).view(np.ndarray)
    view.flags.writeable = False
    return view  # type: ignore[no-any-return]


NO_FLOATS: Floats = frozen(np.empty(0, np.float64))
NO_NUMBERS: Numbers = frozen(np.empty(0, np.int64))
