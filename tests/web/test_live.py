"""Live without reload: whether there is news, and what time it is here."""

from django.urls import reverse
from tests.house.world import SAID

from tocsin.spine.incidents.actions import open_incident
from tocsin.spine.journal.queries import newest


def test_there_is_no_news(as_role):
    answer = as_role("commander").get(reverse("live"), {"after": newest()})
    assert (answer.status_code, answer.content) == (204, b"")
    assert (answer["Tocsin-Now"], answer["Tocsin-Speed"]) == ("2026-06-16T04:00:00.000000Z", "60")


def test_there_is_news(world, as_role):
    before = newest()
    open_incident(act=world.desk.act("commander"), kind="rainstorm", title=SAID)
    answer = as_role("commander").get(reverse("live"), {"after": before})
    assert (answer.status_code, answer.json()) == (200, {"seq": before + 1, "kinds": ["incident.opened"]})


def test_a_page_says_up_to_where_it_has_seen(as_role):
    assert f'data-seq="{newest()}"' in as_role("commander").get("/").content.decode()
