"""Several at once, for tests of what happens when two do the same."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from tocsin.kernel.errors import TocsinError


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Does all of it in threads at the same moment: of each "done" or the code of its refusal, sorted."""

    def carry_out(deed: Callable[[], object]) -> str:
        try:
            deed()
        except TocsinError as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(carry_out, deeds))
