"""Files that any web server can serve: whole, valid, at a stable address."""

import json

import pytest
from lxml import etree

from tocsin.engine.cap import links, read, validate
from tocsin.gateways.channels.folder import NEWEST, FolderChannel, put

BASE = "https://city.example/public"


@pytest.fixture
def folder(tmp_path):
    return FolderChannel(tmp_path, base_url=BASE + "/")


def test_the_document_lies_at_its_address_byte_for_byte(folder, tmp_path, new_message):
    sent = new_message()
    receipt = folder.send(sent)
    assert receipt.note == f"{BASE}/cap/{sent.subject}.xml"
    written = (tmp_path / "cap" / f"{sent.subject}.xml").read_bytes()
    assert written == sent.cap_xml.encode()
    assert validate(written) == ()


def test_the_feed_names_each_file_newest_first(folder, tmp_path, new_message):
    first, second = new_message(minutes=0), new_message(minutes=5)
    for sent in (second, first):
        folder.send(sent)
    feed = (tmp_path / "feed.atom").read_bytes()
    assert links(feed) == tuple(f"{BASE}/cap/{sent.subject}.xml" for sent in (second, first))
    root = etree.fromstring(feed)
    assert root.findtext("{*}id") == f"{BASE}/feed.atom"


def test_sending_again_changes_nothing(folder, tmp_path, new_message):
    sent = new_message()
    assert folder.send(sent) == folder.send(sent)
    assert folder.already_has(sent.key) is None
    assert sorted(p.name for p in (tmp_path / "cap").iterdir()) == [f"{sent.subject}.xml"]


def test_a_feed_holds_the_newest_only(folder, tmp_path, new_message):
    for number in range(NEWEST + 1):
        folder.send(new_message(minutes=number))
    assert len(links((tmp_path / "feed.atom").read_bytes())) == NEWEST


def test_a_bulletin(folder, tmp_path, new_message):
    sent = new_message("bulletin", exercise=True)
    assert folder.send(sent).note == f"{BASE}/bulletins/{sent.subject}.json"
    assert json.loads((tmp_path / "bulletins" / f"{sent.subject}.json").read_text()) == {
        "id": str(sent.subject),
        "title": {"zh": "暴雨", "en": "Rain"},
        "text": {"zh": "下雨。", "en": "Rain."},
        "published": "2026-06-16T04:00:00.000000Z",
        "exercise": True,
    }


def test_what_lies_beside_does_not_disturb(folder, tmp_path, new_message):
    put(tmp_path / "cap" / ".half.xml.123", b"<al")
    sent = new_message()
    folder.send(sent)
    assert read((tmp_path / "cap" / f"{sent.subject}.xml").read_bytes()).identifier == str(sent.subject)
