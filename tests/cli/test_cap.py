"""Files are checked, signed and turned from the shell."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from engine.cap.issuing import Issuer
from tocsin.cli.cap import cap
from tocsin.engine.cap import read
from tocsin.kernel.errors import Malformed

FIXTURES = Path(__file__).parents[1] / "engine/cap/fixtures"
GOOD = FIXTURES / "weather.cap"


def run(*words, code=0):
    done = CliRunner().invoke(cap, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def issuer():
    return Issuer()


@pytest.fixture
def pem(tmp_path, issuer):
    """Key (locked with "word"), certificates and password, as files."""
    locked = issuer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"word"))
    (tmp_path / "key.pem").write_bytes(locked)
    (tmp_path / "chain.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in issuer.chain))
    (tmp_path / "root.pem").write_bytes(issuer.root.public_bytes(Encoding.PEM))
    (tmp_path / "word").write_text("word\n")
    return tmp_path


def sign(pem):
    words = ("--key", pem / "key.pem", "--certificate", pem / "chain.pem", "--password-file", pem / "word")
    run("sign", GOOD, *words, "--out", pem / "signed.cap")
    return pem / "signed.cap"


def test_a_file_in_order_is_said_to_be():
    assert run("check", GOOD).output == "weather.cap: in order\n"


def test_each_complaint_is_told_with_its_cure():
    assert run("check", FIXTURES / "canada_errors.cap").output == (
        "canada_errors.cap: 1 complaints\n"
        "  · /alert/references: CAP 1.2 §3.2.1: "
        "A message of type Update names the messages that it is about. "
        "Write sender,identifier,sent of each, separated by spaces.\n"
    )
    assert "  ✗ /alert/scope: " in run("check", FIXTURES / "invalid.cap", code=1).output


def test_of_a_feed_every_message_is_checked():
    out = run("check", FIXTURES / "bushfire_invalid.edxlde", code=1).output.splitlines()
    assert out[0].startswith("bushfire_invalid.edxlde: ")
    assert out[0].endswith(", 5 messages")
    assert any("/EDXLDistribution/contentObject[3]/alert[1]/info[1]/urgency" in line for line in out)
    assert run("check", FIXTURES / "earthquake_index.atom").output == (
        "earthquake_index.atom: in order, 0 messages, 1 links\n"
    )


def test_a_folder_is_checked_file_by_file_and_its_other_files_left_alone():
    out = run("check", FIXTURES, code=1).output
    names = [line.partition(":")[0] for line in out.splitlines() if not line.startswith("  ")]
    assert names == sorted(one.name for one in FIXTURES.iterdir() if one.suffix not in (".pem", ".md"))


def test_json_and_csv_say_the_same():
    paths = (GOOD, FIXTURES / "invalid.cap")
    good, bad = json.loads(run("check", *paths, "--format", "json", code=1).output)
    assert good == {"file": "weather.cap", "messages": 1, "links": 0, "signature": None, "complaints": []}
    rows = list(csv.DictReader(run("check", *paths, "--format", "csv", code=1).output.splitlines()))
    assert [row["file"] for row in rows] == ["weather.cap", "invalid.cap"]
    assert [rows[1][key] for key in ("code", "path", "rule", "cure")] == [
        bad["complaints"][0][key] for key in ("code", "path", "rule", "cure")
    ]
    assert (bad["complaints"][0]["fatal"], rows[1]["fatal"], rows[0]["code"]) == (True, "True", "")


def test_what_was_signed_is_valid_for_who_trusts_the_authority(pem):
    signed = sign(pem)
    root, june = ("--certificate", pem / "root.pem"), ("--at", "2026-06-16")
    assert run("check", signed, *root, *june).output == "signed.cap: in order, signature valid\n"
    assert "signature expired" in run("check", signed, *root, "--at", "2028-01-01", code=1).output
    assert "signature unsigned" in run("check", GOOD, *root, *june, code=1).output
    broken = run("check", FIXTURES / "invalid.cap", *root, *june, code=1).output
    assert (broken.count("/alert/scope"), "signature unreadable" in broken) == (1, True)
    assert read(signed.read_bytes()).identifier == read(GOOD.read_bytes()).identifier


def test_an_archive_is_checked_at_its_time():
    words = ("--certificate", FIXTURES / "naads_x509_cert.pem", "--at", "2013-04-01")
    signed = FIXTURES / "canada_signed.cap"
    assert "signature unsupported" in run("check", signed, *words, code=1).output
    assert run("check", signed, *words, "--sha1").output.endswith("signature valid\n")
    assert "signature expired" in run("check", signed, *words[:2], "--sha1", code=1).output


def test_without_a_password_the_key_is_refused(pem):
    done = CliRunner().invoke(
        cap, ["sign", str(GOOD), "--key", f"{pem}/key.pem", "--certificate", f"{pem}/chain.pem"]
    )
    assert isinstance(done.exception, Malformed)
    assert done.exception.code == "cap.key"


def test_a_profile_is_shipped_or_a_file(tmp_path):
    assert "IPAWS 1.0, code" in run("check", GOOD, "--profile", "ipaws").output
    demand = {
        "code": "own.code",
        "element": "info/eventCode",
        "clause": "Own 1",
        "text": "A code.",
        "cure": "Add one.",
        "name": "own",
    }
    own = tmp_path / "own.json"
    own.write_text(json.dumps({"name": "own", "source": "us", "demands": [demand]}))
    assert run("check", FIXTURES / "canada.cap", "--profile", own).output == (
        "canada.cap: 2 complaints\n"
        "  · /alert/info[1]/eventCode: Own 1: A code. Add one.\n"
        "  · /alert/info[2]/eventCode: Own 1: A code. Add one.\n"
    )
    own.write_text("{}")
    assert "own.json: " in run("check", GOOD, "--profile", own, code=1).output
    assert "no profile nothing" in run("check", GOOD, "--profile", "nothing", code=1).output


def test_a_warning_becomes_a_map():
    found = json.loads(run("convert", FIXTURES / "australia.cap", "--to", "geojson").output)
    first = found["features"][0]
    assert (found["type"], first["geometry"]["type"]) == ("FeatureCollection", "Polygon")
    assert first["properties"]["identifier"] == "tag:www.rfs.nsw.gov.au2011-10-06:40184"


def test_an_old_message_becomes_one_of_today(tmp_path):
    old = FIXTURES / "earthquake.cap"
    run("convert", old, "--to", "cap", "--out", tmp_path / "new.cap")
    new = (tmp_path / "new.cap").read_bytes()
    assert (b"cap:1.2" in new, read(new)) == (True, read(old.read_bytes()))
    assert "holds 0 messages" in run("convert", FIXTURES / "invalid.cap", "--to", "cap", code=1).output
