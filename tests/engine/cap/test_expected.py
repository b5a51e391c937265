"""Every file of the collected messages: read, or refused for a reason that a person checked.

The collection lies beside the checkout, if anywhere; what of it is in fixtures/ is checked always.
"""

import csv
import hashlib
from pathlib import Path

import pytest

from tocsin.engine.cap import Alert, Complaint, links, read, read_all, write
from tocsin.kernel.errors import Malformed

HERE = Path(__file__).parent
COLLECTION = HERE.parents[2].parent / "shared/data/cap_messages"
PAGE = HERE.parents[2] / "docs/reference/cap-files.md"
ROWS = list(csv.DictReader((HERE / "expected.csv").read_text("utf-8").splitlines()))


def outcome(data: bytes) -> tuple[str, str, str]:
    """How many messages are read, what is refused and where, how many links there are."""
    try:
        found = read_all(data)
    except Malformed as fault:
        return "0", f"{fault.code} {fault.data['where']}", "0"
    for alert in found:
        if isinstance(alert, Alert):
            assert read(write(alert, strict=False)) == alert
    refused = [f"{one.code} {one.path}" for one in found if isinstance(one, Complaint)]
    return str(len(found) - len(refused)), "; ".join(refused), str(len(links(data)))


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


@pytest.mark.skipif(not COLLECTION.is_dir(), reason="the collection is not here")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_collected_file_comes_out_as_a_person_found(row):
    data = (COLLECTION / row["file"]).read_bytes()
    assert digest(data) == row["sha256"]
    assert outcome(data) == (row["read"], row["refused"], row["links"])


@pytest.mark.skipif(not COLLECTION.is_dir(), reason="the collection is not here")
def test_no_collected_file_is_missing_from_the_table():
    files = {str(path.relative_to(COLLECTION)) for path in COLLECTION.rglob("*") if path.is_file()}
    assert files - {"SOURCE.txt"} == {row["file"] for row in ROWS}


def test_the_fixtures_are_of_the_collection_and_come_out_alike(folder):
    expected = {row["sha256"]: (row["read"], row["refused"], row["links"]) for row in ROWS}
    files = [path.read_bytes() for path in folder.iterdir() if path.suffix != ".md"]
    assert [outcome(data) for data in files] == [expected[digest(data)] for data in files]


def test_every_row_says_why_and_the_page_shows_it():
    page = PAGE.read_text("utf-8")
    assert [row["file"] for row in ROWS if not row["why"].endswith(".") or row["why"] not in page] == []
    assert sum(int(row["read"]) for row in ROWS) == 139
