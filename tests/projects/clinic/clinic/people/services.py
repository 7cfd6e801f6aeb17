import logging
from datetime import datetime

from django.db import DatabaseError, transaction
from django.utils import timezone

from clinic.integrations import labs
from clinic.people.models import Patient, PortalToken, Practitioner

logger = logging.getLogger(__name__)


def erase_patient(patient: Patient) -> None:
    with transaction.atomic():
        patient.delete()


def revoke_tokens(patient: Patient) -> int:
    deleted, _ = PortalToken.objects.filter(patient=patient).delete()
    return deleted


def transfer(patient_ids: list[int], practitioner: Practitioner) -> int:
    moved = 0
    for patient_id in patient_ids:
        patient = Patient.objects.get(pk=patient_id)
        patient.practitioner = practitioner
        patient.save(update_fields=["practitioner"])
        moved += 1
    return moved


def transfer_at_once(patient_ids: list[int], practitioner: Practitioner) -> int:
    return Patient.objects.filter(pk__in=patient_ids).update(practitioner=practitioner)


def load_by_practitioner() -> list[dict[str, object]]:
    return [
        {"practitioner": practitioner.name, "patients": patient_count(practitioner)}
        for practitioner in Practitioner.objects.filter(is_active=True)[:50]
    ]


def patient_count(practitioner: Practitioner) -> int:
    return Patient.objects.filter(practitioner=practitioner).count()


def fetch_results(patient: Patient) -> list[dict[str, object]]:
    try:
        return labs.results(patient.pk)
    except OSError:
        return []


def fetch_results_loudly(patient: Patient) -> list[dict[str, object]]:
    try:
        return labs.archived_results(patient.pk)
    except OSError:
        logger.exception("no archived results for patient %s", patient.pk)
        return []


def touch(patient: Patient) -> bool:
    try:
        Patient.objects.filter(pk=patient.pk).update(created_at=timezone.now())
    except DatabaseError as error:
        logger.error("patient %s was not touched: %s", patient.pk, error)
        return False
    return True


def parse_birthday(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d")
    except ValueError:
        return None
