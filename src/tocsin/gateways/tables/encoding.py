"""Which encoding a text file is in, found by trying, not by guessing.

A byte order mark decides. Else the whole file is UTF-8, or the whole file is GB 18030 (which contains
GBK and GB 2312), or it is refused with the place where both fail: a file that is read in the wrong
encoding is worse than one that is not read.
"""

import codecs
from pathlib import Path

from tocsin.kernel.errors import Malformed

BLOCK = 1 << 16
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("utf-8", "gb18030")


def encoding_of(path: Path) -> str:
    """The encoding of a text file. Raises `Malformed` where it is in none that we read."""
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((name for mark, name in MARKS if start.startswith(mark)), None)
    places = {}
    for name in (marked,) if marked else CANDIDATES:
        places[name] = _first_fault(path, name)
        if places[name] is None:
            return name
    where = max(place for place in places.values() if place is not None)
    raise Malformed(
        "table.encoding",
        "The file is no text in {encodings}: the byte at {offset} fits none.",
        cure="Save it as UTF-8 and import it again.",
        where=str(path.name),
        encodings=", ".join(places),
        offset=where,
    )


def _first_fault(path: Path, encoding: str) -> int | None:
    """The offset of the first byte that does not fit, to the block; none where all fit."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    offset = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as fault:
                return max(offset + fault.start, 0)
            offset += len(block)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return offset
    return None
