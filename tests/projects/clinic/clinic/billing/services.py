import logging
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from clinic.billing.models import Invoice, Payment
from clinic.errors import ClinicError
from clinic.integrations import insurer

logger = logging.getLogger(__name__)


def client() -> insurer.InsurerClient:
    return insurer.InsurerClient()


def settle(invoice: Invoice) -> str:
    claim = client().settle(invoice.number, invoice.amount)
    invoice.settled = True
    invoice.save(update_fields=["settled"])
    return claim


def covered(invoice: Invoice) -> Decimal:
    return client().coverage(invoice.patient.insuranceNumber or "0")


def withdraw(claim: str) -> None:
    client().withdraw(claim)


def discard(invoice: Invoice) -> None:
    invoice.deleted_at = timezone.now()
    invoice.save(update_fields=["deleted_at"])


def void_payments(invoice: Invoice) -> None:
    Payment.objects.filter(invoice=invoice).delete()


def open_invoices() -> list[Invoice]:
    return list(Invoice.objects.filter(settled=False).order_by("number")[:100])


def kept_invoices() -> list[Invoice]:
    return list(Invoice.objects.filter(deleted_at__isnull=True, settled=False).order_by("number")[:100])


def register(patient_id: int, number: str, amount: str) -> Invoice:
    return Invoice.objects.create(patient_id=patient_id, number=number, amount=amount_of(amount))


def register_once(patient_id: int, number: str, amount: str) -> Invoice:
    try:
        return Invoice.objects.create(patient_id=patient_id, number=number, amount=amount_of(amount))
    except IntegrityError as error:
        raise ClinicError("This number is taken.") from error


def amount_of(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ClinicError("The amount is no number.") from error


def import_payments(rows: list[dict[str, Any]]) -> int:
    for row in rows:
        Payment.objects.create(invoice_id=row["invoice"], amount=row["amount"])
    return len(rows)


def import_payments_at_once(rows: list[dict[str, Any]]) -> int:
    payments = [Payment(invoice_id=row["invoice"], amount=row["amount"]) for row in rows]
    return len(Payment.objects.bulk_create(payments, batch_size=500))


def tariff_names() -> list[str]:
    try:
        return sorted(insurer.tariffs())
    except Exception:
        logger.error("tariffs are not available")
        return ["standard"]


def reconcile(invoice: Invoice) -> None:
    if invoice.paid > invoice.amount:
        raise Exception(f"invoice {invoice.number} was paid twice")
    if not invoice.payments.exists():
        raise ClinicError("Nothing was paid yet.")
