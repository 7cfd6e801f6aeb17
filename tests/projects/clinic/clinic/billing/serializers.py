from rest_framework import serializers

from clinic.billing.models import Invoice, InvoiceLine


class LineSerializer(serializers.ModelSerializer):
    class Meta:
        model = InvoiceLine
        fields = ["text", "amount"]


class InvoiceSerializer(serializers.ModelSerializer):
    paid = serializers.SerializerMethodField()

    class Meta:
        model = Invoice
        fields = ["id", "number", "amount", "paid", "settled"]

    def get_paid(self, invoice: Invoice) -> str:
        return str(invoice.paid)


class InvoiceDetailSerializer(serializers.ModelSerializer):
    lines = LineSerializer(many=True, read_only=True)

    class Meta:
        model = Invoice
        fields = ["id", "number", "amount", "lines"]
