"""`tocsin import`: tables and CAP files into signals, with a progress bar and every broken row told."""

from pathlib import Path

import click

from tocsin.cli.acting import administrator
from tocsin.flows.runner import advance
from tocsin.gateways.capfeed.importing import Imported, files, import_cap
from tocsin.gateways.tables.importing import import_table
from tocsin.gateways.tables.mapping import read_mapping
from tocsin.kernel.actors import Act, machine

EXISTING = click.Path(exists=True, path_type=Path)


@click.group("import")
def import_() -> None:
    """Take in what others hand over as files."""


@import_.command()
@click.argument("file", type=EXISTING)
@click.option(
    "--mapping", "by", required=True, type=EXISTING, help="The YAML file that says what each column means."
)
def table(file: Path, by: Path) -> None:
    """Takes in a CSV or xlsx FILE; the same file again adds nothing."""
    done = import_table(act=_act(), path=file, mapping=read_mapping(by), progress=_progress)
    click.echo("", err=True)
    advance()
    for fault in done.faults:
        column = f", column {fault.column}" if fault.column else ""
        click.echo(f"  line {fault.line}{column}: {fault.reason}")
    click.echo(f"{done.rows} rows: {done.new} new, {done.repeated} known, {len(done.faults)} in quarantine")


@import_.command()
@click.argument("path", type=EXISTING)
@click.option("--source", required=True, help="A code for whose warnings these are.")
@click.option("--name", help="Their name; the code where none is given.")
def cap(path: Path, source: str, name: str | None) -> None:
    """Takes in a CAP file, a feed with messages in it, or a folder of them."""
    done, act = Imported(), _act()
    with click.progressbar(list(files(path)), label=path.name) as bar:
        for file in bar:
            read = import_cap(
                act=act,
                content=file.read_bytes(),
                file=file.name,
                source=source,
                name={"und": name or source},
            )
            done = done.plus(read)
    advance()
    for fault in done.faults:
        click.echo(f"  {fault.where}: {fault.detail}")
    click.echo(f"{done.new} new, {done.repeated} known, {len(done.faults)} in quarantine")


def _progress(rows: int, broken: int) -> None:
    """How far it is; nobody knows how many rows a stream will have."""
    click.echo(f"\r{rows} rows read, {broken} broken", nl=False, err=True)


def _act() -> Act:
    """Imported by the machine, on the word of whoever may run commands on it; the desk must have one."""
    asked = administrator()
    return Act(machine("import"), asked.at, asked.by.name)


COMMANDS = (import_,)
