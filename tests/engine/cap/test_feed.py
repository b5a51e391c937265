"""The feed that we publish, and the links in those of others."""

from datetime import UTC, datetime

import pytest
from lxml import etree
from msgspec.structs import replace

from tocsin.engine.cap import address, atom, links, read
from tocsin.engine.cap.feed import ATOM
from tocsin.kernel.errors import Malformed

NOON = datetime(2026, 6, 16, 4, tzinfo=UTC)


def feed(*alerts, title="Warnings", updated=NOON):
    return atom(
        alerts, feed_id="urn:x:feed", title=title, base_url="https://example.org/cap/", updated=updated
    )


def test_a_feed_of_one(source):
    assert feed(read(source.encode())).decode() == (
        """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:x:feed</id>
  <title>Warnings</title>
  <updated>2026-06-16T04:00:00+00:00</updated>
  <link rel="self" type="application/atom+xml" href="https://example.org/cap/feed.atom"/>
  <entry xml:lang="zh-CN">
    <id>https://example.org/cap/a.1.xml</id>
    <title>Rainstorm</title>
    <updated>2026-06-16T12:50:00+08:00</updated>
    <author><name>desk@example.org</name></author>
    <link rel="alternate" type="application/cap+xml" href="https://example.org/cap/a.1.xml"/>
    <category term="Met"/>
    <summary>Rainstorm</summary>
  </entry>
</feed>
"""
    )


def test_every_entry_has_what_atom_demands(alert):
    bare = replace(alert, identifier='a/"1"&', info=())
    root = etree.fromstring(feed(alert, bare, title="<&>"))
    demanded = [f"{{{ATOM}}}{tag}" for tag in ("id", "title", "updated")]
    for element in (root, *root.iter(f"{{{ATOM}}}entry")):
        assert [len(element.findall(tag)) for tag in demanded] == [1, 1, 1]
    assert [entry.findtext(f"{{{ATOM}}}title") for entry in root.iter(f"{{{ATOM}}}entry")] == [
        "Red rainstorm",
        'a/"1"&',
    ]
    assert [name.text for name in root.iter(f"{{{ATOM}}}name")] == ["Desk", "desk@example.org"]
    assert links(feed(alert, bare)) == (
        "https://example.org/cap/a.1.xml",
        "https://example.org/cap/a%2F%221%22%26.xml",
    )
    assert address(bare, "https://example.org/cap") == links(feed(bare))[0]


def test_a_feed_that_lies_elsewhere_says_so():
    here = "https://example.org/feed.atom?a&b"
    document = atom(
        [], feed_id="urn:x:feed", title="W", base_url="https://x.org/cap", updated=NOON, self_url=here
    )
    assert [link.get("href") for link in etree.fromstring(document).iter(f"{{{ATOM}}}link")] == [here]


def test_an_empty_feed_is_a_feed():
    assert links(feed()) == ()


def test_a_naive_time_is_refused(alert):
    with pytest.raises(Malformed) as caught:
        feed(updated=datetime(2026, 6, 16))
    assert (caught.value.code, caught.value.data["where"]) == ("cap.time", "/feed/updated")
    with pytest.raises(Malformed) as caught:
        feed(alert, replace(alert, sent=datetime(2026, 6, 16)))
    assert caught.value.data["where"] == "/feed/entry[2]/updated"


def test_control_characters_are_refused():
    with pytest.raises(Malformed) as caught:
        feed(title="\0")
    assert caught.value.code == "cap.characters"


def test_of_several_links_caps_own_is_taken_and_each_once():
    entry = '<entry><link href="a.html"/><link type="application/cap+xml" href=" a.xml "/></entry>'
    other = '<entry><link href="b.html"/></entry><entry/>'
    assert links(f'<feed xmlns="{ATOM}">{entry}{other}{entry}</feed>'.encode()) == ("a.xml", "b.html")
    assert links(b"<rss><channel><item><link>c</link></item><item/></channel></rss>") == ("c",)
