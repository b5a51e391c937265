"""Points on disk: where each subscriber, camera or school stands, so that an area is answered at once.

A store is a folder of plain files. `PointReader` maps them into memory and answers; many processes may do so.
`PointWriter`, one at a time, adds batches: when `append` comes back they survive a kill and a power cut.

    current.json          which generation holds
    generation-000007/    an index that never changes again: its columns as .npy, and manifest.json
    changes-000007.log    what has changed since that index was made, batch after batch

A new generation is written beside the old one and then named in current.json by one atomic rename. Whoever
reads keeps the files that are open, even when they are deleted.
"""

from tocsin.spine.places.points.reader import PointReader
from tocsin.spine.places.points.writer import PointWriter

__all__ = ["PointReader", "PointWriter"]
