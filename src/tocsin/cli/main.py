"""`tocsin`: the command line. Each group of commands is a file of its own; this one joins them.

Deliberate refusals of the house are told in one line with their cure, and exit with 1; a wrong call with 2.
"""

import sys

import click
from django.conf import settings
from django.db.utils import OperationalError, ProgrammingError

from tocsin.bootstrap import prepare
from tocsin.kernel.errors import TocsinError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tocsin")
def tocsin() -> None:
    """Tocsin: watch, warn, command, explain and learn from a public crisis."""


def main() -> None:
    """Runs the command that was asked for."""
    prepare()
    _join()
    try:
        tocsin.main(standalone_mode=False)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except TocsinError as refusal:
        click.echo(f"✗ {refusal}", err=True)
        sys.exit(1)
    except (OperationalError, ProgrammingError):
        if _prepared():
            raise
        click.echo(f"✗ {_nothing_here()}", err=True)
        sys.exit(1)


def _prepared() -> bool:
    from django.db import connection

    return "journal_entry" in connection.introspection.table_names()


def _nothing_here() -> str:
    place = settings.DATABASES["default"]["NAME"]
    return (
        f"no desk at {place}: `tocsin init` or `make run` makes one; "
        "is it elsewhere, name its folder (TOCSIN_HOME=var/demo after `make run`)"
    )


def _join() -> None:
    from tocsin.cli import (
        allot,
        backtest,
        cap,
        desk,
        gather,
        imports,
        journal,
        packs,
        plans,
        reach,
        replay,
        users,
        watch,
    )

    engines = (cap, reach, gather, allot, backtest)
    for part in (desk, replay, imports, journal, packs, plans, users, watch, *engines):
        for command in part.COMMANDS:
            tocsin.add_command(command)
