"""Loops of the engines as machine code.

A loop over millions of numbers is written as a plain function over NumPy arrays and compiled by numba when it
is first called; the result is kept on the disk, so that the next process begins at once. Such a function
holds no Python objects, so it runs without the interpreter's lock and threads may call it together.

numba takes what it kept for valid as long as the file of the function is what it was. A constant or a loop of
another file, which is part of the machine code all the same, would go on as it was before an upgrade. So what
is kept lies under a digest of all the source of the function's room, the only one that it may draw on.

With NUMBA_DISABLE_JIT=1 the very same functions run as Python: that is how their branches are measured.
"""

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import config, njit

Loop = TypeVar("Loop", bound=Callable[..., object])
ENGINE = Path(__file__).parent
SETTINGS: Any = config
"""numba's own; it makes its settings when it is loaded, so that no type checker knows them."""
ELSEWHERE = str(SETTINGS.CACHE_DIR)
"""Where a person wants it to be kept (NUMBA_CACHE_DIR), if anywhere."""


def compiled(loop: Loop) -> Loop:
    """The loop, compiled for the types that it is called with; a division by zero gives inf or nan."""
    SETTINGS.CACHE_DIR = kept(loop.__module__.split(".")[2])
    made = cast(Loop, njit(cache=True, nogil=True, error_model="numpy")(loop))
    SETTINGS.CACHE_DIR = ELSEWHERE
    return made


@cache
def kept(room: str) -> str:
    """The folder for the machine code of a room of this floor."""
    digest = blake2b(digest_size=8)
    for path in sorted((ENGINE / room).rglob("*.py")):
        digest.update(path.read_bytes())
    base = Path(ELSEWHERE) if ELSEWHERE else ENGINE / room / "__pycache__"
    return str(base / f"loops-{digest.hexdigest()}")
