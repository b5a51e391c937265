"""The seats that a demonstration offers at its sign-in page."""

from django import template

from tocsin.spine.people.models import Post
from tocsin.spine.people.queries import posts
from tocsin.web.views.entry import SEATS, open_to_all

register = template.Library()


@register.simple_tag
def offered_seats() -> list[Post]:
    """The posts that may be entered without a password; none but in a demonstration."""
    if not open_to_all():
        return []
    known = {post.code: post for post in posts()}
    return [known[code] for code in SEATS if code in known]
