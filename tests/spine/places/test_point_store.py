"""Points on disk: nothing acknowledged is lost, readers see whole batches, one process writes."""

import resource
import signal
import subprocess
import sys
from contextlib import contextmanager

import numpy as np
import pytest

from tocsin.engine.reach import Changes, circle, from_geojson, moved, removed
from tocsin.kernel.errors import Contended, Malformed, NotFound
from tocsin.spine.places.points import PointReader, PointWriter, changelog, generation

WORLD = from_geojson(
    {"type": "Polygon", "coordinates": [[[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]]}
)
NEAR = circle(10.0, 10.0, 50.0)
BATCH = 20


def batch(first, count=BATCH, x=10.0):
    return moved(np.arange(first, first + count), np.full(count, x), np.linspace(9.9, 10.1, count))


def ids(store, region=WORLD):
    return sorted(PointReader(store).reach(region).ids.tolist())


@pytest.fixture
def store(tmp_path):
    return tmp_path / "points"


def test_what_was_appended_is_there_after_opening_again(store):
    with PointWriter(store) as writer:
        writer.append(batch(0))
        writer.append(batch(10, x=50.0))
        writer.append(removed(np.array([0, 29])))
        writer.append(removed(np.empty(0, np.int64)))
    assert ids(store) == list(range(1, 29))
    assert ids(store, NEAR) == list(range(1, 10))
    with PointWriter(store) as writer:
        writer.append(moved(np.array([15]), np.array([10.0]), np.array([10.0])))
    assert ids(store, NEAR) == [*range(1, 10), 15]


def test_compacting_changes_no_answer(store):
    with PointWriter(store) as writer:
        for first in range(0, 100, 10):
            writer.append(batch(first))
        writer.append(removed(np.arange(0, 100, 7)))
        before = ids(store), ids(store, NEAR)
        writer.compact()
        assert (ids(store), ids(store, NEAR)) == before
        assert PointReader(store).changed == 0
        writer.append(batch(1000))
        assert ids(store) == [*before[0], *range(1000, 1000 + BATCH)]
        writer.compact()
    assert sorted(path.name for path in store.iterdir()) == [
        "changes-000003.log",
        "current.json",
        "generation-000003",
        "lock",
    ]


def test_a_reader_keeps_its_moment_until_it_is_refreshed(store):
    with PointWriter(store) as writer:
        writer.append(batch(0))
        reader = PointReader(store)
        held = reader.reach(WORLD)
        writer.append(batch(100))
        assert reader.reach(WORLD).count == BATCH
        reader.refresh()
        assert reader.reach(WORLD).count == 2 * BATCH
        writer.compact()
        writer.append(batch(200))
        assert reader.reach(WORLD).count == 2 * BATCH  # of files that are deleted
        reader.refresh()
        assert (reader.generation, reader.reach(WORLD).count, reader.changed) == (2, 3 * BATCH, BATCH)
        reader.refresh()
        assert reader.reach(WORLD).count == 3 * BATCH
        assert sorted(held.ids.tolist()) == list(range(BATCH))


def test_a_torn_record_is_cut_off_wherever_it_was_torn(store):
    with PointWriter(store) as writer:
        writer.append(batch(0))
        whole = generation.log_of(store, 1).read_bytes()
        writer.append(batch(100))
    log = generation.log_of(store, 1)
    both = log.read_bytes()
    for end in [*range(len(whole), len(whole) + 30), len(both) - 1]:
        log.write_bytes(both[:end])
        assert ids(store) == list(range(BATCH))
        with PointWriter(store):
            assert log.read_bytes() == whole
    log.write_bytes(whole + bytes(500))  # what a power cut may leave of a file that was growing
    with PointWriter(store) as writer:
        writer.append(batch(200))
    assert ids(store) == [*range(BATCH), *range(200, 200 + BATCH)]


def test_a_log_that_is_broken_in_its_middle_is_refused_and_left_as_it_is(store):
    with PointWriter(store) as writer:
        writer.append(batch(0))
        writer.append(batch(100))
    log = generation.log_of(store, 1)
    broken = bytearray(log.read_bytes())
    broken[40] ^= 1
    log.write_bytes(broken)
    with pytest.raises(Malformed, match="broken at byte 0, and there are whole ones behind it"):
        PointWriter(store)
    assert log.read_bytes() == broken
    with pytest.raises(Malformed):  # and the lock is free again
        PointWriter(store)


def test_one_process_writes(store):
    with PointWriter(store), pytest.raises(Contended, match="Another process"):
        PointWriter(store)
    PointWriter(store).close()


def test_without_a_store_there_is_nothing_to_read(store):
    with pytest.raises(NotFound, match="no points at"):
        PointReader(store)


def test_a_killed_compaction_leaves_nothing_behind(store):
    with PointWriter(store) as writer:
        writer.append(batch(0))
    generation.folder_of(store, 2).mkdir()
    (generation.folder_of(store, 2) / "lon.npy").write_bytes(b"half")
    generation.log_of(store, 2).touch()
    assert ids(store) == list(range(BATCH))
    with PointWriter(store) as writer:
        assert not generation.folder_of(store, 2).exists()
        writer.compact()
    assert ids(store) == list(range(BATCH))


def test_a_killed_beginning_is_begun_again(store):
    generation.folder_of(store, 1).mkdir(parents=True)
    with PointWriter(store) as writer:
        writer.append(batch(0))
    assert ids(store) == list(range(BATCH))


@pytest.mark.parametrize(
    "name, content",
    [
        ("current.json", b"{}"),
        ("current.json", b"not json"),
        ("generation-000002/manifest.json", b'{"format": 1, "grid": [0, 0, 1, 1], "lengths": {}}'),
        (
            "generation-000002/manifest.json",
            b'{"format": 2, "grid": [10, 9.9, 0.2, 2, 1], '
            b'"lengths": {"lon": 20, "lat": 20, "ids": 20, "begins": 3, "by_id": 20}}',
        ),
        ("generation-000002/lon.npy", b""),
        ("generation-000002/lat.npy", b"\x93NUMPY"),
        ("generation-000002/ids.npy", None),
        ("changes-000002.log", None),
    ],
)
def test_a_damaged_store_is_refused(store, name, content):
    with PointWriter(store) as writer:
        writer.append(batch(0))
        writer.compact()
    path = store / name
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(Malformed) as refused:
        PointReader(store)
    assert refused.value.code == "points.damaged"


def test_a_column_of_another_length_is_refused(store):
    with PointWriter(store) as writer:
        writer.append(batch(0))
        writer.compact()
    np.save(store / "generation-000002/lon.npy", np.zeros(3))
    with pytest.raises(Malformed, match=r"it holds \(3,\) of float64, not 20 of <f8"):
        PointReader(store)


@contextmanager
def no_file_longer_than(size):
    """The disk is full there, as far as this process can tell."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_no_acknowledgement_and_the_half_record_is_cut_off(store):
    writer = PointWriter(store)
    writer.append(batch(0))
    log = generation.log_of(store, 1)
    whole = log.stat().st_size
    with no_file_longer_than(whole + 100), pytest.raises(OSError, match="too large"):
        writer.append(batch(100))
    assert ids(store) == list(range(BATCH))
    with PointWriter(store) as again:
        assert log.stat().st_size == whole
        again.append(batch(200))
    assert ids(store) == [*range(BATCH), *range(200, 200 + BATCH)]


def test_a_record_is_read_as_it_was_written(tmp_path):
    log = tmp_path / "log"
    changes = Changes(np.array([1, -5]), np.array([1.5, np.nan]), np.array([-90.0, np.nan]))
    log.write_bytes(changelog.record(changes) + changelog.record(removed(np.array([9]))))
    found = changelog.tail(log)
    assert (found.changes.ids.tolist(), found.end) == ([1, -5, 9], log.stat().st_size)
    np.testing.assert_array_equal(found.changes.lon, [1.5, np.nan, np.nan])
    assert changelog.tail(log, found.end).changes.ids.tolist() == []


WRITES = """
import sys
from pathlib import Path
import numpy as np
from tocsin.engine.reach import moved
from tocsin.spine.places.points import PointWriter
store, compacting = Path(sys.argv[1]), sys.argv[2] == "compacting"
with PointWriter(store) as writer:
    for number in range(100_000):
        first = 20 * number
        writer.append(moved(np.arange(first, first + 20), np.full(20, 10.0), np.linspace(9.9, 10.1, 20)))
        print(number, flush=True)
        if compacting and number % 7 == 3:
            writer.compact()
"""


def writing(store, *more):
    return subprocess.Popen(
        [sys.executable, "-c", WRITES, str(store), *more], stdout=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("how, kills", [("appending", 1), ("compacting", 2)])
def test_a_killed_writer_loses_nothing_that_it_acknowledged(store, how, kills):
    for until in range(5, 5 + 8 * kills, 8):
        writer = writing(store, how)
        acknowledged = next(int(line) for line in writer.stdout if int(line) >= until)
        writer.send_signal(signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        writer.wait()
        writer.stdout.close()
        held = ids(store)
        assert held[: BATCH * (acknowledged + 1)] == list(range(BATCH * (acknowledged + 1)))
        assert len(held) % BATCH == 0
    with PointWriter(store) as again:
        again.append(removed(np.arange(BATCH)))
    assert ids(store)[0] == BATCH


LOOKS = """
import sys
from pathlib import Path
from tocsin.engine.reach import circle
from tocsin.spine.places.points import PointReader
reader = PointReader(Path(sys.argv[1]))
for _ in range(300):
    reader.refresh()
    reached = reader.reach(circle(10.0, 10.0, 50.0))
    print(reached.count, len(set(reached.ids.tolist())))
"""


def test_readers_see_whole_batches_while_another_process_writes_and_compacts(store):
    PointWriter(store).close()
    writer = writing(store, "compacting")
    told = [sys.executable, "-c", LOOKS, str(store)]
    readers = [subprocess.Popen(told, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    seen = [reader.communicate(timeout=120)[0] for reader in readers]
    writer.kill()
    writer.communicate()
    assert [reader.returncode for reader in readers] == [0, 0]
    for lines in seen:
        counts = [tuple(map(int, line.split())) for line in lines.splitlines()]
        assert len(counts) == 300
        assert all(count == unique and count % BATCH == 0 for count, unique in counts)
        assert counts == sorted(counts)
