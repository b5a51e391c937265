"""`tocsin replay`: drives the desk through an archive, in the archive's own time, to its end."""

import time
from datetime import timedelta
from pathlib import Path

import click

from tocsin.cli.acting import administrator
from tocsin.cli.ready import database
from tocsin.cli.seating import settle_empty
from tocsin.cli.worker import alone, drive_from
from tocsin.flows.replay import Drive
from tocsin.gateways.snapshots.archive import span
from tocsin.kernel.instants import Instant, after, parse
from tocsin.packs.reader import load
from tocsin.spine.clocks.actions import begin_replay
from tocsin.spine.clocks.models import Timepiece
from tocsin.spine.clocks.queries import replay as running
from tocsin.spine.places.queries import active_pack

STRIDE = timedelta(minutes=20)
FASTEST = 100_000.0


@click.command()
@click.argument("archive", type=click.Path(exists=True, path_type=Path))
@click.option("--from", "begins", help="First instant; without an offset, in the pack's time zone.")
@click.option("--to", "ends", help="Last instant.")
@click.option("--speed", default=0.0, help="Replayed seconds to a real one; 0: as fast as it goes.")
@click.option(
    "--pack", default="cn/shenzhen", show_default=True, help="The pack of a desk that is empty yet."
)
@click.option("--script/--no-script", default=False, help="Let the pack's script sit in the seats.")
@click.option("--drive/--no-drive", default=True, help="Only set the desk's clock; `tocsin run` drives it.")
def replay(
    archive: Path,
    begins: str | None,
    ends: str | None,
    speed: float,
    pack: str,
    script: bool,
    drive: bool,
) -> None:
    """Replays ARCHIVE (a folder, .tar.xz, .tar.gz or .zip of a feed's files) into this desk.

    Stopped or killed, the same command goes on where it was.
    """
    database()
    since, until = bounds(archive, pack, begins, ends)
    settle_empty(pack, seats=script, at=since)
    with alone():
        row = begin(archive, since, until, speed or FASTEST, scripted=script)
        if not drive:
            return
        _drive(row, speed)
    click.echo("replayed; see `tocsin watch state --at …`, or look at it with `tocsin run`")


def bounds(archive: Path, pack: str, begins: str | None, ends: str | None) -> tuple[Instant, Instant]:
    """From when to when: what was asked for, else the whole archive."""
    read = load(pack)
    found = span(archive, read.feeds)
    if found is None:
        raise click.UsageError(f"{archive.name} holds no file of the feeds of {pack}; see its feeds.yaml")
    return (
        parse(begins, read.zone) if begins else after(found.first, -timedelta(seconds=1)),
        parse(ends, read.zone) if ends else found.last,
    )


def begin(archive: Path, begins: Instant, ends: Instant, speed: float, *, scripted: bool) -> Timepiece:
    """Puts the desk into the archive's time; a desk that is there already goes on where it stands."""
    row = running()
    path = str(archive.resolve())
    if row is not None and row.archive != path:
        raise click.UsageError(
            "this desk replays another archive already; use another TOCSIN_HOME for this one"
        )
    return begin_replay(
        act=administrator(begins), archive=path, begins=begins, ends=ends, speed=speed, scripted=scripted
    )


def _drive(row: Timepiece, speed: float) -> None:
    drive, ends = drive_from(row), Instant(row.ends)
    total = max(int((ends - drive.position) / STRIDE), 1)
    with click.progressbar(length=total, label="replaying", item_show_func=_shown) as bar:
        while drive.position < ends:
            began, before = time.monotonic(), drive.position
            drive.to(min(after(before, STRIDE), ends))
            bar.update(1, drive)
            if speed:
                time.sleep(
                    max(0.0, (drive.position - before).total_seconds() / speed - time.monotonic() + began)
                )


def _shown(drive: Drive | None) -> str:
    return drive.position.astimezone(active_pack().zone).strftime("%m-%d %H:%M") if drive else ""


COMMANDS = (replay,)
