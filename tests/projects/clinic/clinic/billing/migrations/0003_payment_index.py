from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("billing", "0002_fill_numbers")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX payment_reference ON billing_payment (reference)",
            reverse_sql="DROP INDEX payment_reference",
        ),
    ]
