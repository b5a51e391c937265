"""Messages said again, found from the command line."""

import csv

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from tocsin.cli.gather_texts import texts
from tocsin.engine.gather.texts.folding import LONGEST
from tocsin.kernel.errors import Malformed

SAID = [
    "A3区中海国际社区三期西侧空地夜间施工噪音扰民，请求处理",
    "请问下学期学费什么时候交",
    "A3区中海国际社区三期西侧空地深夜施工噪音扰民，请求处理！",
    "",
    "请问下学期学费什么时候交？",
    "=请问下学期学费什么时候交",
]


def run(*words, code=0):
    done = CliRunner().invoke(texts, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "messages.csv"
    path.write_text("编号,内容\n" + "".join(f"m{at},{one}\n" for at, one in enumerate(SAID)))
    return path


def test_it_tells_groups_and_what_differs(table):
    lines = run(table, "--column", "内容").stdout.splitlines()
    assert lines == [
        "3 messages, lines 3 to 7: 请问下学期学费什么时候交",
        "  0.833 lines 6 and 7: “” → “=”, “?” → “”",
        "  0.909 lines 3 and 6: “” → “?”",
        "2 messages, lines 2 to 4: A3区中海国际社区三期西侧空地夜间施工噪音扰民，请求处理",
        "  0.710 lines 2 and 4: “” → “深”, “间” → “”, “” → “!”",
        "6 messages, 3 groups; 2 of several, with 5 messages",
        "1 without text: line 5",
    ]


def test_every_message_is_in_the_file_that_it_writes(table, tmp_path):
    out = tmp_path / "groups.csv"
    assert run(table, "--column", "内容", "--id", "编号", "--out", out).stdout.endswith(f"→ {out}\n")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["m0", "m2", "m1", "m4", "m5", "m3"]
    assert [row["size"] for row in rows] == ["2", "2", "3", "3", "3", "1"]
    assert (rows[1]["like"], rows[3]["share"], rows[5]["like"]) == ("2", "0.909", "")
    assert rows[4]["text"] == f"'{SAID[5]}"


def test_a_workbook_and_plain_lines_are_read_too(tmp_path):
    book = Workbook()
    for row in (["内容"], *([one] for one in SAID[:3])):
        book.active.append(row)
    book.save(tmp_path / "messages.xlsx")
    assert "3 messages, 2 groups" in run(tmp_path / "messages.xlsx", "--column", "内容").stdout
    plain = tmp_path / "messages.txt"
    plain.write_text("\n".join([*SAID, "长" * (LONGEST + 1)]), "utf-8")
    lines = run(plain, "--similar", "0.95", "--cores", "1").stdout.splitlines()
    assert lines[-3:] == [
        "7 messages, 7 groups; 0 of several, with 0 messages",
        "1 without text: line 4",
        f"1 compared up to character {LONGEST}: line 7",
    ]


def test_many_groups_are_counted(tmp_path):
    plain = tmp_path / "messages.txt"
    plain.write_text("\n".join(chr(0x4E00 + at // 2) * 5 for at in range(60)), "utf-8")
    lines = run(plain).stdout.splitlines()
    assert lines[-2:] == [
        "… and 10 more (--out)",
        "60 messages, 30 groups; 30 of several, with 60 messages",
    ]


def test_what_is_missing_is_said(table, tmp_path):
    assert "needs --column" in run(table, code=2).output
    assert "there are 编号, 内容" in run(table, "--column", "正文", code=2).output
    assert "there is no column 号" in run(table, "--column", "内容", "--id", "号", code=2).output
    (tmp_path / "empty.txt").write_text("")
    run(tmp_path / "empty.txt", code=1)


def test_lines_that_cannot_be_read_are_told(tmp_path):
    path = tmp_path / "messages.csv"
    path.write_text("编号,内容\n1,停水了\n" + "2,停,水了\n" * 22)
    done = run(path, "--column", "内容")
    assert "✗ line 3: it has 3 cells, the header 2" in done.stderr
    assert "… and 2 more" in done.stderr
    assert "1 messages, 1 groups" in done.stdout


def test_an_id_that_names_two_is_refused(tmp_path):
    path = tmp_path / "messages.csv"
    path.write_text("编号,内容\n1,停水了\n1,停电了\n")
    done = CliRunner().invoke(texts, [str(path), "--column", "内容", "--id", "编号"])
    assert isinstance(done.exception, Malformed)
    assert done.exception.data["where"] == "line 2 and line 3"
    done = CliRunner().invoke(texts, [str(path), "--column", "内容", "--similar", "0.2"])
    assert isinstance(done.exception, Malformed)
