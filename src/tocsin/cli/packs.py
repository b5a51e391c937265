"""`tocsin packs`: look at the law as data, and check it."""

import sys

import click

from tocsin.packs import check as checking
from tocsin.packs import reader


@click.group()
def packs() -> None:
    """Law and local policy as dated, cited data."""


@packs.command("list")
def list_packs() -> None:
    """The packs that are here."""
    for name in reader.available():
        pack = reader.read(name).pack
        click.echo(f"{name:<16} {' · '.join(pack.name.values())}")


@packs.command()
@click.argument("names", nargs=-1)
def check(names: tuple[str, ...]) -> None:
    """Tells every fault of the packs (all, where none is named); exits with 1 where there is one."""
    faulty = 0
    for name in names or reader.available():
        findings = checking.inspect(name)
        faulty += bool(findings)
        click.echo(f"{name}: {len(findings)} faults" if findings else f"{name}: in order")
        for finding in findings:
            click.echo(f"  {finding.where}: {finding.what}\n    → {finding.cure}")
    sys.exit(1 if faulty else 0)


COMMANDS = (packs,)
