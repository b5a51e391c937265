"""`tocsin plans`: look at plans, and check them before the night on which they are needed."""

import sys
from pathlib import Path

import click

from tocsin.packs.reader import load
from tocsin.spine.places.queries import jurisdiction
from tocsin.stages.readiness.plans import queries
from tocsin.stages.readiness.plans.actions import check_file


@click.group()
def plans() -> None:
    """Plans: documents that people read and the machine runs."""


@plans.command("list")
def list_plans() -> None:
    """The plans of this desk and the version of each that is in force."""
    for plan in queries.plans():
        current = queries.current(plan.code)
        state = f"version {current.number} in force" if current else "nothing in force yet"
        click.echo(f"{plan.code:<24} {' · '.join(plan.title.values())}: {state}")


@plans.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pack", help="The pack that the plans are checked against; this desk's own by default.")
def check(files: tuple[Path, ...], pack: str | None) -> None:
    """Tells everything that must be mended in the plan FILES (the pack's own, where none is named)."""
    row = jurisdiction() if pack is None else None
    against = load(pack or (row.pack if row else "cn/shenzhen"))
    faulty = 0
    for file in files or against.plans:
        findings = check_file(file, against).findings
        faulty += bool(findings)
        click.echo(f"{file.name}: {len(findings)} faults" if findings else f"{file.name}: in order")
        for finding in findings:
            click.echo(f"  {finding.where}: {finding.what}\n    → {finding.cure}")
    sys.exit(1 if faulty else 0)


COMMANDS = (plans,)
