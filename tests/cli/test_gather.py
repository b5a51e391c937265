"""Which reports of a table speak of the same thing, from the shell."""

import csv

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from tocsin.cli.gather import gather

HEAD = "id,time,kind,lat,lng,place,text\n"
CALLS = HEAD + (
    "t,2026-06-14 08:00:00,Traffic: VEHICLE ACCIDENT -,40.1,-75.3,MAIN ST & OAK AVE,first\n"
    "e,2026-06-14 08:02:00,EMS: VEHICLE ACCIDENT,40.1,-75.3,MAIN ST & OAK AVE,second\n"
    "x,2026-06-14 08:03:00,EMS: FALL VICTIM,40.2,-75.3,MILL RD & ELM ST,\n"
)
MESSAGES = (
    ("A3区中海小区夜间施工噪音扰民", "中海小区旁边的工地夜间施工，噪音太大，居民无法休息。"),
    ("A3区中海小区工地夜间施工噪音", "工地夜间施工到凌晨，噪音影响中海小区居民休息。"),
    ("咨询退休工资何时调整", "请问退休工资今年什么时候调整？"),
    ("空", " "),
)


@pytest.fixture
def calls(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(CALLS)
    return path


@pytest.fixture
def messages(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["编号", "主题", "详情"])
    for number, (title, text) in enumerate(MESSAGES):
        sheet.append([24 if number == 2 else number + 24, title, text])
    sheet.append([])
    path = tmp_path / "messages.xlsx"
    book.save(path)
    return path


def run(*words, code=0):
    done = CliRunner().invoke(gather, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_events_are_told_with_their_reasons(calls, tmp_path):
    lines = run("events", calls, "--out", tmp_path / "out.csv").stdout.splitlines()
    assert lines[0] == "t: 2 reports, confidence 1.00"
    assert (
        lines[1].strip().startswith("t - e 0.998: same place MAIN ST & OAK AVE, 0 m apart; Traffic VEHICLE")
    )
    assert lines[2] == "3 reports, 2 candidate incidents, 1 of several reports"
    written = rows(tmp_path / "out.csv")
    assert [(row["incident"], row["id"]) for row in written] == [("t", "t"), ("t", "e"), ("x", "x")]
    assert written[0]["reasons"].startswith("t - e")
    assert (written[2]["reasons"], written[2]["lon"], written[0]["text"]) == ("", "-75.3", "first")


def test_bad_rows_are_told_and_the_others_go_on(calls):
    calls.write_text(
        CALLS
        + "n,2026-06-14 09:00:00,Fire: FIRE,,,,\n"
        + "a,yesterday,EMS: X,40.1,-75.3,,\n"
        + "b,2026-06-14 09:00:00,EMS: X,99,-75.3,,\n"
        + "t,2026-06-14 09:00:00,EMS: X,40.1,-75.3,,\n"
        + "x,2026-06-14 08:03:00,EMS: FALL VICTIM,40.2,-75.3,MILL RD & ELM ST,\n\n"
    )
    done = run("events", calls)
    told = done.stderr.splitlines()
    assert told[0].startswith("✗ line 6, at: no time can be read from “yesterday”")
    assert told[1].startswith("✗ line 7, position: a position out of range")
    assert told[2] == "✗ line 8, id: t names another report above"
    assert len(told) == 3
    assert done.stdout.splitlines()[-1].startswith("4 reports, 3 candidate incidents")


def test_a_person_wins(calls, tmp_path):
    said = tmp_path / "rulings.csv"
    said.write_text("a,b,verdict,by,why\nt,e,different,Li,two cars\ne,x,same,Li,the driver\n")
    lines = run("events", calls, "--rulings", said).stdout.splitlines()
    assert lines[0].startswith("e: 2 reports")
    assert "Li: the driver" in lines[1]
    said.write_text("a,b,verdict\nt,e,perhaps\n")
    assert "line 2: a, b and a verdict" in run("events", calls, "--rulings", said, code=1).output


def test_zone_reach_and_long_lists(calls):
    row = "{0},2026-06-{1} 08:0{2}:00,EMS: VEHICLE ACCIDENT,40.1,-75.3,MAIN ST & OAK AVE,\n"
    calls.write_text(HEAD + "".join(row.format(f"{d}{m}", d, m) for d in range(10, 31) for m in (0, 5)))
    lines = run("events", calls, "--zone", "+08:00").stdout.splitlines()
    assert lines[-2] == "… and 1 more (--out)"
    assert run("events", calls, "--minutes", "4").stdout.splitlines() == [
        "42 reports, 42 candidate incidents, 0 of several reports"
    ]
    for wrong in ("noon", ""):
        assert "is no offset such as +08:00" in run("events", calls, "--zone", wrong, code=2).output


def test_nothing_that_can_be_read_is_an_error(calls):
    calls.write_text(HEAD + "".join(f"{at},never,,,,,\n" for at in range(25)))
    assert "… and 5 more" in run("events", calls, code=1).stderr
    calls.write_text("")
    run("events", calls, code=1)


def test_topics_of_a_workbook(messages, tmp_path):
    done = run("topics", messages, "--column", "详情", "--title", "主题", "--out", tmp_path / "out.csv")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("2 messages: ")
    assert lines[1:3] == ["  2: A3区中海小区夜间施工噪音扰民", "  3: A3区中海小区工地夜间施工噪音"]
    assert lines[3] == "3 messages, 2 topics, 1 of several messages"
    assert done.stderr.splitlines() == ["✗ line 5, 详情: there is no text"]
    written = rows(tmp_path / "out.csv")
    assert [(row["topic"], row["size"], row["id"]) for row in written] == [
        ("2", "2", "2"),
        ("2", "2", "3"),
        ("4", "1", "4"),
    ]


def test_an_id_that_comes_again_hides_nobody(messages):
    done = run("topics", messages, "--column", "详情", "--id", "编号")
    assert "✗ line 4, 编号: 24 came before; here it is called 24 (line 4)" in done.stderr
    assert done.stdout.splitlines()[-1].startswith("3 messages")


def test_many_topics_are_cut_short(tmp_path):
    file = tmp_path / "messages.csv"
    file.write_text("text\n" + "".join(f"B{at}街道井盖{at}号丢失\n" * 2 for at in range(10, 32)))
    assert run("topics", file, "--column", "text").stdout.splitlines()[-2] == "… and 2 more (--out)"


def test_wrong_calls_are_told(messages, tmp_path):
    assert (
        "there is no column 正文; there are 编号"
        in run("topics", messages, "--column", "正文", code=1).output
    )
    (tmp_path / "x.xlsx").write_text("no book")
    assert (
        "not a table that can be read" in run("topics", tmp_path / "x.xlsx", "--column", "a", code=1).output
    )
    (tmp_path / "x.csv").write_text("a\n" + "b" * 200_000)
    assert "not a table that can be read" in run("topics", tmp_path / "x.csv", "--column", "a", code=1).output
    (tmp_path / "x.csv").write_text('a\n"two\nlines"\n')
    assert run("topics", tmp_path / "x.csv", "--column", "a").stdout.startswith("1 messages, 1 topics")
    (tmp_path / "x.csv").write_text("a\n")
    run("topics", tmp_path / "x.csv", "--column", "a", code=1)
    refused = CliRunner().invoke(gather, ["topics", str(messages), "--column", "详情", "--least", "2"])
    assert refused.exception.code == "gather.least"
