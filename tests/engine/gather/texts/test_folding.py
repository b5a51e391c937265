"""What counts as the same character."""

from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.engine.gather.texts import folding
from tocsin.engine.gather.texts.folding import LONGEST, SPAN, all_folded, folded, table
from tocsin.kernel.errors import Malformed


def read(texts):
    found = all_folded(texts)
    whole = found.codes.tobytes().decode("utf-32-le", "surrogatepass")
    return [whole[begin:end] for begin, end in zip(found.starts, found.starts[1:], strict=False)]


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("ＡＢＣ　１２３！", "abc 123!"),
        ("  两\t个\r\n空格 ", "两 个 空格"),
        ("零\u200b宽\ufeff空格\ufe0f", "零宽空格"),
        ("a\0b", "a b"),
        ("Straße ﬁn …", "strasse fin ..."),
        ("e\u0301 = é", "é = é"),
        ("가 = \u1100\u1161", "가 = 가"),
        ("㎡和℃", "m2和°c"),
        ("\U000e0041旗\U0003134a", "旗\U0003134a"),
        ("断\ud83d", "断\ud83d"),
        ("\u00b4", "\u0301"),
        ("", ""),
        (" \n", ""),
        ("简体≠簡體", "简体≠簡體"),
    ],
)
def test_as_people_read_it(typed, read_as):
    assert folded(typed) == read_as
    assert read(["x", typed, "y"]) == ["x", read_as, "y"]


letters = st.one_of(
    st.characters(codec=None, exclude_categories=()),
    st.sampled_from(
        "aÉe\u0301\u0323ﬁ… \t가\u1161\u11a8\u200dＡ！中国\ud800\u09be\u09c7\uff9e\uff76ΐİß\u0345"
    ),
)


@given(st.lists(st.text(letters, max_size=12), max_size=5))
def test_the_table_says_what_the_definition_says(texts):
    assert read(texts) == [folded(text) for text in texts]


@given(st.text(letters, max_size=12))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


def test_nothing_beyond_the_table_is_folded_but_tags():
    beyond = "".join(chr(code) for code in range(SPAN, 0x110000) if not 0xE0000 <= code < 0xE1000)
    assert normalize("NFKC", beyond).casefold() == beyond
    assert table().entry.shape == (SPAN,)


def test_a_text_is_looked_at_up_to_a_length():
    long, accented = "长" * (LONGEST + 5), "e\u0301" * LONGEST
    found = all_folded([long, accented, "短"])
    assert found.cut.tolist() == [True, True, False]
    assert np.diff(found.starts).tolist() == [LONGEST, LONGEST // 2, 1]


def test_a_number_among_the_texts_is_named():
    for wrong in (3, None, b"bytes"):
        with pytest.raises(Malformed) as refusal:
            all_folded(["a", wrong], 10)
        assert (refusal.value.code, refusal.value.data["where"]) == ("gather.not_text", 11)
        assert type(wrong).__name__ in str(refusal.value)


def test_no_texts_are_no_characters():
    assert read([]) == []
    assert folding.encoded([]).tolist() == []
