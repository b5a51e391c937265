"""Texts as terms."""

from tocsin.engine.gather.terms import terms


def test_function_words_are_left_out_and_unknown_names_kept_by_twos():
    found = list(terms("我们的润和紫郡小区停电了"))
    assert ("停电", False) in found
    assert ("小区", False) in found
    assert ("紫郡", True) in found
    assert not {"我们", "的", "了"} & {term for term, _ in found}


def test_letters_and_digits_take_the_character_after_them():
    assert list(terms("A3区")) == [("A3区", True)]
    assert list(terms("101号")) == [("101号", False)]
    assert list(terms("ab")) == [("AB", True)]
    assert list(terms("7, !")) == []


def test_places_that_the_dictionary_knows_are_place_terms():
    assert dict(terms("深圳暴雨"))["深圳"] is True
    assert dict(terms("深圳暴雨"))["暴雨"] is False
