"""The house's sentences in the languages of a pack, whichever they are."""

from tocsin.stages.communication.wording import in_languages, in_order


def test_a_language_that_nobody_translated_gets_the_english_sentence():
    assert in_languages("What we know", ["en", "xx"]) == {"en": "What we know", "xx": "What we know"}


def test_the_packs_order_then_the_rest():
    shuffled = {"fr": "pluie", "en": "rain", "zh": "雨", "de": "Regen"}
    assert list(in_order(shuffled, ["zh", "en", "pt"])) == ["zh", "en", "de", "fr"]
