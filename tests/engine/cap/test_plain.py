"""The short way: what it takes, what it leaves aside, and that it is never wrong."""

import time

import pytest

from engine.cap.strategies import VALID
from tocsin.engine.cap import Valued, read
from tocsin.engine.cap.plain import plain
from tocsin.engine.cap.safety import MOST_BYTES, tree
from tocsin.engine.cap.structure import structured

SHORT = ["no_optional_fields.cap", "canada.cap", "homeland_security.cap", "australia.cap"]


def long(data: bytes):
    return structured(tree(data)).alert


def test_it_gives_the_records_of_the_long_way():
    assert plain(VALID) == long(VALID)
    assert plain(VALID) is not None


def test_real_files_that_are_plainly_spelled_go_the_short_way(folder):
    files = [(folder / name).read_bytes() for name in SHORT]
    assert [plain(data) == long(data) for data in files] == [True] * len(SHORT)


def test_whatever_real_file_it_takes_the_long_way_takes_alike(folder):
    for file in folder.iterdir():
        data = file.read_bytes()
        if (short := plain(data)) is not None:
            assert short == long(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<alert", '<?xml version="1.0"?>\n<alert'),
        ("<alert", "<?xml version = '1.0' encoding = 'UTF-8' standalone = 'yes'?><alert"),
        ("<alert", '<?xml version="1.0" encoding="utf-8"?>\n<?xml-stylesheet href="x"?>\n<alert'),
        ("</alert>", "</alert>\n"),
        ("\n", "\r\n"),
        ("\n", "\r"),
        ("cap:1.2", "cap:1.1"),
        ("urn:oasis:names:tc:emergency:cap:1.2", "http://www.incident.com/cap/1.0"),
        ("Rainstorm", " a &lt; b &amp;amp; &quot;c&quot; "),
        ("<event>", "<responseType/><event>"),
        ("<status>", "<status> "),
        ("<expires>", "<onset></onset><expires>"),
        ("<expires>", "<onset /><expires>"),
        ("Longgang", "\u3000龙岗\u00a0"),
        ("<area>", "<parameter><valueName>a &amp; b</valueName><value/></parameter><area>"),
        ("<area>", "<parameter><valueName> a </valueName>\n<value> </value> </parameter><area>"),
        ("</area>", "<altitude>0</altitude></area>"),
        ("</area>", "</area><area><areaDesc>x</areaDesc></area>"),
        ("<language>zh-CN</language>", ""),
        ("<language>zh-CN</language>", "<language> </language>"),
        ("Met</category>", "Met</category><category>Fire</category>"),
        ("Met</category>", "Met</category><category> Geo\n</category>"),
    ],
)
def test_spellings_that_it_takes_or_leaves_mean_the_same(source, old, new):
    data = source.replace(old, new).encode()
    assert read(data) == long(data)


def test_a_prefix_is_a_spelling(source):
    prefixed = source.replace("<", "<cap:").replace("<cap:/", "</cap:").replace("xmlns=", "xmlns:cap=")
    assert plain(prefixed.encode()) == plain(source.encode())
    assert plain(source.encode()) is not None


def test_names_and_values_are_without_the_white_space_around_them(source):
    pair = "<eventCode><valueName> a &gt; </valueName><value>\n b </value></eventCode><expires>"
    assert plain(source.replace("<expires>", pair).encode()).info[0].event_code == (Valued("a >", "b"),)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Longgang", "Long\x01gang"),
        ("Longgang", "Long\ufffegang"),
        ("Longgang", "Long]]>gang"),
        ("Longgang", "Long&nbsp;gang"),
        ("Longgang", "Long&#38;gang"),
        ("Longgang", "Long & gang"),
        ("Longgang", "<![CDATA[Longgang]]>"),
        ("Longgang", "Long<!-- c -->gang"),
        ("<area>", "<area a='b'>"),
        ("<area>", "<x/><area>"),
        ("</info>", "</info><x/>"),
        ("</alert>", "</alert ><x/>"),
        ("</alert>", "</alert><alert/>"),
        ("</alert>", ""),
        ("</info>", ""),
        ("<alert", '<?xml version="1.0" encoding="GB18030"?><alert'),
        ("<alert", """<?xml version="1.0'?><alert"""),
        ("<alert", """<?xml version="1.0" encoding="utf-8'?><alert"""),
        ("<alert", """<?xml version="1.0" standalone='yes"?><alert"""),
        ('cap:1.2"', "cap:1.2'"),
        ("<alert", '<!DOCTYPE alert [<!ENTITY amp "x">]><alert'),
        ("<alert", "<cap:alert"),
        ("cap:1.2", "cap:1.3"),
        ("Actual", "actual"),
        ("Actual", " "),
        ("Met", "Meteo"),
        ("12:50:00+08:00", "12:50:00"),
        ("12:50:00+08:00", "12:50:00.00000000000000000000000+08:00"),
        ("<sender>desk@example.org</sender>", ""),
        ("<category>Met</category>", ""),
        ("<category>Met</category>", "<category>Met</category><category> </category>"),
        ("<category>Met</category><event>Rainstorm</event>", "<event>x</event><category>Met</category>"),
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(source, old, new):
    assert plain(source.replace(old, new).encode()) is None


def test_bytes_that_are_no_text_or_too_many_are_left_to_the_parser(source):
    assert plain(b"\xff") is None
    assert plain(source.encode() + b" " * MOST_BYTES) is None


@pytest.mark.parametrize("piece", ["<info>", "<category>Met</category>", "<code>x</code>", " ", "&amp;"])
def test_a_long_text_that_does_not_fit_takes_no_longer_than_its_length(source, piece):
    data = source.replace("</alert>", piece * (1_000_000 // len(piece))).encode()
    began = time.perf_counter()
    assert plain(data) is None
    assert time.perf_counter() - began < 2
