"""The house's own sentences for the public, in the pack's languages.

They are English here and translated where every other text of the program is. A language that nobody has
translated gets the English sentence.
"""

from collections.abc import Iterable, Sequence

from django.utils import translation
from django.utils.translation import get_supported_language_variant, gettext

from tocsin.engine.cap.leaves import ILLEGAL
from tocsin.kernel.errors import Malformed
from tocsin.packs.rows import Text


def in_languages(sentence: str, languages: Sequence[str]) -> Text:
    """The sentence in each language. `sentence` is an English msgid."""
    said = {}
    for language in languages:
        with translation.override(_supported(language)):
            said[language] = gettext(sentence)
    return said


def in_order(text: Text, languages: Sequence[str]) -> dict[str, str]:
    """The text with its languages in the pack's order, others last: a database may have shuffled them."""
    first = [language for language in languages if language in text]
    return {language: text[language] for language in dict.fromkeys([*first, *sorted(text)])}


def require_legible(texts: Iterable[str], where: str) -> None:
    """Raises `Malformed` where a text holds what no XML document may hold (control characters)."""
    if any(ILLEGAL.search(text) for text in texts):
        raise Malformed(
            "text.characters",
            "The text holds control characters.",
            cure="Remove them; most come from copying out of another program.",
            where=where,
        )


def _supported(language: str) -> str:
    try:
        return get_supported_language_variant(language)
    except LookupError:
        return "en"
