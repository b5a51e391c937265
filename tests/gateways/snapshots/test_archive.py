"""Archives in whatever they are packed."""

import io
import tarfile
import zipfile

import pytest

from tocsin.gateways.snapshots.archive import LARGEST, Span, snapshots, span
from tocsin.kernel.errors import Malformed, NotFound
from tocsin.kernel.instants import parse
from tocsin.packs.reader import load

FEEDS = load("cn/shenzhen").feeds
FILES = {
    "2026/06/szAlarm_20260601_082000.json": b"{}",
    "2026/06/szWarn_all_20260601_080000.json": b"[]",
    "2026/06/szWarn_all_20260601_084000.json": b"",
    "2026/06/szWarn_all_20261301_084000.json": b"no such month",
    "2026/06/README.md": b"no snapshot",
}


def folder(path):
    for name, content in FILES.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def tar(path):
    with tarfile.open(path / "a.tar.xz", "w:xz") as archive:
        for name, content in FILES.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path / "a.tar.xz"


def zipped(path):
    with zipfile.ZipFile(path / "a.zip", "w") as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    return path / "a.zip"


def packed_in_a_folder(path):
    tar(path), zipped(path)
    return path


def beside_each_other(path):
    tar(path), folder(path)
    return path


@pytest.mark.parametrize("pack", [folder, tar, zipped, packed_in_a_folder, beside_each_other])
def test_snapshots_come_in_the_order_of_their_time(tmp_path, pack):
    path = pack(tmp_path)
    told = [(s.feed, s.name[-20:-5], s.content) for s in snapshots(path, FEEDS)]
    assert told == [
        ("sz-messages", "20260601_080000", b"[]"),
        ("sz-standing", "20260601_082000", b"{}"),
        ("sz-messages", "20260601_084000", b""),
    ]
    first, last = parse("2026-06-01T08:00+08:00"), parse("2026-06-01T08:40+08:00")
    assert span(path, FEEDS) == Span(first, last, 3)
    assert [s.taken_at for s in snapshots(path, FEEDS, since=last, until=last)] == [last]


def test_an_archive_without_snapshots_has_no_span(tmp_path):
    assert span(tmp_path, FEEDS) is None


def test_what_is_too_large_for_a_snapshot_is_left(tmp_path):
    with (tmp_path / "szWarn_all_20260601_080000.json").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert list(snapshots(tmp_path, FEEDS)) == []


def test_no_archive_and_no_readable_one_are_told(tmp_path):
    with pytest.raises(NotFound):
        list(snapshots(tmp_path / "nothing", FEEDS))
    (tmp_path / "broken.tar").write_bytes(b"not a tar ball")
    with pytest.raises(Malformed):
        list(snapshots(tmp_path / "broken.tar", FEEDS))
