from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_payment_index")]

    operations = [
        migrations.RunSQL("CREATE INDEX invoice_amount ON billing_invoice (amount)"),
    ]
