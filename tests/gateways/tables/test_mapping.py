"""A mapping says what each column means; what is wrong in it is told."""

import pytest

from tocsin.gateways.tables.mapping import Choice, mapping_of, read_mapping
from tocsin.kernel.errors import Malformed

PLAIN = {
    "source": "calls",
    "name": {"en": "Calls"},
    "time": {"columns": ["when"], "zone": "Asia/Shanghai"},
    "kind": {"column": "what", "values": {"rain": "rainstorm"}},
    "text": ["what"],
}


def test_each_column_once():
    assert mapping_of(PLAIN).columns() == ("when", "what")


def test_from_a_file(tmp_path):
    path = tmp_path / "calls.yaml"
    path.write_text(
        "source: calls\nname: {en: Calls}\ntime: {columns: [when]}\nkind: {constant: x}\ntext: [what]\n"
    )
    assert read_mapping(path).columns() == ("when", "what")


@pytest.mark.parametrize(
    "change",
    [
        {"text": []},
        {"time": {"columns": []}},
        {"time": {"columns": ["when"], "zone": "Atlantis"}},
        {"time": {"columns": ["when"], "zone": "../etc/passwd"}},
        {"kind": {}},
        {"delimiter": "::"},
        {"surprise": 1},
        {"source": None},
    ],
)
def test_refused(change):
    with pytest.raises(Malformed):
        mapping_of({**PLAIN, **change})


@pytest.mark.parametrize("content", [b"\xff", b"a: [", b"", b"5", b"!!python/object/apply:os.system [ls]"])
def test_a_file_that_is_none(tmp_path, content):
    path = tmp_path / "calls.yaml"
    path.write_bytes(content)
    with pytest.raises(Malformed):
        read_mapping(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(Malformed):
        read_mapping(tmp_path / "none.yaml")


class TestChoice:
    choice = Choice(values={"EMS: Rain": "a"}, prefixes={"EMS": "b", "EMS: F": "c"})

    def test_the_whole_text_first(self):
        assert self.choice.of("ems: rain") == "a"

    def test_then_the_longest_beginning(self):
        assert [self.choice.of("EMS: Fall"), self.choice.of("EMS other")] == ["c", "b"]

    def test_else_nothing_or_what_is_said_for_the_rest(self):
        assert [self.choice.of("x"), Choice(otherwise="other").of("x")] == [None, "other"]
