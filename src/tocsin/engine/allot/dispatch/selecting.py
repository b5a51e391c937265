"""The least of many keys, with what they stand for: quickselect, in place.

Among equal keys the lower index comes first, so that the k least are the first k of the 2 k least: a list
that is made longer begins as it was. Hoare, Algorithm 65: find, CACM 4 (1961) 321.
"""

import numpy as np
import numpy.typing as npt

from tocsin.engine.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@compiled
def precedes(key: float, index: int, other: float, its: int) -> bool:
    """The order: by key, then by index."""
    return key < other or (key == other and index < its)


@compiled
def select(keys: Floats, index: Ints, begin: int, end: int, middle: int) -> None:
    """Reorders both between `begin` and `end`, so that nothing before `middle` comes after what stands from
    there on."""
    low, high = begin, end - 1
    while low < high:
        key, its = keys[(low + high) >> 1], index[(low + high) >> 1]
        left, right = low, high
        while left <= right:
            while precedes(keys[left], index[left], key, its):
                left += 1
            while precedes(key, its, keys[right], index[right]):
                right -= 1
            if left <= right:
                _swap(keys, index, left, right)
                left, right = left + 1, right - 1
        if middle <= right:
            high = right
        elif middle >= left:
            low = left
        else:
            return


@compiled
def _swap(keys: Floats, index: Ints, one: int, other: int) -> None:
    keys[one], keys[other] = keys[other], keys[one]
    index[one], index[other] = index[other], index[one]


@compiled
def ascending(keys: Floats, index: Ints, end: int) -> None:
    """Sorts the first `end` of both."""
    by_index = np.argsort(index[:end])
    by_key = by_index[np.argsort(keys[:end][by_index], kind="mergesort")]
    keys[:end] = keys[:end][by_key]
    index[:end] = index[:end][by_key]
