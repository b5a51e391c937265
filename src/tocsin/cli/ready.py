"""Making the database ready: every command that works on a desk may be the first one ever run."""

import click
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def database() -> None:
    """Brings the database to this version's shape; quick where it has it already."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    with click.progressbar(length=len(plan), label="preparing the database") as bar:
        call_command("migrate", verbosity=0, interactive=False)
        bar.update(len(plan))
