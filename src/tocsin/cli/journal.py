"""`tocsin journal`: prove it, read it, hand it out."""

import sys

import click

from tocsin.spine.journal import evidence, queries


@click.group()
def journal() -> None:
    """The record that nobody can rewrite."""


@journal.command()
@click.option("--chain", help="Only this chain: an incident's id, or “desk”.")
def verify(chain: str | None) -> None:
    """Checks every seal; exits with 1 and names the entry where one does not fit."""
    verdict = queries.verify(chain)
    if verdict.ok:
        click.echo(f"true: {verdict.checked} entries, every seal fits")
        return
    click.echo(f"false: entry {verdict.number} of {verdict.chain}: {verdict.fault}")
    sys.exit(1)


@journal.command()
@click.option("--chain")
@click.option("-n", "count", default=20, show_default=True, help="How many of the newest entries.")
def tail(chain: str | None, count: int) -> None:
    """The newest entries."""
    for entry in reversed(queries.entries(chain=chain, limit=count, newest_first=True)):
        click.echo(
            f"{entry.seq:>7}  {entry.at.isoformat(timespec='minutes')}  {entry.kind:<24} {entry.actor_name}"
        )


@journal.command()
@click.argument("chain")
def export(chain: str) -> None:
    """Writes the evidence pack of a chain to standard output."""
    for line in evidence.lines(chain):
        click.echo(line, nl=False)


COMMANDS = (journal,)
