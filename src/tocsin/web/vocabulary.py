"""Words that reach a page as data: states, roles, powers, keys of a plan's blocks. They stand here so that
each of them is found by whoever translates; the test of the texts holds this list against the enums.
Their context is `word`, so that “open” here is not the “open” of another room.
"""

from typing import Any

from django.utils.translation import pgettext, pgettext_lazy

WORDS = (
    # roles
    pgettext_lazy("word", "duty officer"),
    pgettext_lazy("word", "commander"),
    pgettext_lazy("word", "liaison"),
    pgettext_lazy("word", "information officer"),
    pgettext_lazy("word", "auditor"),
    pgettext_lazy("word", "administrator"),
    # incidents and proposals
    pgettext_lazy("word", "open"),
    pgettext_lazy("word", "ended"),
    pgettext_lazy("word", "closed"),
    pgettext_lazy("word", "signed"),
    pgettext_lazy("word", "changed"),
    pgettext_lazy("word", "refused"),
    pgettext_lazy("word", "withdrawn"),
    pgettext_lazy("word", "open incident"),
    pgettext_lazy("word", "response level"),
    pgettext_lazy("word", "grade"),
    pgettext_lazy("word", "end response"),
    pgettext_lazy("word", "issue alert"),
    pgettext_lazy("word", "cancel alert"),
    # deadlines
    pgettext_lazy("word", "running"),
    pgettext_lazy("word", "missed"),
    pgettext_lazy("word", "met"),
    pgettext_lazy("word", "met late"),
    pgettext_lazy("word", "cancelled"),
    pgettext_lazy("word", "kept"),
    pgettext_lazy("word", "late"),
    pgettext_lazy("word", "called off"),
    # situations and quarantine
    pgettext_lazy("word", "watched"),
    pgettext_lazy("word", "waiting"),
    pgettext_lazy("word", "mended"),
    pgettext_lazy("word", "dismissed"),
    # how long the law's words last
    pgettext_lazy("word", "immediately"),
    pgettext_lazy("word", "promptly"),
    # blocks of a plan and their keys
    pgettext_lazy("word", "plan"),
    pgettext_lazy("word", "triggers"),
    pgettext_lazy("word", "levels"),
    pgettext_lazy("word", "posts"),
    pgettext_lazy("word", "groups"),
    pgettext_lazy("word", "tasks"),
    pgettext_lazy("word", "orders"),
    pgettext_lazy("word", "resources"),
    pgettext_lazy("word", "messages"),
    pgettext_lazy("word", "clocks"),
    pgettext_lazy("word", "reports"),
    pgettext_lazy("word", "review"),
    pgettext_lazy("word", "id"),
    pgettext_lazy("word", "code"),
    pgettext_lazy("word", "title"),
    pgettext_lazy("word", "name"),
    pgettext_lazy("word", "hazards"),
    pgettext_lazy("word", "incident"),
    pgettext_lazy("word", "language"),
    pgettext_lazy("word", "review years"),
    pgettext_lazy("word", "source"),
    pgettext_lazy("word", "verified"),
    pgettext_lazy("word", "warning"),
    pgettext_lazy("word", "places"),
    pgettext_lazy("word", "level"),
    pgettext_lazy("word", "reason"),
    pgettext_lazy("word", "by"),
    pgettext_lazy("word", "matter"),
    pgettext_lazy("word", "expected"),
    pgettext_lazy("word", "measures"),
    pgettext_lazy("word", "basis"),
    pgettext_lazy("word", "duty"),
    pgettext_lazy("word", "lead"),
    pgettext_lazy("word", "members"),
    pgettext_lazy("word", "from"),
    pgettext_lazy("word", "owner"),
    pgettext_lazy("word", "within"),
    pgettext_lazy("word", "text"),
    pgettext_lazy("word", "to"),
    pgettext_lazy("word", "acknowledge"),
    pgettext_lazy("word", "what"),
    pgettext_lazy("word", "quantity"),
    pgettext_lazy("word", "unit"),
    pgettext_lazy("word", "kind"),
    pgettext_lazy("word", "headline"),
    pgettext_lazy("word", "description"),
    pgettext_lazy("word", "instruction"),
    pgettext_lazy("word", "follow up"),
    # what the journal's proof says
    pgettext_lazy("word", "the chain does not end where its head says"),
    pgettext_lazy("word", "it does not follow its predecessor"),
    pgettext_lazy("word", "its content does not fit its seal"),
)


def said(value: Any) -> str:
    """A word of the house in the reader's language; one that nobody translates stays as it is."""
    plain = str(value).replace("_", " ").strip()
    return pgettext("word", plain) if plain else ""
