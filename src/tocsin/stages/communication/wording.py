"""The house's own sentences for the public, in the pack's languages.

They are English here and translated where every other text of the program is. A language that nobody has
translated gets the English sentence.
"""

from collections.abc import Sequence

from django.utils import translation
from django.utils.translation import get_supported_language_variant, gettext

from tocsin.packs.rows import Text


def in_languages(sentence: str, languages: Sequence[str]) -> Text:
    """The sentence in each language. `sentence` is an English msgid."""
    said = {}
    for language in languages:
        with translation.override(_supported(language)):
            said[language] = gettext(sentence)
    return said


def _supported(language: str) -> str:
    try:
        return get_supported_language_variant(language)
    except LookupError:
        return "en"
