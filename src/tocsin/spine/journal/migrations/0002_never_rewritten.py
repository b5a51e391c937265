from django.db import migrations

from tocsin.spine.journal import guard


def raise_guard(apps, schema_editor):
    for statement in guard.up(schema_editor.connection.vendor):
        schema_editor.execute(statement, None)


def lower_guard(apps, schema_editor):
    for statement in guard.down(schema_editor.connection.vendor):
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(raise_guard, lower_guard)]
