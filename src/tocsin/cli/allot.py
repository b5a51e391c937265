"""`tocsin allot`: scarce means where they help most. No desk is needed and nothing is kept."""

import click

from tocsin.cli.allot_dispatch import dispatch_
from tocsin.cli.allot_siting import site
from tocsin.cli.allot_supply import supply


@click.group("allot")
def allot() -> None:
    """Send units, share out supplies, choose sites: the best answer, and why."""


for _command in (dispatch_, supply, site):
    allot.add_command(_command)

COMMANDS = (allot,)
