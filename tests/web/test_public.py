"""What the public is given: the file as it was published, a feed that leads to it, and no person's name."""

from urllib.parse import urlsplit

from django.test import Client
from django.urls import reverse
from lxml import etree

from tocsin.stages.communication.alerts.models import Alert


def test_the_file_is_what_was_published(world):
    published = Alert.objects.get(id=world.things["published_alert"])
    answer = Client().get(reverse("public-cap", args=[published.identifier]))
    assert (answer.content, answer["Content-Type"]) == (
        published.cap_xml.encode(),
        "application/cap+xml; charset=utf-8",
    )


def test_the_feed_leads_to_every_file(world):
    stranger = Client()
    feed = etree.fromstring(stranger.get(reverse("public-feed")).content)
    links = [link.get("href") for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    answers = {link: stranger.get(urlsplit(link).path).status_code for link in links}
    assert (len(links), set(answers.values())) == (2, {200})


def test_an_empty_feed_is_a_feed(db):
    feed = etree.fromstring(Client().get(reverse("public-feed")).content)
    assert (feed.tag, len(feed.findall("{*}entry"))) == ("{http://www.w3.org/2005/Atom}feed", 0)


def test_the_portal_needs_no_script_and_tells_no_name(world):
    text = Client(headers={"accept-language": "en"}).get(reverse("public")).content.decode()
    assert ('class="area area-red"' in text, "information_officer" in text) == (True, False)
    assert "Exercise or replay." in text


def test_the_map_bears_its_approval_number(world, settings):
    settings.MAP_APPROVAL_NUMBER = "GS-2026-1"
    text = Client(headers={"accept-language": "en"}).get(reverse("public")).content.decode()
    assert "Map approval number: GS-2026-1" in " ".join(text.split())


def test_the_areas_are_those_in_force(world):
    found = Client().get(reverse("public-areas")).json()["features"]
    levels = {f["properties"]["code"]: f["properties"]["level"] for f in found if "code" in f["properties"]}
    assert {code for code, level in levels.items() if level} == {"440307"}
