"""An evidence pack: one chain as a file that a stranger can verify without Tocsin.

Newline-delimited JSON: a line for each entry with the sealed columns and the hash. The how-to page
holds a script of thirty lines that checks it.
"""

from collections.abc import Iterator

from tocsin.spine.journal.models import Entry
from tocsin.spine.journal.sealing import canonical


def lines(chain: str) -> Iterator[str]:
    """The chain's entries in order, each as one line of canonical JSON with its `hash`."""
    rows = Entry.objects.filter(chain=chain).order_by("number")
    for entry in rows.iterator(chunk_size=2000):
        yield canonical({**entry.columns(), "hash": entry.hash}) + "\n"
