"""`tocsin cap`: check CAP files."""

import sys
from pathlib import Path

import click

from tocsin.engine import cap as engine


@click.group()
def cap() -> None:
    """Common Alerting Protocol 1.2."""


@cap.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def check(files: tuple[Path, ...]) -> None:
    """Tells every complaint about the FILES, with element, rule and cure; exits with 1 where one is fatal."""
    fatal = False
    for file in files:
        complaints = engine.validate(file.read_bytes())
        fatal = fatal or any(complaint.fatal for complaint in complaints)
        click.echo(f"{file.name}: {len(complaints)} complaints" if complaints else f"{file.name}: in order")
        for complaint in complaints:
            click.echo(f"  {complaint}")
    sys.exit(1 if fatal else 0)


COMMANDS = (cap,)
