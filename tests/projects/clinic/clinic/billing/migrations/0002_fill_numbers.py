from django.db import migrations


def fill(apps, schema_editor):
    invoice = apps.get_model("billing", "Invoice")
    invoice.objects.filter(number="").update(number="unknown")


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]

    operations = [migrations.RunPython(fill)]
