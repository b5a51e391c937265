"""The API's description is kept beside this test, so that no change of it goes unseen.

Renew it after a change that was meant: `TOCSIN_RENEW=1 .venv/bin/pytest tests/api/test_openapi.py`.
"""

import json
import os
from pathlib import Path

import pytest
from django.test import Client

from tocsin.api.door import api
from tocsin.api.reference import operations

pytestmark = pytest.mark.django_db  # the pages' own door asks every request for the jurisdiction's zone
KEPT = Path(__file__).with_name("openapi.json")


@pytest.fixture
def described():
    return json.loads(Client().get("/api/openapi.json").content)


def test_it_is_as_it_was(described):
    if os.environ.get("TOCSIN_RENEW") == "1":
        KEPT.write_text(json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    assert described == json.loads(KEPT.read_text("utf-8"))


def test_it_is_openapi_3_1(described):
    assert described["openapi"] == "3.1.0"


def test_every_operation_is_told(described):
    told = [method for methods in described["paths"].values() for method in methods.values()]
    assert [one["operationId"] for one in told if not one["description"] or not one["x-power"]] == []
    assert len({one["operationId"] for one in told}) == len(told)


def test_every_reference_leads_somewhere(described):
    written = json.dumps(described)
    names = {part.split('"')[0] for part in written.split('"$ref": "#/components/')[1:]}
    known = {f"{group}/{name}" for group, rows in described["components"].items() for name in rows}
    assert names - known == set()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_for_people_names_every_operation(language):
    page = Client().get("/api/", headers={"Accept-Language": language})
    text = page.content.decode()
    rows = [row for rows in operations(api.get_openapi_schema()).values() for row in rows]
    assert page.status_code == 200
    assert [row["path"] for row in rows if f"{row['method']} {row['path']}" not in text] == []
    assert "<script" not in text
    assert "http://" not in text
    assert "https://" not in text
