"""An encoding is found by trying the whole file."""

import pytest

from tocsin.gateways.tables.encoding import BLOCK, encoding_of
from tocsin.kernel.errors import Malformed


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "table.csv"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"", "utf-8"),
        (b"plain", "utf-8"),
        ("龙岗区".encode(), "utf-8"),
        ("龙岗区".encode("utf-8-sig"), "utf-8-sig"),
        ("龙岗区".encode("gb18030"), "gb18030"),
        ("龙岗区".encode("utf-16"), "utf-16"),
        (b"x" * BLOCK + "龙".encode(), "utf-8"),
        (b"x" * (BLOCK - 1) + "龙".encode(), "utf-8"),
        (b"x" * (BLOCK - 1) + "龙".encode("gb18030"), "gb18030"),
    ],
)
def test_found(file, content, encoding):
    assert encoding_of(file(content)) == encoding


@pytest.mark.parametrize(
    "content", [b"ok\xff\xff", b"ok\xe9", b"\xef\xbb\xbf\xff", b"\xff\xfe\x00\xd8\x00\x00"]
)
def test_refused_with_the_place(file, content):
    with pytest.raises(Malformed) as refusal:
        encoding_of(file(content))
    assert refusal.value.code == "table.encoding"
    assert 0 <= refusal.value.data["offset"] <= len(content)
