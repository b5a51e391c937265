from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tocsin.kernel.errors import Malformed, NotFound
from tocsin.packs.reader import BUILT_IN, TABLES, available, load, read
from tocsin.packs.sheets import Fault


def test_a_pack_is_read_with_its_head_and_its_tables(shelf):
    pack = load("small", shelf.folders)
    assert (pack.id, pack.name, pack.languages) == ("small", {"en": "Small"}, ("en",))
    assert (pack.zone, pack.patience) == (
        ZoneInfo("Europe/Lisbon"),
        {"immediately": "PT10M", "promptly": "P1D"},
    )
    assert [*pack.kinds] == ["hazard", "flood"]
    assert pack.kinds.where("flood") == "small/kinds.yaml:3"


def test_a_file_that_is_not_there_is_an_empty_table(shelf):
    pack = load("small", shelf.folders)
    assert {table.name: len(getattr(pack, table.name)) for table in TABLES} == {
        "ladders": 3,
        "kinds": 2,
        "facts": 0,
        "gradings": 0,
        "responses": 0,
        "warnings": 0,
        "clocks": 0,
        "publishing": 0,
        "disclosure": 0,
        "groups": 0,
        "places": 0,
        "feeds": 0,
        "organisations": 0,
        "tongues": 0,
        "script": 0,
    }


def test_a_pack_is_read_once(shelf):
    assert load("small", shelf.folders) is load("small", shelf.folders)


def test_a_child_lays_its_rows_over_its_parents(shelf):
    shelf.write("small/town/pack.yaml", "name: {en: Town}\nextends: small\n")
    shelf.write(
        "small/town/kinds.yaml",
        """
        - {id: hazard, name: {en: Peril}, source: By-law 2, verified: copy, effective: 2020-01-02}
        - {id: tide, name: {en: Tide}, parent: hazard, source: By-law 2, verified: copy}
        """,
    )
    pack = load("small/town", shelf.folders)
    assert pack.lineage == ("small/town", "small")
    assert [*pack.kinds] == ["hazard", "flood", "tide"]
    hazard = pack.kinds["hazard"]
    assert (hazard.name, hazard.effective) == ({"en": "Peril"}, date(2020, 1, 2))
    assert pack.kinds.where("hazard") == "small/town/kinds.yaml:2"
    assert pack.kinds.where("flood") == "small/kinds.yaml:3"
    assert (pack.languages, pack.zone.key) == (("en",), "Europe/Lisbon")
    assert [*load("small", shelf.folders).kinds] == ["hazard", "flood"]


def test_a_child_changes_only_what_its_head_says(shelf):
    shelf.write(
        "town/pack.yaml",
        """
        name: {en: Town}
        extends: small
        zone: Asia/Tokyo
        patience: {promptly: P2D}
        """,
    )
    pack = load("town", shelf.folders)
    assert pack.zone.key == "Asia/Tokyo"
    assert pack.patience == {"immediately": "PT10M", "promptly": "P2D"}


def test_plans_are_the_parents_and_the_childs_of_which_the_childs_come_first(shelf):
    shelf.write("small/plans/flood.md", "# Flood")
    shelf.write("small/plans/fire.md", "# Fire")
    shelf.write("town/pack.yaml", "name: {en: Town}\nextends: small\n")
    shelf.write("town/plans/flood.md", "# Flood in town")
    shelf.write("town/plans/notes.txt", "not a plan")
    plans = load("town", shelf.folders).plans
    assert [plan.read_text() for plan in plans] == ["# Fire", "# Flood in town"]


def test_the_first_folder_that_has_a_pack_gives_it(shelf, tmp_path):
    shelf.write("own/avalon/pack.yaml", "name: {en: My Avalon}\nlanguages: [en]\n")
    pack = load("avalon", (tmp_path / "own", BUILT_IN))
    assert (pack.name, pack.zone.key) == ({"en": "My Avalon"}, "UTC")
    assert "cn" in available((tmp_path / "own", BUILT_IN))


@pytest.mark.parametrize("name", ["nowhere", "../small", "/etc", "small/", "Small", ""])
def test_a_pack_that_is_not_there_is_not_found(shelf, name):
    with pytest.raises(NotFound) as refused:
        load(name, shelf.folders)
    assert refused.value.data == {"name": name, "known": "small"}


def test_every_fault_is_told_with_its_line_and_the_sound_rows_are_kept(shelf):
    shelf.write(
        "small/kinds.yaml",
        """\
        - {id: hazard, name: {en: Hazard}, source: Act 1, verified: text}
        - {id: flood, name: {en: Flood}, source: Act 1, verified: perhaps}
        - id: tide
          name: {en: Tide}
          name: {en: Ebb}
          source: Act 1
          verified: text
        - {id: hazard, name: {en: Again}, source: Act 1, verified: text}
        - just words
        """,
    )
    reading = read("small", shelf.folders)
    assert [*reading.pack.kinds] == ["hazard", "tide"]
    assert reading.pack.kinds["hazard"].name == {"en": "Hazard"}
    assert reading.faults == (
        Fault("small/kinds.yaml:2", "Invalid enum value 'perhaps' - at `$.verified`"),
        Fault("small/kinds.yaml:3", "“name” is written twice in one row"),
        Fault("small/kinds.yaml:8", "“hazard” stands already at small/kinds.yaml:1"),
        Fault("small/kinds.yaml:9", "Expected `object`, got `str`"),
    )


def test_a_pack_with_a_fault_is_not_loaded(shelf):
    shelf.write("small/kinds.yaml", "- {id: flood}\n- {id: fire}\n")
    with pytest.raises(Malformed) as refused:
        load("small", shelf.folders)
    assert str(refused.value) == (
        "The pack “small” can't be read: small/kinds.yaml:1: Object missing required field `name`. "
        "Mend it; “tocsin packs check small” lists all 2 faults."
    )


def test_a_field_that_no_table_knows_is_a_fault(shelf):
    shelf.write("small/facts.yaml", "- {id: deaths, name: {en: deaths}, unti: measure}\n")
    [fault] = read("small", shelf.folders).faults
    assert fault == Fault("small/facts.yaml:1", "Object contains unknown field `unti`")


def test_a_file_that_is_no_list_is_a_fault(shelf):
    shelf.write("small/facts.yaml", "deaths: {}\n")
    assert read("small", shelf.folders).faults == (Fault("small/facts.yaml", "is not a list of rows"),)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
def test_a_file_with_nothing_in_it_is_an_empty_table(shelf, text):
    shelf.write("small/facts.yaml", text)
    reading = read("small", shelf.folders)
    assert (reading.faults, [*reading.pack.facts]) == ((), [])


@pytest.mark.parametrize("content", [b"- [\n", b"\xff\xfe\xfd", b"- !!python/object:os.system {}\n"])
def test_a_file_that_is_no_yaml_is_one_fault(shelf, content):
    (shelf.root / "small/facts.yaml").write_bytes(content)
    [fault] = read("small", shelf.folders).faults
    assert fault.where.startswith("small/facts.yaml")


@pytest.mark.parametrize(
    "content", [b"- [\n", b"\xff\xfe\xfd", b"names: {en: Small}\n", b"languages: [en]\n"]
)
def test_a_head_that_can_not_be_read_is_a_fault(shelf, content):
    (shelf.root / "small/pack.yaml").write_bytes(content)
    reading = read("small", shelf.folders)
    assert [fault.where for fault in reading.faults] == ["small/pack.yaml"]
    assert (reading.pack.name, [*reading.pack.kinds]) == ({}, ["hazard", "flood"])


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "../etc", "Europe"])
def test_a_zone_that_is_none_is_a_fault(shelf, zone):
    shelf.write("small/pack.yaml", f"name: {{en: Small}}\nlanguages: [en]\nzone: {zone}\n")
    reading = read("small", shelf.folders)
    assert reading.faults == (Fault("small/pack.yaml", f"“{zone}” is not a time zone"),)
    assert reading.pack.zone.key == "UTC"


def test_a_pack_that_extends_itself_is_a_fault(shelf):
    shelf.write("a/pack.yaml", "name: {en: A}\nextends: b\n")
    shelf.write("b/pack.yaml", "name: {en: B}\nextends: a\n")
    reading = read("a", shelf.folders)
    assert reading.pack.lineage == ("a", "b")
    assert reading.faults == (Fault("a/pack.yaml", "the pack extends itself, through its parents"),)


def test_a_parent_that_is_not_there_is_not_found(shelf):
    shelf.write("town/pack.yaml", "name: {en: Town}\nextends: country\n")
    with pytest.raises(NotFound) as refused:
        read("town", shelf.folders)
    assert refused.value.data["name"] == "country"


@pytest.mark.parametrize("name", available())
def test_each_pack_that_comes_with_the_house_can_be_loaded(name):
    assert load(name).id == name
