"""`tocsin cap`: check CAP files, sign them, and turn them into what maps and CAP 1.2 understand."""

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from tocsin.engine import cap as engine
from tocsin.engine.cap.profiles import SHIPPED
from tocsin.kernel.errors import TocsinError, fill

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SUFFIXES = {".cap", ".xml", ".atom", ".rss", ".edxl", ".edxlde"}
"""What of a folder is taken for CAP; a file that is named is always read."""


class Checked(msgspec.Struct, kw_only=True):
    """What became of one file."""

    file: str
    messages: int
    links: int
    signature: str | None
    complaints: list[dict[str, Any]]

    @property
    def in_order(self) -> bool:
        """Whether nothing is fatal and, where signatures were asked for, the signature is valid."""
        fatal = any(one["fatal"] for one in self.complaints)
        return not fatal and self.signature in (None, engine.Trust.VALID)


@click.group()
def cap() -> None:
    """Common Alerting Protocol 1.2."""


@cap.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--certificate", "trusted", multiple=True, type=FILE, help="PEM of who is trusted; repeatable.")
@click.option("--at", type=click.DateTime(), help="When the signature is checked, in UTC; now, if left out.")
@click.option("--sha1", is_flag=True, help="Take signatures of SHA-1 too, for archives.")
@click.option("--profile", help=f"One of {', '.join(SHIPPED)}, or a JSON file of demands.")
@click.option("--format", "shape", type=click.Choice(["text", "json", "csv"]), default="text")
def check(
    paths: tuple[Path, ...],
    trusted: tuple[Path, ...],
    at: datetime | None,
    sha1: bool,
    profile: str | None,
    shape: str,
) -> None:
    """Tells every complaint about the PATHS, with element, rule and cure.

    A path is a CAP file, a feed, an envelope, or a folder of them. Exits with 1 where a complaint is fatal,
    or a certificate is given and a signature is not valid.
    """
    certificates = [one for path in trusted for one in engine.certificates(path.read_bytes())]
    demands = _profile(profile) if profile else None
    instant = at.replace(tzinfo=UTC) if at else datetime.now(UTC)
    found = []
    for path, name in _files(paths):
        data = path.read_bytes()
        signature = engine.verify(data, certificates, at=instant, sha1=sha1) if trusted else None
        found.append(_checked(data, name, demands, signature))
        if shape == "text":
            _tell(found[-1])
    if shape == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    elif shape == "csv":
        click.echo(_table(found), nl=False)
    sys.exit(0 if all(one.in_order for one in found) else 1)


@cap.command()
@click.argument("file", type=FILE)
@click.option("--key", required=True, type=FILE, help="The private key, PEM.")
@click.option("--certificate", required=True, type=FILE, help="Its certificate, then its authorities', PEM.")
@click.option("--password-file", type=FILE, help="Holds the key's password.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Standard output, if left out.")
def sign(file: Path, key: Path, certificate: Path, password_file: Path | None, out: Path | None) -> None:
    """Signs the CAP FILE, enveloped, with SHA-256."""
    password = password_file.read_bytes().strip() if password_file else None
    chain = engine.certificates(certificate.read_bytes())
    _give(engine.sign(file.read_bytes(), engine.private_key(key.read_bytes(), password), chain), out)


@cap.command()
@click.argument("file", type=FILE)
@click.option("--to", "shape", required=True, type=click.Choice(["geojson", "cap"]))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Standard output, if left out.")
def convert(file: Path, shape: str, out: Path | None) -> None:
    """Turns FILE into GeoJSON (a feature for each area), or its one message into CAP 1.2."""
    alerts = [one for one in engine.read_all(file.read_bytes()) if isinstance(one, engine.Alert)]
    if shape == "geojson":
        features = [feature for alert in alerts for feature in _features(alert)]
        _give(msgspec.json.encode({"type": "FeatureCollection", "features": features}), out)
        return
    if len(alerts) != 1:
        raise click.ClickException(f"{file.name} holds {len(alerts)} messages; give a file with one")
    _give(engine.write(alerts[0], strict=False), out)


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Each file, and the name that it is told under."""
    for path in paths:
        if path.is_dir():
            inside = sorted(
                one for one in path.rglob("*") if one.suffix.lower() in SUFFIXES and one.is_file()
            )
            yield from ((one, str(one.relative_to(path))) for one in inside)
        else:
            yield path, path.name


def _checked(
    data: bytes, name: str, profile: engine.Profile | None, signature: engine.Verdict | None
) -> Checked:
    complaints = list(engine.validate_all(data, profile))
    if signature and signature.complaint and signature.complaint not in complaints:
        complaints.append(signature.complaint)
    messages, links = 0, 0
    try:
        messages = sum(isinstance(one, engine.Alert) for one in engine.read_all(data))
        links = len(engine.links(data))
    except TocsinError:
        pass  # told among the complaints
    return Checked(
        file=name,
        messages=messages,
        links=links,
        signature=signature.trust if signature else None,
        complaints=[_spelled(one) for one in complaints],
    )


def _spelled(complaint: engine.Complaint) -> dict[str, Any]:
    held = complaint._asdict()
    rule, cure = fill(complaint.rule, held), fill(complaint.cure, held)
    return {
        "code": complaint.code,
        "path": complaint.path,
        "fatal": complaint.fatal,
        "rule": rule,
        "cure": cure,
    }


def _tell(one: Checked) -> None:
    many = f", {one.messages} messages" if one.messages != 1 else ""
    links = f", {one.links} links" if one.links else ""
    signature = f", signature {one.signature}" if one.signature else ""
    state = f"{len(one.complaints)} complaints" if one.complaints else "in order"
    click.echo(f"{one.file}: {state}{many}{links}{signature}")
    for complaint in one.complaints:
        mark = "✗" if complaint["fatal"] else "·"
        click.echo(f"  {mark} {complaint['path']}: {complaint['rule']} {complaint['cure']}")


def _table(found: Sequence[Checked]) -> str:
    """A line for each complaint; one with empty fields for a file without any."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("file", "messages", "signature", "code", "path", "fatal", "rule", "cure"))
    for one in found:
        head = (one.file, one.messages, one.signature or "")
        for complaint in one.complaints or [dict.fromkeys(("code", "path", "fatal", "rule", "cure"), "")]:
            lines.writerow((*head, *complaint.values()))
    return text.getvalue()


def _profile(name: str) -> engine.Profile:
    if name in SHIPPED:
        return SHIPPED[name]
    path = Path(name)
    if not path.is_file():
        raise click.ClickException(f"no profile {name}: {', '.join(SHIPPED)}, or the name of a JSON file")
    try:
        return msgspec.json.decode(path.read_bytes(), type=engine.Profile)
    except msgspec.DecodeError as wrong:
        raise click.ClickException(f"{path.name}: {wrong}") from wrong


def _features(alert: engine.Alert) -> Iterator[dict[str, Any]]:
    for info in alert.info:
        for area in info.area:
            yield {
                "type": "Feature",
                "geometry": engine.to_geojson(area),
                "properties": {
                    "identifier": alert.identifier,
                    "sender": alert.sender,
                    "sent": alert.sent,
                    "status": alert.status,
                    "msgType": alert.msg_type,
                    "language": info.language,
                    "event": info.event,
                    "urgency": info.urgency,
                    "severity": info.severity,
                    "certainty": info.certainty,
                    "expires": info.expires,
                    "headline": info.headline,
                    "areaDesc": area.area_desc,
                    "geocode": {pair.value_name: pair.value for pair in area.geocode},
                },
            }


def _give(data: bytes, out: Path | None) -> None:
    if out is None:
        click.echo(data, nl=False)
    else:
        out.write_bytes(data)
        click.echo(f"→ {out}")


COMMANDS = (cap,)
