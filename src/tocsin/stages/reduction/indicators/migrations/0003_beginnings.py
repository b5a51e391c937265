"""Steps were days without a time. From now on they are the instants at which they begin: midnight on the
clock of the jurisdiction. A day of before reads as midnight in UTC, on both databases."""

from datetime import UTC
from zoneinfo import ZoneInfo

from django.db import migrations

from tocsin.packs.reader import load

FIELDS = {
    "Point": ["day"],
    "Finding": ["day", "last_day", "since"],
    "Indicator": ["judged_until"],
}
AT_ONCE = 500


def to_local(apps, schema_editor):
    zone = _zone(apps)
    _move(apps, lambda moment: moment.replace(tzinfo=zone).astimezone(UTC))


def to_days(apps, schema_editor):
    zone = _zone(apps)
    _move(apps, lambda moment: moment.astimezone(zone).replace(hour=0, minute=0, second=0, tzinfo=UTC))
    if schema_editor.connection.vendor == "sqlite":  # which keeps a day as text, and reads none with a time
        for name, fields in FIELDS.items():
            table = apps.get_model("indicators", name)._meta.db_table
            for field in fields:
                schema_editor.execute(f"UPDATE {table} SET {field} = substr({field}, 1, 10)")


def _zone(apps):
    """Without a jurisdiction there is no indicator."""
    settled = apps.get_model("places", "Jurisdiction").objects.first()
    return load(settled.pack).zone if settled else ZoneInfo("UTC")


def _move(apps, moved):
    for name, fields in FIELDS.items():
        model = apps.get_model("indicators", name)
        batch = []
        for row in model.objects.only("pk", *fields).iterator(chunk_size=AT_ONCE):
            for field in fields:
                moment = getattr(row, field)
                setattr(row, field, None if moment is None else moved(moment.astimezone(UTC)))
            batch.append(row)
            if len(batch) == AT_ONCE:
                model.objects.bulk_update(batch, fields)
                batch = []
        if batch:
            model.objects.bulk_update(batch, fields)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_hours"), ("places", "0001_initial")]

    operations = [migrations.RunPython(to_local, to_days)]
