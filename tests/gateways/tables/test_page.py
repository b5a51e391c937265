"""The mapping on the how-to page is one that works."""

import re
from pathlib import Path

import yaml

from tocsin.gateways.tables.mapping import Mapping, mapping_of
from tocsin.gateways.tables.rows import Row
from tocsin.gateways.tables.translating import translate

PAGE = Path(__file__).parents[3] / "docs/how-to/import-a-table.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_it_reads_the_row_on_the_page():
    (written,) = blocks("yaml")
    cells = {
        "when": "2026-06-16 12:50", "what": "FLOOD: STREET", "street": "Fuhua Road", "lat": "22.541",
        "lon": "114.055", "note": "water, knee-deep", "caller": "…",
    }  # fmt: skip
    told = translate(Row(2, cells), mapping_of(yaml.safe_load(written)), {"waterlogging", "accident"})
    assert (told.kind, told.point, told.text) == (
        "waterlogging",
        (114.055, 22.541),
        "FLOOD: STREET\nwater, knee-deep",
    )


def test_every_line_of_a_mapping_is_on_the_page():
    page = PAGE.read_text("utf-8")
    assert [name for name in Mapping.__struct_fields__ if f"`{name}`" not in page] == []
