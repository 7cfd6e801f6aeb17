from django.db import migrations


def trim(apps, schema_editor):
    patient = apps.get_model("people", "Patient")
    for one in patient.objects.filter(last_name__endswith=" ").iterator():
        one.last_name = one.last_name.rstrip()
        one.save(update_fields=["last_name"])


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        # The blanks that were cut off meant nothing, so there is nothing to put back.
        migrations.RunPython(trim, migrations.RunPython.noop),
    ]
